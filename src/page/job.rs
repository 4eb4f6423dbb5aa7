//! What a page is given to do, as JSON.

use std::time::Duration;

use fetch_model::{Origin, TimingMember, html::StyleResource};
use serde::Serialize;

use crate::case::{Access, Answering, Context, Enctype, PreloadAs, Reading, Via};

/// Consecutive steps of one case on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Job {
    /// The case's token; comes back in [`Returned`](super::Returned).
    pub id: String,
    /// Which lane of the page it runs in.
    pub lane: Lane,
    /// What to ask, one after another.
    pub steps: Vec<JobStep>,
}

impl Job {
    /// Gives each request as much time, instead of its lane's.
    pub(crate) fn limit(&mut self, limit: Duration) {
        let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        self.steps.iter_mut().for_each(|step| step.limit_ms = limit_ms);
    }
}

/// How many jobs run side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Lane {
    /// 32 at a time.
    Fast,
    /// After the fast ones, 4 at a time.
    Slow,
}

impl Lane {
    /// Milliseconds from its launch after which a request is given up.
    pub(crate) fn limit_ms(self) -> u64 {
        match self {
            Self::Fast => 10_000,
            Self::Slow => 2_000,
        }
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobStep {
    /// The environment.
    pub context: Context,
    /// Origins of frames in each other, from the outermost on; the last one asks. Empty where none does.
    pub frames: Vec<String>,
    /// The service worker that controls the environment, where there is one.
    pub service_worker: Option<JobServiceWorker>,
    /// Milliseconds to wait first.
    pub wait_ms: u64,
    /// Milliseconds from the launch of the request after which it is given up.
    pub limit_ms: u64,
    /// The request.
    pub request: JobRequest,
}

/// What a service worker does with what its page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobServiceWorker {
    /// What it answers with.
    pub respond: Answering,
    /// What it fetches itself.
    pub request: Option<JobRequest>,
}

/// The arguments of `fetch()` or of an XHR. What is `None` is not passed at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobRequest {
    /// The API.
    pub via: Via,
    /// The URL, with the token.
    pub url: String,
    /// `method`
    pub method: Option<String>,
    /// `mode`
    pub mode: Option<&'static str>,
    /// `credentials`; for an XHR `include` is `withCredentials`.
    pub credentials: Option<&'static str>,
    /// `redirect`
    pub redirect: Option<&'static str>,
    /// `cache`
    pub cache: Option<&'static str>,
    /// `referrer`
    pub referrer: Option<String>,
    /// `referrerPolicy`
    pub referrer_policy: Option<&'static str>,
    /// `keepalive`
    pub keepalive: Option<bool>,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<JobBody>,
    /// Whether an XHR's upload object gets a listener before `send()`.
    pub upload_listener: bool,
    /// The attribute `crossorigin`.
    pub crossorigin: Option<&'static str>,
    /// `integrity`, of fetch() or of an element.
    pub integrity: Option<String>,
    /// How a script tries to read an image or media.
    pub reading: Reading,
    /// The property by which a style sheet names an image.
    pub css_property: Option<StyleResource>,
    /// The attribute `as`.
    pub r#as: Option<PreloadAs>,
    /// The attribute `enctype`.
    pub enctype: Enctype,
    /// Which member of a timing entry a script reads.
    pub member: TimingMember,
    /// What is reached for instead of a server.
    pub access: Option<Access>,
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum JobBody {
    /// A string.
    Text {
        /// The string.
        text: String,
    },
    /// A Blob.
    Blob {
        /// Its bytes, as text.
        text: String,
        /// Its type; may be empty.
        r#type: String,
    },
    /// URLSearchParams.
    UrlSearchParams {
        /// What they are parsed from.
        text: String,
    },
    /// FormData.
    FormData {
        /// Names and values.
        members: Vec<(String, String)>,
    },
    /// A Uint8Array of the text's UTF-8.
    Bytes {
        /// The text.
        text: String,
    },
    /// A ReadableStream of the text's UTF-8, with `duplex: "half"`.
    Stream {
        /// The text.
        text: String,
    },
}

/// The arguments of [`START`](super::START): `jobs`, for a page of `origin`. One text instead of a tree of
/// values, which drivers are slow to carry.
pub(crate) fn start_arguments(origin: &Origin, jobs: &[Job]) -> Vec<serde_json::Value> {
    let jobs = serde_json::to_string(jobs).expect("a job has no maps and no failing serializer");
    vec![origin.serialize().into(), jobs.into()]
}
