//! Observations, expectations and requests in a line of words.

use std::time::Duration;

use super::sheet::shorten;
use crate::{
    case::{Access, Body, Context, Expectation, ExpectedRead, ExpectedRequest, Loaded, Reached, Step, Via},
    judge::{Difference, Verdict, Voice},
    observation::{GivenReason, Read, SeenResponse, SentRequest, StepOutcome},
    printable::printable,
    stream::{ResultRecord, ServerAnswer},
};

/// The part of a body or of a header's value that a line shows, in characters.
const GLIMPSE: usize = 120;

/// Who states a value: the author, the model or the browser.
pub(super) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Author => "author",
        Voice::Model => "model",
        Voice::Known => "known entry",
        Voice::Invariant => "rule",
        Voice::Browser => "browser",
    }
}

/// The outcome of a step in one line.
pub(crate) fn outcome(outcome: &StepOutcome) -> String {
    let what = match &outcome.read {
        Read::Blocked => match outcome.reason {
            Some(GivenReason::Given(given)) => format!("blocked: {}", given.word()),
            Some(GivenReason::Unreported) => "blocked; the engine does not say why (unreported)".to_owned(),
            None => "blocked".to_owned(),
        },
        Read::Opaque(response) => format!("opaque: {}", response_line(response)),
        Read::Allowed(response) => format!("allowed: {}", response_line(response)),
    };
    match (outcome.loaded, &outcome.read) {
        (Loaded::Yes, Read::Blocked) => format!("{what}; it took effect all the same"),
        (Loaded::No, Read::Allowed(_) | Read::Opaque(_)) => format!("{what}; it took no effect"),
        _ => what,
    }
}

/// The verdicts of a flaky case: `agrees at last, differs before`.
pub(super) fn flaky(result: &ResultRecord) -> String {
    let earlier: Vec<&str> = result.earlier.iter().map(Verdict::word).collect();
    format!("{} at last, {} before", result.verdict.word(), earlier.join(", "))
}

/// A field with the values of two voices: `read: author blocked, browser allowed`.
pub(super) fn difference(Difference { field, expected, by, found, with }: &Difference) -> String {
    format!("{field}: {} {expected}, {} {found}", voice(*by), voice(*with))
}

/// A server's answer in a line: its status, or what happened instead.
pub(super) fn answered(answer: &ServerAnswer) -> String {
    let head = match (answer.status, &answer.remark) {
        (Some(101), Some(remark)) => format!("101, {remark}"),
        (Some(status), Some(remark)) => format!("{status} ({remark})"),
        (Some(status), None) => status.to_string(),
        (None, remark) => remark.clone().unwrap_or_default(),
    };
    if answer.delay.is_zero() { head } else { format!("{head} after {}", duration(answer.delay)) }
}

/// The header fields a script could read.
pub(crate) fn response_headers(read: &Read) -> impl Iterator<Item = (&String, &String)> {
    let response = match read {
        Read::Allowed(response) | Read::Opaque(response) => Some(response),
        Read::Blocked => None,
    };
    response.into_iter().flat_map(|response| &response.headers)
}

fn response_line(response: &SeenResponse) -> String {
    let mut parts = vec![format!("status {}", response.status)];
    parts.extend(response.response_type.map(|kind| format!("type {}", kind.word())));
    if response.redirected == Some(true) {
        parts.push(format!("redirected to {}", response.url));
    }
    if !response.body.is_empty() {
        parts.push(format!("body {}", quoted(&response.body)));
    }
    parts.join(", ")
}

/// The beginning of a body, in a line.
pub(super) fn quoted(body: &str) -> String {
    format!("\"{}\"", printable(&shorten(body, GLIMPSE)))
}

/// The author's expectation of a step, in one line.
pub(crate) fn expectation(expect: &Expectation) -> String {
    let mut parts = vec![match (expect.read, expect.reason) {
        (ExpectedRead::Blocked, Some(given)) => format!("blocked: {}", given.word()),
        (read, _) => read.word().to_owned(),
    }];
    parts.extend(expect.status.map(|status| format!("status {status}")));
    parts.extend(expect.response_type.map(|kind| format!("type {}", kind.word())));
    parts.extend(expect.url.as_ref().map(|url| format!("url {url}")));
    parts.extend(expect.redirected.map(|yes| if yes { "redirected" } else { "not redirected" }.to_owned()));
    parts.extend(expect.body.as_ref().map(|body| format!("body {}", quoted(body))));
    parts.extend(expect.headers.iter().map(|(name, value)| format!("{name}: {}", shorten(value, GLIMPSE))));
    if !expect.hidden.is_empty() {
        parts.push(format!("hidden: {}", expect.hidden.join(", ")));
    }
    parts.join(", ")
}

/// The requests that an author says must arrive, in one line.
pub(super) fn expected_requests(requests: &[ExpectedRequest]) -> String {
    let words: Vec<String> = requests.iter().map(expected_request).collect();
    sequence(&words)
}

pub(crate) fn expected_request(request: &ExpectedRequest) -> String {
    let mut words = request.method.clone();
    if let Some(url) = &request.url {
        words.push(' ');
        words.push_str(url);
    }
    let with: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}: {}", shorten(value, GLIMPSE))).collect();
    if !with.is_empty() {
        words.push_str(&format!(" with {}", with.join(" and ")));
    }
    if !request.without.is_empty() {
        words.push_str(&format!(" without {}", request.without.join(", ")));
    }
    words
}

/// Requests on the wire, in one line; a URL is named where it changes.
pub(super) fn sent_requests(requests: &[SentRequest]) -> String {
    let mut last_url = None;
    let words: Vec<String> = requests
        .iter()
        .map(|sent| match last_url.replace(&sent.url) {
            Some(url) if *url == sent.url => sent.method.clone(),
            _ => format!("{} {}", sent.method, sent.url),
        })
        .collect();
    sequence(&words)
}

fn sequence(words: &[String]) -> String {
    if words.is_empty() { "nothing".to_owned() } else { words.join(", then ") }
}

/// The request of a step, in one line: `fetch PUT https://api.example.com/data, credentials include`.
pub(crate) fn asked(step: &Step) -> String {
    let request = &step.request;
    if let Some(access) = &request.access {
        return access_words(access, &request.url);
    }
    let via = match request.via {
        Via::Fetch => "fetch",
        via => via.api(),
    };
    let mut parts = vec![format!("{via} {} {}", request.method.as_deref().unwrap_or("GET"), request.url)];
    parts.extend(request.mode.map(|mode| format!("mode {}", mode.word())));
    parts.extend(request.credentials.map(|credentials| format!("credentials {}", credentials.word())));
    parts.extend(request.redirect.map(|redirect| format!("redirect {}", redirect.word())));
    parts.extend(request.cache.map(|cache| format!("cache {}", cache.word())));
    parts.extend(request.referrer.as_ref().map(|referrer| format!("referrer '{referrer}'")));
    parts.extend(request.referrer_policy.map(|policy| format!("referrer policy {}", policy.word())));
    parts.extend(
        request.integrity.as_ref().map(|metadata| format!("integrity {}", shorten(metadata, GLIMPSE))),
    );
    parts.extend(request.keepalive.filter(|keepalive| *keepalive).map(|_| "keepalive".to_owned()));
    parts.extend(request.body.as_ref().map(body));
    if request.upload_listener {
        parts.push("a listener on its upload".to_owned());
    }
    parts.join(", ")
}

/// An access in one line: `get document of the window in a frame at https://api.example.com/`.
fn access_words(access: &Access, url: &str) -> String {
    let other = |reached: Reached, sandbox: &Option<String>| {
        let sandbox = sandbox.as_ref().map(|flags| format!(", sandbox=\"{flags}\"")).unwrap_or_default();
        let place = match reached {
            Reached::Frame => "a frame at",
            Reached::Parent => "the parent of a frame at",
            Reached::Popup => "a window opened at",
            Reached::Opener => "the opener of a window at",
        };
        format!("{place} {url}{sandbox}")
    };
    match access {
        Access::Window { reached, object, operation, property, sandbox, document_domain } => format!(
            "{} {property} of the {} of {}{}",
            operation.word(),
            object.word(),
            other(*reached, sandbox),
            if *document_domain { " that has set document.domain" } else { "" }
        ),
        Access::Message { reached, target_origin, sandbox } => {
            format!("post a message for {target_origin} to {}", other(*reached, sandbox))
        }
        Access::Storage { area, operation, key, .. } => {
            format!("{} {key} in {}", operation.word(), area.word())
        }
    }
}

fn body(body: &Body) -> String {
    match body {
        Body::Text(text) => format!("body {}", quoted(text)),
        Body::Blob { r#type, .. } => format!("a Blob of type '{type}' as its body"),
        Body::UrlSearchParams(_) => "URLSearchParams as its body".to_owned(),
        Body::FormData(_) => "FormData as its body".to_owned(),
        Body::Bytes(_) => "bytes as its body".to_owned(),
        Body::Stream(_) => "a stream as its body".to_owned(),
    }
}

/// The page, and the environment in it, in which a step runs.
pub(crate) fn asks_from(step: &Step) -> String {
    let place = match step.context {
        Context::Window if !step.frames.is_empty() => ", in a frame of ",
        Context::Window => "",
        Context::Worker => ", in a worker",
        Context::SandboxedIframe => ", in a sandboxed iframe",
        Context::SrcdocIframe => ", in a srcdoc iframe",
        Context::DataIframe => ", in a data: iframe",
        Context::BlobIframe => ", in a blob: iframe",
        Context::DocumentDomainIframe => ", in an iframe that has set document.domain",
        Context::BlobWorker => ", in a blob: worker",
        Context::DataWorker => ", in a data: worker",
        Context::ServiceWorkerPage => ", in an iframe that a service worker controls",
    };
    let frames: Vec<String> = step.frames.iter().map(ToString::to_string).collect();
    let policies: Vec<String> =
        step.page_headers.iter().map(|(name, value)| format!(" ({name}: {value})")).collect();
    format!("page {}{}{place}{}", step.page, policies.concat(), frames.join(", in it one of "))
}

/// A duration for people, as `9.5 ms` or `1.2 s`.
pub(crate) fn duration(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1_000.0;
    if milliseconds < 10.0 {
        format!("{milliseconds:.1} ms")
    } else if milliseconds < 1_000.0 {
        format!("{milliseconds:.0} ms")
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// A count and its noun, as `1 case` or `2 cases`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
