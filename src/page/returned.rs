//! What a page gives back, as JSON.

use std::time::Duration;

use serde::Deserialize;

/// What one call of [`DRAIN`](super::DRAIN) brings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Drained {
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
    pub(crate) fn read(value: &serde_json::Value) -> Result<Self, NotDrained> {
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
pub(crate) struct NotDrained {
    found: String,
    problem: String,
}

/// What a page gives back for a job.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Returned {
    /// The job's id.
    pub id: String,
    /// A result for each step, in order.
    pub steps: Vec<StepResult>,
}

/// What a script saw.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(crate) enum StepResult {
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
    /// An element or an API that shows no response came to its end.
    Embedded {
        /// Whether the resource took effect.
        loaded: bool,
        /// What a script could read of it.
        read: ScriptRead,
        /// From the call to its end, in milliseconds.
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

impl StepResult {
    /// From the call to its end; nothing where there was none.
    pub(crate) fn duration(&self) -> Duration {
        match self {
            Self::Resolved { duration_ms, .. }
            | Self::Rejected { duration_ms, .. }
            | Self::Embedded { duration_ms, .. } => {
                Duration::try_from_secs_f64(duration_ms / 1000.0).unwrap_or_default()
            }
            Self::TimedOut { limit_ms } => Duration::from_millis(*limit_ms),
            Self::Unsupported { .. } | Self::Broken { .. } => Duration::ZERO,
        }
    }
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct ScriptResponse {
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

/// What a script could read of a resource that is no response to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum ScriptRead {
    /// This.
    Allowed {
        /// What it read, as text.
        body: String,
    },
    /// There is no way to read, and no refusal.
    Opaque,
    /// It was refused.
    Blocked {
        /// The reason's word, where the API itself tells it.
        reason: Option<String>,
        /// The error's name and words.
        message: String,
        /// What it was told all the same, each in words; nothing, if the engine is right.
        leaks: Vec<String>,
    },
}

/// An error as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct ScriptError {
    /// `error.name`; for an XHR `NetworkError` for its error event.
    pub name: String,
    /// `error.message`; empty for an XHR's error event, which has no words.
    pub message: String,
    /// Whether it was thrown by the call itself, before anything was fetched (`new Request()`, `open()`,
    /// `setRequestHeader()`, `send()` in the arguments' validation).
    pub thrown: bool,
    /// Which of [`Reason`](fetch_model::Reason) it is, where the exception itself says so.
    #[serde(default)]
    pub reason: Option<String>,
    /// What the API tells of the response although it failed, each in words; nothing, if the engine is right.
    pub leaks: Vec<String>,
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn results_are_read_from_the_text_that_the_page_makes() {
        let text =
            r#"{"finished":[{"id":"t1n7t","steps":[{"outcome":"timed-out","limit_ms":2000}]}],"pending":3}"#;
        let drained = Drained::read(&json!(text)).unwrap();
        let returned = Returned { id: "t1n7t".into(), steps: vec![StepResult::TimedOut { limit_ms: 2000 }] };
        assert_eq!(drained, Drained { finished: vec![returned], pending: 3 });
    }

    #[rstest]
    #[case(Value::Null, "it brought 'null': it is no text")]
    #[case(json!("{}"), "it brought '{}': missing field `finished`")]
    #[case(json!("<html>"), "it brought '<html>': expected value at line 1 column 1")]
    fn anything_else_is_told(#[case] value: Value, #[case] words: &str) {
        let error = Drained::read(&value).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}
