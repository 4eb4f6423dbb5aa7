//! What a page gives back, as JSON, and what it shows.

use std::collections::BTreeMap;

use corsproof_fixture::Token;
use serde::Deserialize;

use crate::{
    observation::{GivenReason, Loaded, Outcome, Read, ResponseType, SeenResponse},
    standard::Reason,
};

/// Header fields that no server sent: Firefox tells so of a response that it came over HTTP/2.
const ADDED_BY_ENGINES: [&str; 1] = ["x-firefox-spdy"];

/// What one call of [`DRAIN`](super::DRAIN) brings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Drained {
    /// The jobs that finished since the last call.
    pub finished: Vec<Returned>,
    /// How many are still to come.
    pub pending: usize,
}

impl Drained {
    /// Reads what the script called back with.
    ///
    /// # Errors
    /// Where it is anything but what `page.js` makes: then somebody else's page or driver answered.
    pub fn read(value: &serde_json::Value) -> Result<Self, NotDrained> {
        let Some(text) = value.as_str() else {
            return Err(NotDrained {
                found: excerpt(&value.to_string()),
                problem: "it is no text".to_owned(),
            });
        };
        serde_json::from_str(text)
            .map_err(|error| NotDrained { found: excerpt(text), problem: error.to_string() })
    }
}

/// The page answered something that is no list of results.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page should have brought its results as JSON, but it brought '{found}': {problem}")]
pub struct NotDrained {
    found: String,
    problem: String,
}

/// What a page gives back for a job.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Returned {
    /// The job's id.
    pub id: String,
    /// A result for each step, in order.
    pub steps: Vec<StepResult>,
}

/// What a script saw.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum StepResult {
    /// A response, read to its end.
    Resolved {
        /// The response.
        response: ScriptResponse,
        /// From the call to the end of the body, in milliseconds.
        duration_ms: f64,
    },
    /// The API gave an error: a network error, or a throw before anything was fetched.
    Rejected {
        /// The error.
        error: ScriptError,
        /// From the call to the error, in milliseconds.
        duration_ms: f64,
    },
    /// Neither within the limit.
    TimedOut {
        /// The limit, in milliseconds.
        limit_ms: u64,
    },
    /// The engine has no such feature.
    Unsupported {
        /// Which.
        what: String,
    },
    /// The script inside the page failed. Never a verdict.
    Broken {
        /// How.
        what: String,
    },
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ScriptResponse {
    /// `response.type`; `None` for an XHR.
    pub r#type: Option<String>,
    /// `status`
    pub status: u16,
    /// `statusText`
    pub status_text: String,
    /// `url` / `responseURL`
    pub url: String,
    /// `redirected`; `None` for an XHR.
    pub redirected: Option<bool>,
    /// All header fields that can be enumerated, in order, lower-case and combined.
    pub headers: Vec<(String, String)>,
    /// The body as UTF-8 text, its first 64 KiB.
    pub body: String,
}

/// An error as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ScriptError {
    /// `error.name`; for an XHR `NetworkError` for its error event.
    pub name: String,
    /// `error.message`; empty for an XHR's error event, which has no words.
    pub message: String,
    /// Whether it was thrown by the call itself, before anything was fetched (`new Request()`, `open()`,
    /// `setRequestHeader()`, `send()` in the arguments' validation).
    pub thrown: bool,
}

/// Why a step shows nothing. None of these says anything about what a script may read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOutcome {
    /// There was no answer in time.
    #[error("the request had neither an answer nor an error within {limit_ms} ms")]
    TimedOut {
        /// The time it had, in milliseconds.
        limit_ms: u64,
    },
    /// The engine cannot ask this.
    #[error("the engine does not support {0}")]
    Unsupported(String),
    /// The script inside the page failed, or returned what it never should.
    #[error("the script inside the page failed: {0}")]
    Broken(String),
}

/// What a step's result shows, without the case's token in any text.
///
/// # Errors
/// Where it shows nothing: no answer in time, a missing feature, a failure of the harness.
pub fn outcome(token: &Token, result: &StepResult) -> Result<Outcome, NoOutcome> {
    match result {
        StepResult::Resolved { response, .. } => resolved(token, response),
        StepResult::Rejected { error, .. } => Ok(rejected(token, error)),
        StepResult::TimedOut { limit_ms } => Err(NoOutcome::TimedOut { limit_ms: *limit_ms }),
        StepResult::Unsupported { what } => Err(NoOutcome::Unsupported(what.clone())),
        StepResult::Broken { what } => Err(NoOutcome::Broken(token.strip_from(what))),
    }
}

fn resolved(token: &Token, response: &ScriptResponse) -> Result<Outcome, NoOutcome> {
    let response_type = response.r#type.as_deref().map(response_type).transpose()?;
    let seen = SeenResponse {
        response_type,
        status: response.status,
        url: token.strip_from(&response.url),
        redirected: response.redirected,
        headers: headers(token, &response.headers),
        body: token.strip_from(&response.body),
    };
    let read = match response_type {
        Some(ResponseType::Opaque | ResponseType::OpaqueRedirect) => Read::Opaque(seen),
        _ => Read::Allowed(seen),
    };
    Ok(Outcome { loaded: Loaded::Yes, read, reason: None, messages: Vec::new() })
}

/// Why it was rejected is told elsewhere, in the engine's console, except where the API throws.
fn rejected(token: &Token, error: &ScriptError) -> Outcome {
    let reason =
        if error.thrown { GivenReason::Given(Reason::InvalidRequest) } else { GivenReason::Unreported };
    let message = format!("{}: {}", error.name, token.strip_from(&error.message));
    let messages = if error.message.is_empty() { Vec::new() } else { vec![message] };
    Outcome { loaded: Loaded::No, read: Read::Blocked, reason: Some(reason), messages }
}

fn headers(token: &Token, pairs: &[(String, String)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .filter(|(name, _)| !ADDED_BY_ENGINES.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), token.strip_from(value)))
        .collect()
}

fn response_type(word: &str) -> Result<ResponseType, NoOutcome> {
    match word {
        "basic" => Ok(ResponseType::Basic),
        "cors" => Ok(ResponseType::Cors),
        "default" => Ok(ResponseType::Default),
        "error" => Ok(ResponseType::Error),
        "opaque" => Ok(ResponseType::Opaque),
        "opaqueredirect" => Ok(ResponseType::OpaqueRedirect),
        _ => Err(NoOutcome::Broken(format!("it saw a response of the type '{word}', which is none"))),
    }
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(200).collect()
}
