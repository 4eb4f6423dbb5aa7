//! Accesses to another window or to storage, which make no request.

use fetch_model::html::{Operation, PlatformObject, StorageArea, StorageOperation};
use serde::{Deserialize, Serialize};

use crate::words::words;

/// An access.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Access {
    /// An operation on another window's objects.
    Window {
        /// Which window, as the one that asks sees it.
        reached: Reached,
        /// Whose property.
        #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<PlatformObject>"))]
        object: PlatformObject,
        /// What is done to it.
        #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<Operation>"))]
        operation: Operation,
        /// Its key; `@@then` is the well-known symbol.
        property: String,
        /// The frame's `sandbox` attribute.
        sandbox: Option<String>,
        /// Whether the frame's document sets `document.domain` to its host without the first label.
        document_domain: bool,
    },
    /// A message to another window.
    Message {
        /// Which window, as the one that posts sees it.
        reached: Reached,
        /// The targetOrigin.
        target_origin: String,
        /// The frame's `sandbox` attribute.
        sandbox: Option<String>,
    },
    /// An operation on the asking document's own storage.
    Storage {
        /// Where.
        #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<StorageArea>"))]
        area: StorageArea,
        /// What is done.
        #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<StorageOperation>"))]
        operation: StorageOperation,
        /// The key.
        key: String,
        /// The value that is set.
        value: String,
    },
}

words! {
    /// The window that is reached, as the one that asks sees it.
    pub(crate) Reached {
        /// A frame at the request's URL, in the page.
        Frame = "frame",
        /// The page, from a frame at the request's URL in it.
        Parent = "parent",
        /// A window at the request's URL that the page opens.
        Popup = "popup",
        /// The page, from a window at the request's URL that it opened.
        Opener = "opener",
    }
}
