//! What the standard demands of a step, and what an engine is known to do otherwise.

use std::collections::BTreeMap;

use fetch_model::Reason;
use serde::{Deserialize, Serialize};

use crate::words::words;

/// What the standard demands of one step. `None` leaves a field to the model and the browser alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Expectation {
    /// Whether the resource takes effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Loaded>,
    /// What a script can read.
    pub read: ExpectedRead,
    /// Why it is blocked; always there where `read` is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<Reason>>"))]
    pub reason: Option<Reason>,
    /// The status a script sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The response's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_type: Option<ResponseType>,
    /// The body a script reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `response.url`, without the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `response.redirected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// Header fields a script must see, by lower-case name, with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields a script must not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
}

words! {
    /// What a script can read of a response.
    #[derive(Default)]
    pub(crate) ExpectedRead {
        /// Status, permitted header fields and body.
        #[default]
        Allowed = "allowed",
        /// That there is an answer, and nothing else.
        Opaque = "opaque",
        /// Nothing: the script gets an error.
        Blocked = "blocked",
    }
}

/// A request that must reach a server; written `"PUT"`, `"PUT https://api.example.com/data"` or as a table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct ExpectedRequest {
    /// The method.
    pub method: String,
    /// The URL without the token, where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Header fields it must have, by lower-case name, with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields it must lack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// An engine that differs from the standard in this case: its whole outcome, and why. A field that is
/// not named is as the standard demands.
#[derive(Clone, Debug)]
pub(crate) struct KnownDifference {
    /// Why, with the standard's step.
    pub note: String,
    /// The engine's bug, the text that explains it, or a minimal reproduction.
    pub link: String,
    /// The engine version in which the difference was first seen.
    pub since: String,
    /// What the engine does instead, by step; a step that is not listed goes as the standard demands.
    pub steps: BTreeMap<usize, Expectation>,
    /// The requests that reach the servers in this engine, where they are others than the standard demands.
    pub sent: Option<Vec<ExpectedRequest>>,
}

/// Whether a resource took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Loaded {
    /// It did: a response arrived, an image painted, a script ran.
    Yes,
    /// It did not.
    No,
}

impl From<bool> for Loaded {
    fn from(took_effect: bool) -> Self {
        if took_effect { Self::Yes } else { Self::No }
    }
}

impl Loaded {
    /// The word of the JSON report.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

words! {
    /// `Response.type`, <https://fetch.spec.whatwg.org/#concept-response-type>.
    pub(crate) ResponseType {
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
