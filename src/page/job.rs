//! The JSON that a page is given: jobs, each a case's steps on this page.

use std::time::Duration;

use fetch_model::{Origin, TimingMember, html::StyleResource};
use serde::Serialize;

use crate::case::{Access, Answering, Context, Enctype, PreloadAs, Reading, Via};

/// Consecutive steps of one case on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Job {
    /// The case's token; comes back in [`JobResult`](super::JobResult).
    pub id: String,
    pub lane: Lane,
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
    /// As many jobs at the same time as [`drain_arguments`] says.
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobStep {
    pub context: Context,
    /// Origins of frames in each other, from the outermost on; the last one asks. Empty where none does.
    pub frames: Vec<String>,
    /// The service worker that controls the environment, where there is one.
    pub service_worker: Option<JobServiceWorker>,
    /// Milliseconds to wait before the request is made.
    pub wait_ms: u64,
    /// Milliseconds from the launch of the request after which it is given up.
    pub limit_ms: u64,
    pub request: JobRequest,
}

/// How the service worker of a page answers the page's requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobServiceWorker {
    pub respond: Answering,
    /// The request that the worker makes itself, where it answers with the response to one.
    pub request: Option<JobRequest>,
}

/// The arguments of `fetch()` or of an XHR. What is `None` is not passed at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct JobRequest {
    pub via: Via,
    /// The URL, with the case's token.
    pub url: String,
    pub method: Option<String>,
    pub mode: Option<&'static str>,
    /// `credentials`; for an XHR `include` is `withCredentials`.
    pub credentials: Option<&'static str>,
    pub redirect: Option<&'static str>,
    pub cache: Option<&'static str>,
    pub referrer: Option<String>,
    pub referrer_policy: Option<&'static str>,
    pub keepalive: Option<bool>,
    pub headers: Vec<(String, String)>,
    pub body: Option<JobBody>,
    /// Whether an XHR's upload object gets a listener before `send()`.
    pub upload_listener: bool,
    pub crossorigin: Option<&'static str>,
    /// `integrity`, of fetch() or of an element.
    pub integrity: Option<String>,
    /// The way in which a script tries to read an image or media.
    pub reading: Reading,
    /// The property by which a style sheet names an image.
    pub css_property: Option<StyleResource>,
    pub r#as: Option<PreloadAs>,
    pub enctype: Enctype,
    /// The member of a timing entry that a script reads.
    pub member: TimingMember,
    /// The access that is made instead of a request.
    pub access: Option<Access>,
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum JobBody {
    Text {
        text: String,
    },
    Blob {
        /// The Blob's bytes, as text.
        text: String,
        /// The Blob's type; may be empty.
        r#type: String,
    },
    UrlSearchParams {
        /// The text that the constructor parses.
        text: String,
    },
    FormData {
        /// Names and values, in order.
        members: Vec<(String, String)>,
    },
    /// A Uint8Array of the text's UTF-8.
    Bytes {
        text: String,
    },
    /// A ReadableStream of the text's UTF-8, with `duplex: "half"`.
    Stream {
        text: String,
    },
}

/// The mark of one visit to a page. Every answer of the page bears the mark, so that no answer of another page is
/// taken for one of this visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark(String);

impl Mark {
    /// The mark of the visit with this number; a session numbers its visits.
    pub(crate) fn new(number: usize) -> Self {
        Self(format!("visit-{number}"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The arguments of [`START`](super::START): `jobs`, for a page of `origin`. One text instead of a tree of
/// values, which drivers are slow to carry.
pub(crate) fn start_arguments(mark: &Mark, origin: &Origin, jobs: &[Job]) -> Vec<serde_json::Value> {
    let jobs = serde_json::to_string(jobs).expect("a job has no maps and no failing serializer");
    vec![mark.as_str().into(), origin.serialize().into(), jobs.into()]
}

/// How long [`DRAIN`](super::DRAIN) waits for results before it answers without any.
pub(crate) const PATIENCE: Duration = Duration::from_millis(250);

/// The arguments of [`DRAIN`](super::DRAIN): how many results of the visit the harness has by now, and how many jobs
/// of the fast lane may run side by side.
pub(crate) fn drain_arguments(acknowledged: usize, width: usize) -> Vec<serde_json::Value> {
    vec![acknowledged.into(), width.into()]
}
