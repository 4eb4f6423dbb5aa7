//! The one shape that a prediction and an observation share.

use std::collections::BTreeMap;

use fetch_model::Reason;
use serde::{Deserialize, Serialize};

use crate::case::{Loaded, ResponseType};

/// The replacement for the boundary that a user agent makes up for a multipart body.
pub(crate) const BOUNDARY: &str = "{boundary}";

/// What came of a case: what the model says would, or what a browser and the servers showed.
/// Tokens are gone from all texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Observation {
    /// The requests that reached a server, in order.
    pub sent: Vec<SentRequest>,
    /// What came of each step, in order.
    pub steps: Vec<StepOutcome>,
}

/// A request that reached a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SentRequest {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The header fields that CORS is about ([`JUDGED_HEADERS`]), those the case's script set, and of what tells where a
    /// request comes from (`Referer`, `Sec-Fetch-*`) what the case's author names; by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// The `Referer`, also where the case is not about it; judged by the invariants alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referer: Option<String>,
    /// The body, as isomorphic text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// How often it came; engines repeat a request whose connection closed. Not judged.
    pub attempts: u32,
}

/// What came of one step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Outcome"))]
pub(crate) struct StepOutcome {
    /// Whether the resource took effect.
    pub loaded: Loaded,
    /// What a script could read.
    #[serde(flatten)]
    pub read: Read,
    /// Why it was blocked: by the model's step, or by the engine's own words; `None` if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<GivenReason>,
    /// The engine's words, verbatim but for the token; empty in a prediction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// What a script was told of a response that it may not read; empty, if the engine is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaks: Vec<String>,
}

/// What a script could read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "read", content = "response", rename_all = "kebab-case")]
pub(crate) enum Read {
    /// A basic or CORS filtered response.
    Allowed(SeenResponse),
    /// An opaque or opaque-redirect filtered response: that it exists, and nothing else.
    Opaque(SeenResponse),
    /// Nothing but an error.
    Blocked,
}

impl Read {
    /// The word of the JSON report, the same as in a case file.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Allowed(_) => "allowed",
            Self::Opaque(_) => "opaque",
            Self::Blocked => "blocked",
        }
    }
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SeenResponse {
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

impl SeenResponse {
    /// The response of a read through an element: a text, and nothing of the response around it.
    pub(crate) fn of_text(body: String) -> Self {
        Self {
            response_type: None,
            status: 0,
            url: String::new(),
            redirected: None,
            headers: BTreeMap::new(),
            body,
        }
    }
}

/// Why a read was blocked, as far as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(into = "&str", try_from = "String")]
#[cfg_attr(
    feature = "cli",
    schemars(
        with = "String",
        description = "A reason by its word, or `unreported`: the engine says nothing that can be read."
    )
)]
pub enum GivenReason {
    /// This.
    Given(Reason),
    /// The engine says nothing that can be read.
    Unreported,
}

impl GivenReason {
    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given(reason) => reason.word(),
            Self::Unreported => "unreported",
        }
    }
}

impl From<GivenReason> for &'static str {
    fn from(given: GivenReason) -> Self {
        given.word()
    }
}

impl TryFrom<String> for GivenReason {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match (word.as_str(), Reason::from_word(&word)) {
            (_, Some(reason)) => Ok(Self::Given(reason)),
            ("unreported", None) => Ok(Self::Unreported),
            _ => Err(format!("there is no reason called '{word}'")),
        }
    }
}
