//! What a page is given to do, as JSON, and how it follows from a case.

use std::ops::Range;

use corsproof_fixture::Token;
use serde::Serialize;
use url::Url;

use crate::{
    case::{Body, Case, Context, Isolation, Request, Step, Via},
    standard::Origin,
};

/// Consecutive steps of one case on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// The case's token; comes back in [`Returned`](super::Returned).
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

impl Lane {
    /// Milliseconds from its launch after which a request is given up.
    pub fn limit_ms(self) -> u64 {
        match self {
            Self::Fast => 10_000,
            Self::Slow => 2_000,
        }
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobStep {
    /// The environment.
    pub context: Context,
    /// Milliseconds to wait first.
    pub wait_ms: u64,
    /// Milliseconds from the launch of the request after which it is given up.
    pub limit_ms: u64,
    /// The request.
    pub request: JobRequest,
}

/// The arguments of `fetch()` or of an XHR. What is `None` is not passed at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobRequest {
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
    /// `referrerPolicy`
    pub referrer_policy: Option<&'static str>,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<JobBody>,
    /// Whether an XHR's upload object gets a listener before `send()`.
    pub upload_listener: bool,
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum JobBody {
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

/// The job for some consecutive steps of a case, all on one page. `token` marks each of its http(s) URLs, and
/// takes the place of `{token}` wherever the case writes it.
///
/// # Panics
/// Where `steps` reaches past the case's steps.
pub fn job(case: &Case, token: &Token, steps: Range<usize>) -> Job {
    let lane = match case.isolation {
        Isolation::Slow => Lane::Slow,
        Isolation::Shared | Isolation::Alone => Lane::Fast,
    };
    let steps = case.steps[steps].iter().map(|step| job_step(step, token, lane)).collect();
    Job { id: token.to_string(), lane, steps }
}

/// The arguments of [`START`](super::START): `jobs`, for a page of `origin`. One text instead of a tree of
/// values, which drivers are slow to carry.
pub fn start_arguments(origin: &Origin, jobs: &[Job]) -> Vec<serde_json::Value> {
    let jobs = serde_json::to_string(jobs).expect("a job has no maps and no failing serializer");
    vec![origin.serialize().into(), jobs.into()]
}

fn job_step(step: &Step, token: &Token, lane: Lane) -> JobStep {
    JobStep {
        context: step.context,
        wait_ms: step.wait_ms,
        limit_ms: lane.limit_ms(),
        request: job_request(&step.request, token),
    }
}

fn job_request(request: &Request, token: &Token) -> JobRequest {
    let filled = |text: &String| fill(text, token);
    JobRequest {
        via: request.via,
        url: marked_url(&request.url, token),
        method: request.method.clone(),
        mode: request.mode.map(|mode| mode.word()),
        credentials: request.credentials.map(|mode| mode.word()),
        redirect: request.redirect.map(|mode| mode.word()),
        cache: request.cache.map(|mode| mode.word()),
        referrer_policy: request.referrer_policy.map(|policy| policy.word()),
        headers: request.headers.iter().map(|(name, value)| (filled(name), filled(value))).collect(),
        body: request.body.as_ref().map(|body| job_body(body, filled)),
        upload_listener: request.upload_listener,
    }
}

fn job_body(body: &Body, filled: impl Fn(&String) -> String) -> JobBody {
    match body {
        Body::Text(text) => JobBody::Text { text: filled(text) },
        Body::Blob { text, r#type } => JobBody::Blob { text: filled(text), r#type: r#type.clone() },
        Body::UrlSearchParams(text) => JobBody::UrlSearchParams { text: filled(text) },
        Body::FormData(members) => JobBody::FormData {
            members: members.iter().map(|(name, value)| (filled(name), filled(value))).collect(),
        },
        Body::Bytes(text) => JobBody::Bytes { text: filled(text) },
        Body::Stream(text) => JobBody::Stream { text: filled(text) },
    }
}

/// Only http(s) URLs reach a server; a relative reference and a URL that no parser takes are marked too, since
/// what they turn out to be is the browser's to say.
fn marked_url(url: &str, token: &Token) -> String {
    if url.contains("{token}") {
        return fill(url, token);
    }
    match Url::parse(url) {
        Ok(parsed) if !matches!(parsed.scheme(), "http" | "https") => url.to_owned(),
        _ => token.add_to(url),
    }
}

fn fill(text: &str, token: &Token) -> String {
    text.replace("{token}", token.as_str())
}
