//! Remote ends, for `--webdriver URL`, that are wrong on purpose.

use std::{
    future::pending,
    net::TcpListener as Reserved,
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    extract::Path,
    http::{HeaderName, StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
    routing::{delete, get, post},
};
use browsers::{Browser, BrowserError, Engine, Settings};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

/// What a remote end does with a request.
#[derive(Clone, Copy, Debug)]
enum Does {
    Answer(&'static str),
    Refuse(&'static str, &'static str),
    Hang,
    CloseTheConnection,
    SayHtml,
    SayHalf,
    SayBytes,
}

const SESSION: Does = Does::Answer(r#"{"sessionId": "1", "capabilities": {"browserVersion": "9.9"}}"#);
const READY: Does = Does::Answer(r#"{"ready": true, "message": ""}"#);
const GRID: &str = r#"{"ready": true, "nodes": [{"slots": [{"stereotype": {"browserName": "firefox"}}]}]}"#;

#[rstest]
#[case::hangs(Does::Hang, "TimedOut", "'new session' within 0.5 s")]
#[case::dies(Does::CloseTheConnection, "Gone", "died at 'new session'")]
#[case::other_version(
    Does::Refuse("session not created", "This version of ChromeDriver only supports Chrome version 114"),
    "SessionRefused",
    "install the chromedriver of the browser's version"
)]
#[case::no_browser(
    Does::Refuse("unknown error", "cannot find Chrome binary"),
    "SessionRefused",
    "cannot find Chrome"
)]
#[case::html(Does::SayHtml, "Nonsense", "<h1>It works!</h1>")]
#[case::no_session(Does::Answer(r#"{"hello": 1}"#), "Nonsense", "hello")]
#[case::broken_json(Does::SayHalf, "Nonsense", "broken JSON")]
#[case::no_text(Does::SayBytes, "Gone", "new session")]
#[tokio::test]
async fn no_session_comes(#[case] new_session: Does, #[case] variant: &str, #[case] words: &str) {
    let url = remote_end(READY, new_session, Does::Hang).await;
    let error = attach(&url).await.expect_err("an error");
    expect(&error, variant, words);
    assert!(error.ends_session());
}

#[rstest]
#[case::hangs(Does::Hang, "no answer to /status")]
#[case::is_busy(
    Does::Answer(r#"{"ready": false, "message": "one session is enough"}"#),
    "one session is enough"
)]
#[case::is_no_driver(Does::SayHtml, "It works!")]
#[case::has_no_chromium(Does::Answer(GRID), "its nodes have firefox, not chrome")]
#[tokio::test]
async fn it_is_not_ready(#[case] status: Does, #[case] words: &str) {
    let url = remote_end(status, SESSION, Does::Hang).await;
    expect(&attach(&url).await.expect_err("an error"), "NoDriver", words);
}

#[rstest]
#[case::nobody("", "refused")]
#[case::tls("https://localhost:4444", "only http://")]
#[case::no_url("localhost 4444", "no URL")]
#[tokio::test]
async fn it_is_not_there(#[case] url: &str, #[case] words: &str) {
    let free = Reserved::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let url = if url.is_empty() { format!("http://{free}") } else { url.to_owned() };
    expect(&attach(&url).await.expect_err("an error"), "NoDriver", words);
}

#[rstest]
#[case::hangs(Does::Hang, "TimedOut", "'execute script' within 0.5 s")]
#[case::dies(Does::CloseTheConnection, "Gone", "died at 'execute script'")]
#[case::browser_died(Does::Refuse("invalid session id", "session deleted"), "Gone", "session deleted")]
#[case::html(Does::SayHtml, "Nonsense", "It works!")]
#[tokio::test]
async fn a_session_breaks(#[case] script: Does, #[case] variant: &str, #[case] words: &str) {
    let url = remote_end(READY, SESSION, script).await;
    let mut browser = attach(&url).await.expect("a session");
    assert_eq!(browser.version(), "9.9");
    let error = browser.execute("return 1", Vec::new()).await.expect_err("an error");
    expect(&error, variant, words);
    assert!(error.ends_session());
    let began = Instant::now();
    browser.close().await;
    assert!(began.elapsed() < Duration::from_millis(300), "a lost session is not waited for");
}

#[tokio::test]
async fn closing_deletes_the_session() {
    let (sender, mut deleted) = mpsc::unbounded_channel();
    let router = Router::new()
        .route("/wd/hub/status", get(async || READY.respond().await))
        .route("/wd/hub/session", post(async || SESSION.respond().await))
        .route(
            "/wd/hub/session/{id}",
            delete(async move |Path(id): Path<String>| {
                sender.send(id).expect("a listener");
                Json(json!({ "value": null }))
            }),
        );
    let browser = attach(&format!("{}/wd/hub", serve(router).await)).await.expect("a session");
    browser.close().await;
    assert_eq!(deleted.recv().await.as_deref(), Some("1"));
}

async fn attach(url: &str) -> Result<Browser, BrowserError> {
    let mut settings = Settings::new(([127, 0, 0, 1], 1).into(), "");
    settings.call_limit = Duration::from_millis(500);
    settings.start_limit = Duration::from_millis(500);
    Browser::attach(Engine::Chromium, url, &settings).await
}

fn expect(error: &BrowserError, variant: &str, words: &str) {
    assert!(format!("{error:?}").starts_with(variant), "{error:?}");
    assert!(error.to_string().contains(words), "{error}");
}

async fn remote_end(status: Does, new_session: Does, script: Does) -> String {
    let router = Router::new()
        .route("/status", get(async move || status.respond().await))
        .route("/session", post(async move || new_session.respond().await))
        .route("/session/{id}/execute/sync", post(async move || script.respond().await));
    serve(router).await
}

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

impl Does {
    async fn respond(self) -> Response {
        const JSON: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];
        match self {
            Self::Answer(value) => {
                let value: Value = serde_json::from_str(value).expect("JSON");
                Json(json!({ "value": value })).into_response()
            }
            Self::Refuse(error, message) => {
                let value = json!({ "error": error, "message": message, "stacktrace": "" });
                (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "value": value }))).into_response()
            }
            Self::Hang => pending().await,
            // The panic of a handler takes its connection along.
            Self::CloseTheConnection => std::panic::resume_unwind(Box::new("on purpose")),
            Self::SayHtml => Html("<h1>It works!</h1>").into_response(),
            Self::SayHalf => (JSON, r#"{"value": {"#).into_response(),
            Self::SayBytes => (JSON, &b"\"\xff\xfe\""[..]).into_response(),
        }
    }
}
