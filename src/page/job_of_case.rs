//! The job that follows from a case.

use std::{ops::Range, time::Duration};

use corsproof_fixture::Token;
use fetch_model::Origin;
use url::Url;

use super::{Job, JobBody, JobRequest, JobServiceWorker, JobStep, Lane};
use crate::case::{Access, Body, Case, Isolation, Request, Step};

/// The job for some consecutive steps of a case, all on one page. `token` marks each of its http(s) URLs, and
/// takes the place of `{token}` wherever the case writes it.
///
/// # Panics
/// Where `steps` reaches past the case's steps.
pub(crate) fn job(case: &Case, token: &Token, steps: Range<usize>) -> Job {
    let lane = match case.isolation {
        Isolation::Slow => Lane::Slow,
        Isolation::Shared | Isolation::Alone => Lane::Fast,
    };
    let steps = case.steps[steps].iter().map(|step| job_step(step, token, lane)).collect();
    Job { id: token.to_string(), lane, steps }
}

fn job_step(step: &Step, token: &Token, lane: Lane) -> JobStep {
    JobStep {
        context: step.context,
        frames: step.frames.iter().map(Origin::serialize).collect(),
        service_worker: step.service_worker.as_ref().map(|worker| JobServiceWorker {
            respond: worker.respond,
            request: worker.request.as_ref().map(|request| job_request(request, token)),
        }),
        wait_ms: step.wait_ms,
        limit_ms: step.answer_limit.map_or(lane.limit_ms(), millis),
        request: job_request(&step.request, token),
    }
}

fn millis(limit: Duration) -> u64 {
    u64::try_from(limit.as_millis()).unwrap_or(u64::MAX)
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
        referrer: request.referrer.clone(),
        referrer_policy: request.referrer_policy.map(|policy| policy.word()),
        keepalive: request.keepalive,
        headers: request.headers.iter().map(|(name, value)| (filled(name), filled(value))).collect(),
        body: request.body.as_ref().map(|body| job_body(body, filled)),
        upload_listener: request.upload_listener,
        crossorigin: request.attributes.crossorigin.value(),
        integrity: request.integrity.clone(),
        reading: request.attributes.reading,
        css_property: request.attributes.css_property,
        r#as: request.attributes.preload_as,
        enctype: request.attributes.enctype,
        member: request.attributes.member,
        access: request.access.clone().map(|access| own_access(access, token)),
    }
}

/// Storage is an origin's, not a case's: the token keeps the keys of cases apart.
fn own_access(access: Access, token: &Token) -> Access {
    match access {
        Access::Storage { area, operation, key, value } => {
            Access::Storage { area, operation, key: format!("{key}-{token}"), value }
        }
        other => other,
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
        Ok(parsed) if !matches!(parsed.scheme(), "http" | "https" | "ws" | "wss") => url.to_owned(),
        _ => token.add_to(url),
    }
}

fn fill(text: &str, token: &Token) -> String {
    text.replace("{token}", token.as_str())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("https://api.example.com/data", "https://api.example.com/data?corsproof=t1n7t")]
    #[case::query("http://api.example.com/?a=b", "http://api.example.com/?a=b&corsproof=t1n7t")]
    #[case::fragment("https://api.example.com/#f", "https://api.example.com/?corsproof=t1n7t#f")]
    #[case::odd_spelling(
        "HTTPS:\\\\API.example.com:443/a/../b",
        "HTTPS:\\\\API.example.com:443/a/../b?corsproof=t1n7t"
    )]
    #[case::relative("/data", "/data?corsproof=t1n7t")]
    #[case::unparsable("https://[/", "https://[/?corsproof=t1n7t")]
    #[case::placed("https://api.example.com/{token}/data", "https://api.example.com/t1n7t/data")]
    #[case::data("data:text/plain,hello", "data:text/plain,hello")]
    #[case::about("about:blank", "about:blank")]
    fn only_urls_that_may_reach_a_server_are_marked(#[case] written: &str, #[case] asked: &str) {
        assert_eq!(marked_url(written, &Token::new(1, 7)), asked);
    }

    #[rstest]
    #[case::text(Body::Text("{token}".into()), r#"{"kind":"text","text":"t1n7t"}"#)]
    #[case::blob(Body::Blob { text: "a".into(), r#type: "b/c".into() }, r#"{"kind":"blob","text":"a","type":"b/c"}"#)]
    #[case::params(Body::UrlSearchParams("a=b".into()), r#"{"kind":"url-search-params","text":"a=b"}"#)]
    #[case::form(Body::FormData(vec![("n".into(), "{token}".into())]), r#"{"kind":"form-data","members":[["n","t1n7t"]]}"#)]
    #[case::bytes(Body::Bytes("a".into()), r#"{"kind":"bytes","text":"a"}"#)]
    #[case::stream(Body::Stream("a".into()), r#"{"kind":"stream","text":"a"}"#)]
    fn a_body_is_spelled_as_the_page_reads_it(#[case] body: Body, #[case] json: &str) {
        let body = job_body(&body, |text| fill(text, &Token::new(1, 7)));
        assert_eq!(serde_json::to_string(&body).unwrap(), json);
    }
}
