//! The one shape that a prediction and an observation share.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::standard::{Reason, words};

/// What came of a case: what the model says would, or what a browser and the servers showed.
/// Tokens are gone from all texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// The requests that reached a server, in order.
    pub sent: Vec<SentRequest>,
    /// What came of each step, in order.
    pub steps: Vec<Outcome>,
}

/// A request that reached a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentRequest {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The header fields that CORS is about ([`JUDGED_HEADERS`]) and those the case's script set, by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// The body, as isomorphic text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// How often it came; engines repeat a request whose connection closed. Not judged.
    pub attempts: u32,
}

/// The request headers held against the model on every request, by lower-case name.
pub const JUDGED_HEADERS: [&str; 6] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "authorization",
    "cookie",
    "content-type",
];

/// What came of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Whether the resource took effect.
    pub loaded: Loaded,
    /// What a script could read.
    pub read: Read,
    /// Why it was blocked: by the model's step, or by the engine's own words; `None` if it was not.
    pub reason: Option<GivenReason>,
    /// The engine's words, verbatim but for the token; empty in a prediction.
    pub messages: Vec<String>,
}

/// Whether a resource took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loaded {
    /// It did: a response arrived, an image painted, a script ran.
    Yes,
    /// It did not.
    No,
}

/// What a script could read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// A basic or CORS filtered response.
    Allowed(SeenResponse),
    /// An opaque or opaque-redirect filtered response: that it exists, and nothing else.
    Opaque(SeenResponse),
    /// Nothing but an error.
    Blocked,
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenResponse {
    /// `response.type`; an XHR does not tell.
    #[serde(rename = "type")]
    pub response_type: Option<ResponseType>,
    /// `response.status`
    pub status: u16,
    /// `response.url`
    pub url: String,
    /// `response.redirected`; an XHR does not tell.
    pub redirected: Option<bool>,
    /// The header fields, sorted and combined as `Headers` gives them.
    pub headers: BTreeMap<String, String>,
    /// The body as UTF-8 text.
    pub body: String,
}

words! {
    /// `Response.type`, <https://fetch.spec.whatwg.org/#concept-response-type>.
    ResponseType {
        /// Same-origin.
        Basic = "basic",
        /// Granted by CORS.
        Cors = "cors",
        /// no-cors.
        Opaque = "opaque",
        /// A redirect not followed.
        OpaqueRedirect = "opaqueredirect",
        /// Made by a script.
        Default = "default",
        /// A network error.
        Error = "error",
    }
}

/// Why a read was blocked, as far as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenReason {
    /// This.
    Given(Reason),
    /// The engine says nothing that can be read.
    Unreported,
}
