//! What a script reaches for where it asks no server: another window, or storage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    check::quoted,
    problem::{Found, Problem},
    request::word,
    via::AccessKind,
    written::{Node, Table},
};
use crate::standard::{
    html::{Operation, PlatformObject, StorageArea, StorageOperation},
    words,
};

/// An access.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Access {
    /// An operation on another window's objects.
    Window {
        /// Which window, as the one that asks sees it.
        reached: Reached,
        /// Whose property.
        object: PlatformObject,
        /// What is done to it.
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
        area: StorageArea,
        /// What is done.
        operation: StorageOperation,
        /// The key.
        key: String,
        /// The value that is set.
        value: String,
    },
}

words! {
    /// The window that is reached, as the one that asks sees it.
    Reached {
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

/// What `object` can be.
pub(super) const OBJECTS: &[&str] = &[
    "window",
    "location",
    "iframe-element",
    "local-storage",
    "session-storage",
    "indexed-db",
    "cache-storage",
    "shared-worker",
    "broadcast-channel",
    "cookie",
];

/// Reads what is reached for; `None` where it does not say.
pub(super) fn access(table: &Table, kind: AccessKind, found: &mut Found) -> Option<Access> {
    let reached = word(table, "reached", Reached::from_word).unwrap_or(Reached::Frame);
    let sandbox = table.string("sandbox");
    let property = table.string("property").unwrap_or_default();
    match kind {
        AccessKind::Window => Some(Access::Window {
            reached,
            object: member(table, "object", PlatformObject::from_word, found)?,
            operation: member(table, "operation", Operation::from_word, found)?,
            property,
            sandbox,
            document_domain: table.get("document-domain").and_then(Node::as_boolean).unwrap_or(false),
        }),
        AccessKind::Message => {
            Some(Access::Message { reached, target_origin: table.string("target-origin")?, sandbox })
        }
        AccessKind::Storage => Some(Access::Storage {
            area: member(table, "object", StorageArea::from_word, found)?,
            operation: member(table, "operation", StorageOperation::from_word, found)?,
            key: property,
            value: table.string("body").unwrap_or_default(),
        }),
    }
}

/// A word that this way of asking has.
fn member<T>(table: &Table, key: &str, from_word: fn(&str) -> Option<T>, found: &mut Found) -> Option<T> {
    let said = table.get(key).and_then(Node::as_text);
    let member = said.and_then(from_word);
    if let (None, Some(node), Some(said)) = (&member, table.get(key), said) {
        let via = table.text("via").unwrap_or_default();
        let problem = Problem::new(format!("`{key}` cannot be {} with `via = \"{via}\"`", quoted(said)))
            .at_node(node, format!("not with {via}"))
            .help(
                "window, location and iframe-element go with via = \"window\", the others with \"storage\"",
            );
        found.report(problem);
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_has_its_word() {
        let words: Vec<&str> = PlatformObject::WORDS.iter().chain(StorageArea::WORDS).copied().collect();
        assert_eq!(words, OBJECTS);
    }
}
