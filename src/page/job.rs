//! The contract between the harness and the script inside a page, as JSON.

use serde::{Deserialize, Serialize};

/// Consecutive steps of one case on one page.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// The case's token; comes back in [`Returned`].
    pub id: String,
    /// Which lane of the page it runs in.
    pub lane: Lane,
    /// What to ask, one after another.
    pub steps: Vec<JobStep>,
}

/// How many jobs run side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// 32 at a time.
    Fast,
    /// After the fast ones, 4 at a time.
    Slow,
}

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct JobStep {
    /// The environment: `window`, `worker`, `sandboxed-iframe`, `srcdoc-iframe`, `data-iframe`.
    pub context: String,
    /// Milliseconds to wait first.
    pub wait_ms: u64,
    /// Milliseconds from the launch of the request after which it is given up.
    pub limit_ms: u64,
    /// The request.
    pub request: JobRequest,
}

/// The arguments of `fetch()` or of an XHR. What is `None` is not passed at all.
#[derive(Clone, Debug, Serialize)]
pub struct JobRequest {
    /// `fetch` or `xhr`.
    pub via: String,
    /// The URL, with the token.
    pub url: String,
    /// `method`
    pub method: Option<String>,
    /// `mode`
    pub mode: Option<String>,
    /// `credentials`; for an XHR `include` is `withCredentials`.
    pub credentials: Option<String>,
    /// `redirect`
    pub redirect: Option<String>,
    /// `cache`
    pub cache: Option<String>,
    /// `referrerPolicy`
    pub referrer_policy: Option<String>,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<JobBody>,
    /// Whether an XHR's upload object gets a listener before `send()`.
    pub upload_listener: bool,
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum JobBody {
    /// A string.
    Text { text: String },
    /// A Blob.
    Blob { text: String, r#type: String },
    /// URLSearchParams.
    UrlSearchParams { text: String },
    /// FormData.
    FormData { members: Vec<(String, String)> },
    /// A Uint8Array of the text's UTF-8.
    Bytes { text: String },
    /// A ReadableStream of the text's UTF-8, with `duplex: "half"`.
    Stream { text: String },
}

/// What a page gives back for a job.
#[derive(Clone, Debug, Deserialize)]
pub struct Returned {
    /// The job's id.
    pub id: String,
    /// A result for each step, in order.
    pub steps: Vec<StepResult>,
}

/// What a script saw.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum StepResult {
    /// A response, read to its end.
    Resolved { response: ScriptResponse, duration_ms: f64 },
    /// The API gave an error: a network error, or a throw before anything was fetched.
    Rejected { error: ScriptError, duration_ms: f64 },
    /// Neither within the limit.
    TimedOut { limit_ms: u64 },
    /// The script inside the page failed; says how. Never a verdict.
    Broken { what: String },
}

/// A response as a script sees it.
#[derive(Clone, Debug, Deserialize)]
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
    /// All header fields that can be enumerated, in order.
    pub headers: Vec<(String, String)>,
    /// The body as UTF-8 text, at most 64 KiB.
    pub body: String,
}

/// An error as a script sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct ScriptError {
    /// `error.name`; for an XHR `NetworkError` for its error event.
    pub name: String,
    /// `error.message`
    pub message: String,
    /// Whether it was thrown by the call itself, before anything was fetched (`new Request()`, `open()`,
    /// `setRequestHeader()`, `send()` in the arguments' validation).
    pub thrown: bool,
}
