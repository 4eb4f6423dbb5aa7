//! What the harness serves on every origin, and how a driver calls what is in it.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::RawQuery,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use url::form_urlencoded::{self, Serializer};

use super::scripts::{CLOCK, Environment, PRIMORDIALS, scripts};

/// The path of the page that makes the requests of an origin's cases.
pub(crate) const PATH: &str = "/.corsproof/page";

/// The path of the page whose own response has these header fields besides.
pub(crate) fn path(headers: &[(String, String)]) -> String {
    if headers.is_empty() {
        return PATH.to_owned();
    }
    format!("{PATH}?{}", Serializer::new(String::new()).extend_pairs(headers).finish())
}

/// The script that starts jobs and returns at once, for Execute Script; its arguments are
/// [`start_arguments`](super::start_arguments). It gives back whether the page is the one that was opened for the
/// visit, and not one that an earlier visit has used.
pub(crate) const START: &str = "return window.corsproof.start(...arguments);";

/// The script that brings results, for Execute Async Script; its arguments are
/// [`drain_arguments`](super::drain_arguments), and [`JobResults::read`](super::JobResults::read) reads what it gives
/// back. It takes 250 ms at most where the page's timers run at full speed, a second in a page that is hidden.
pub(crate) const DRAIN: &str = "window.corsproof.drain(...arguments);";

/// The child frame of a document that cases reach.
const CHILD: &str = "<iframe name=\"child\"></iframe>\n";

/// The script that sets `document.domain` before anything else, where the document's URL says so.
const DOCUMENT_DOMAIN: &str = include_str!("document_domain.js");
/// The script of every service worker.
const SERVICE_WORKER: [&str; 2] = [PRIMORDIALS, include_str!("service-worker.js")];

/// An image that a document loads to know that what it asked for before has come.
const FENCE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n";

/// The script of a frame that exists only for the frame inside it.
const AROUND: &str = include_str!("around.js");

/// The script of a shared worker that keeps a value.
const KEEPER: &str = include_str!("keeper.js");

/// The script that workers and iframes run instead of the page's own.
const FAR_END: &str = include_str!("remote.js");

/// The scripts that only the page itself runs; its workers and frames run [`FAR_END`] instead.
const PAGE: [&str; 6] = [
    CLOCK,
    include_str!("channels.js"),
    include_str!("contexts.js"),
    include_str!("controlled-pages.js"),
    include_str!("lanes.js"),
    include_str!("page.js"),
];

/// The markup with which every document of the harness begins.
const DOCUMENT: &str = include_str!("page.html");

static PAGE_DOCUMENT: LazyLock<String> = LazyLock::new(|| document(&scripts(Environment::Document, &PAGE)));
static FRAME_DOCUMENT: LazyLock<String> =
    LazyLock::new(|| document(&scripts(Environment::Document, &[DOCUMENT_DOMAIN, FAR_END])));
// A run reaches a thousand of these, and nothing in them asks by elements: less to load.
static WINDOW_DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let scripts = document(&scripts(Environment::Window, &[DOCUMENT_DOMAIN, FAR_END]));
    format!("{scripts}{CHILD}")
});
static SERVICE_WORKER_SCRIPT: LazyLock<String> = LazyLock::new(|| SERVICE_WORKER.concat());
static WORKER_SCRIPT: LazyLock<String> = LazyLock::new(|| scripts(Environment::Worker, &[FAR_END]).concat());

static KEEPER_SCRIPT: LazyLock<String> = LazyLock::new(|| KEEPER.to_owned());
static AROUND_DOCUMENT: LazyLock<String> = LazyLock::new(|| document(&[AROUND]));

/// Every path under `/.corsproof/`: the page, and what its contexts are made of. Nothing of it is cached. Each has the
/// header fields that its query names.
pub(crate) fn assets() -> Router {
    let document = |text: &'static LazyLock<String>| {
        get(move |RawQuery(query): RawQuery| async move { served("text/html; charset=utf-8", text, query) })
    };
    let script = |text: &'static LazyLock<String>| {
        get(
            move |RawQuery(query): RawQuery| async move { served("text/javascript; charset=utf-8", text, query) },
        )
    };
    Router::new()
        .route(PATH, document(&PAGE_DOCUMENT))
        .route("/.corsproof/around", document(&AROUND_DOCUMENT))
        .route("/.corsproof/frame", document(&FRAME_DOCUMENT))
        .route("/.corsproof/window", document(&WINDOW_DOCUMENT))
        .route("/.corsproof/fence.svg", get(|| async { served("image/svg+xml", FENCE, None) }))
        .route("/.corsproof/worker.js", script(&WORKER_SCRIPT))
        .route("/.corsproof/keeper.js", script(&KEEPER_SCRIPT))
        .route("/.corsproof/service-worker.js", script(&SERVICE_WORKER_SCRIPT))
}

fn served(content_type: &'static str, body: &'static str, query: Option<String>) -> Response {
    match fields(&query.unwrap_or_default()) {
        Some(fields) => {
            let own = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")];
            (own, fields, body).into_response()
        }
        None => (StatusCode::BAD_REQUEST, "The query is no list of header fields.\n").into_response(),
    }
}

/// The header fields that a query names; a case's token in it is none.
fn fields(query: &str) -> Option<HeaderMap> {
    form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name != "corsproof")
        .map(|(name, value)| Some((HeaderName::try_from(&*name).ok()?, HeaderValue::try_from(&*value).ok()?)))
        .collect()
}

/// A document that is whole in itself: an iframe with a `data:` URL can load nothing of ours.
fn document(scripts: &[&str]) -> String {
    let scripts: String = scripts.iter().map(|script| format!("<script>\n{script}</script>\n")).collect();
    format!("{DOCUMENT}{scripts}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_ends_its_own_element() {
        let page = scripts(Environment::Document, &PAGE);
        for script in page.iter().chain(&[DOCUMENT_DOMAIN, FAR_END, AROUND]) {
            assert!(
                !script.contains("</script"),
                "a script in a document cannot hold its own end tag:\n{script}"
            );
            assert!(!script.contains("<!--"), "'<!--' changes how HTML reads a script:\n{script}");
        }
    }
}
