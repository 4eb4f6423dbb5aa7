//! The service worker that controls a page, and how it handles the page's requests.

use serde::{Deserialize, Serialize};

use super::request::Request;
use crate::words::words;

words! {
    /// What the listener for `fetch` events answers with.
    pub(crate) Answering {
        /// Nothing: the request goes to the network.
        Network = "network",
        /// `fetch(event.request)`
        Request = "request",
        /// `fetch(new Request(event.request))`
        Copy = "copy",
        /// `fetch(new Request(event.request, {cache: "default"}))`: a member of the dictionary is enough.
        CopyWithInit = "copy-with-init",
        /// The same, without a dictionary, after `headers.append("Accept-Language", "de")`.
        CopyWithHeader = "copy-with-header",
        /// `fetch(url, init)` of its own.
        Fetch = "fetch",
        /// What `fetch(event.request)` gave for the first request, for this and all others.
        First = "first",
        /// `new Response("made", {headers: {"X-Made": "yes"}})`
        Made = "made",
        /// `Response.error()`
        Error = "error",
        /// To an OPTIONS request a grant of everything; nothing to others.
        GrantOptions = "grant-options",
    }
}

/// A service worker that controls the document which asks.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct ServiceWorker {
    /// What it answers with.
    pub respond: Answering,
    /// What it fetches itself, with `respond = "fetch"`.
    pub request: Option<Box<Request>>,
}
