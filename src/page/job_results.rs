//! The JSON that a page returns: the results of its jobs.

use std::time::Duration;

use serde::Deserialize;

/// The result of one call of [`DRAIN`](super::DRAIN).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct JobResults {
    /// The mark of the page's visit; `None` where the page was not given any jobs.
    pub visit: Option<String>,
    /// The number of the first of `finished` among all results of the page, from 0.
    pub first: usize,
    /// The jobs that finished and that the harness has not acknowledged.
    pub finished: Vec<JobResult>,
    /// How many are still to come.
    pub pending: usize,
}

impl JobResults {
    /// Reads what the script called back with.
    ///
    /// # Errors
    /// Where it is anything but what `page.js` makes: then somebody else's page or driver answered.
    pub(crate) fn read(value: &serde_json::Value) -> Result<Self, NoJobResults> {
        let Some(text) = value.as_str() else {
            return Err(NoJobResults {
                found: excerpt(&value.to_string()),
                problem: "it is no text".to_owned(),
            });
        };
        serde_json::from_str(text)
            .map_err(|error| NoJobResults { found: excerpt(text), problem: error.to_string() })
    }
}

/// The page answered something that is no list of results.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page should have brought its results as JSON, but it brought '{found}': {problem}")]
pub(crate) struct NoJobResults {
    found: String,
    problem: String,
}

/// The results of one job.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct JobResult {
    /// The id of the [`Job`](super::Job).
    pub id: String,
    /// A result for each step, in order.
    pub steps: Vec<StepResult>,
    /// From the start of the visit to the start of the job, in milliseconds.
    #[serde(default)]
    pub began_ms: f64,
    /// How long the job took, in milliseconds.
    #[serde(default)]
    pub took_ms: f64,
    /// How much of that its frames, workers and controlled pages took to come up, in milliseconds.
    #[serde(default)]
    pub contexts_ms: f64,
}

impl JobResult {
    /// From the start of the visit to the start of the job.
    pub(crate) fn began(&self) -> Duration {
        milliseconds(self.began_ms)
    }

    /// How long the job took.
    pub(crate) fn took(&self) -> Duration {
        milliseconds(self.took_ms)
    }

    /// How much of that its frames, workers and controlled pages took to come up.
    pub(crate) fn contexts(&self) -> Duration {
        milliseconds(self.contexts_ms)
    }
}

/// The time that a page has measured; none where that is no time.
fn milliseconds(count: f64) -> Duration {
    Duration::try_from_secs_f64(count / 1000.0).unwrap_or_default()
}

/// What the page's script observed of one step.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(crate) enum StepResult {
    /// A response, read to its end.
    Resolved {
        response: ScriptResponse,
        /// From the call to the end of the body, in milliseconds.
        duration_ms: f64,
    },
    /// The API gave an error: a network error, or a throw before anything was fetched.
    Rejected {
        error: ScriptError,
        /// From the call to the error, in milliseconds.
        duration_ms: f64,
    },
    /// An element or an API that shows no response came to its end.
    Embedded {
        /// Whether the resource took effect: an image painted, a script ran.
        loaded: bool,
        read: ScriptRead,
        /// From the call to its end, in milliseconds.
        duration_ms: f64,
    },
    /// Neither a response nor an error came within the limit.
    TimedOut { limit_ms: u64 },
    /// The engine has no such feature.
    Unsupported {
        /// The name of the feature.
        what: String,
    },
    /// The script inside the page failed. Never a verdict.
    Broken {
        /// The error's text.
        what: String,
    },
}

impl StepResult {
    /// From the call to its end; nothing where there was none.
    pub(crate) fn duration(&self) -> Duration {
        match self {
            Self::Resolved { duration_ms, .. }
            | Self::Rejected { duration_ms, .. }
            | Self::Embedded { duration_ms, .. } => milliseconds(*duration_ms),
            Self::TimedOut { limit_ms } => Duration::from_millis(*limit_ms),
            Self::Unsupported { .. } | Self::Broken { .. } => Duration::ZERO,
        }
    }
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct ScriptResponse {
    pub r#type: Option<String>,
    pub status: u16,
    pub status_text: String,
    /// `response.url`, or an XHR's `responseURL`.
    pub url: String,
    pub redirected: Option<bool>,
    /// All header fields that can be enumerated, in order, lower-case and combined.
    pub headers: Vec<(String, String)>,
    /// The body as UTF-8 text, its first 64 KiB.
    pub body: String,
}

/// The result of a script's attempt to read a resource without a response object.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum ScriptRead {
    /// The script read the resource.
    Allowed {
        /// What the script read, as text.
        body: String,
    },
    /// There is no way to read, and no refusal.
    Opaque,
    /// The API refused the read.
    Blocked {
        /// The reason's word, where the API itself tells it.
        reason: Option<String>,
        /// The error's name and words.
        message: String,
        /// What the API revealed nevertheless, each in words; empty where the engine is right.
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
    /// Whether the call itself threw the error, before anything was fetched: `new Request()`, `open()`,
    /// `setRequestHeader()`, or `send()` when it validates its argument.
    pub thrown: bool,
    /// The word of a [`Reason`](fetch_model::Reason), where the exception itself tells the reason.
    #[serde(default)]
    pub reason: Option<String>,
    /// What the API revealed of the response although it failed, each in words; empty where the engine is right.
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
        let text = r#"{"visit":"visit-1","first":2,"pending":3,"finished":[
            {"id":"t1n7t","steps":[{"outcome":"timed-out","limit_ms":2000}]}]}"#;
        let drained = JobResults::read(&json!(text)).unwrap();
        let returned = JobResult {
            id: "t1n7t".into(),
            steps: vec![StepResult::TimedOut { limit_ms: 2000 }],
            began_ms: 0.0,
            took_ms: 0.0,
            contexts_ms: 0.0,
        };
        let finished = vec![returned];
        assert_eq!(drained, JobResults { visit: Some("visit-1".to_owned()), first: 2, finished, pending: 3 });
    }

    #[rstest]
    #[case(Value::Null, "it brought 'null': it is no text")]
    #[case(json!("{}"), "it brought '{}': missing field `first`")]
    #[case(json!("<html>"), "it brought '<html>': expected value at line 1 column 1")]
    fn anything_else_is_told(#[case] value: Value, #[case] words: &str) {
        let error = JobResults::read(&value).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}
