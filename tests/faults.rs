//! Drivers that are wrong on purpose: what they break is `failed`, and never a blocked read.

#[path = "engines/mod.rs"]
mod engines;

use std::{
    collections::BTreeSet,
    future::pending,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use axum::{Json, Router, extract::Request, response::IntoResponse};
use browsers::Engine;
use corsproof::{
    casefile::Suite,
    judge::Verdict,
    run::{CaseResult, Event, Limits, OnFailure, RunRequest, Stopped, run},
};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

/// What a remote end says to a script that is to bring results. All else it does as if all were well.
#[derive(Clone, Copy, Debug)]
enum Says {
    /// No results, but something.
    Nonsense(&'static str),
    /// Results of cases that nobody asked about.
    Strangers,
    /// Nothing, ever.
    Nothing,
}

/// A WebDriver that has no browser behind it.
async fn remote_end(says: Says) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = move |request: Request| async move {
        let path = request.uri().path().to_owned();
        let value = match path.rsplit('/').next().unwrap_or_default() {
            "status" => json!({"ready": true, "message": ""}),
            "session" => json!({"sessionId": "1", "capabilities": {"browserVersion": "0"}}),
            "async" => match says {
                Says::Nonsense(text) => json!(text),
                Says::Strangers => {
                    let stranger = json!({"id": "t0n0t", "steps": [{"outcome": "broken", "what": "x"}]});
                    json!(json!({"finished": [stranger], "pending": 0}).to_string())
                }
                Says::Nothing => pending().await,
            },
            "url" if request.method() == "GET" => json!("about:blank"),
            "log" => json!([]),
            _ => Value::Null,
        };
        Json(json!({ "value": value })).into_response()
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    url
}

/// The verdicts on some cases, with `webdriver` as the driver.
async fn results(webdriver: String, stop_after: Option<Duration>) -> Vec<CaseResult> {
    limited(webdriver, stop_after, Limits::default()).await.0
}

/// The same within limits, and why the run ended early, if it did.
async fn limited(
    webdriver: String,
    stop_after: Option<Duration>,
    limits: Limits,
) -> (Vec<CaseResult>, Option<Stopped>) {
    let (events, mut arriving) = mpsc::unbounded_channel();
    let (stop, interrupt) = watch::channel(false);
    let suite = Suite::embedded().expect("a suite");
    let cases = suite.select(&[corsproof::case::Filter::new("classic-errors/*")], &[]);
    let request = RunRequest {
        cases,
        engines: vec![Engine::Chromium],
        jobs: 1,
        webdriver: Some(webdriver),
        repeat: 1,
        limits,
        upstreams: Vec::new(),
        interrupt,
    };
    let run = tokio::spawn(run(request, events));
    if let Some(time) = stop_after {
        tokio::time::sleep(time).await;
        stop.send_replace(true);
    }
    let mut results = Vec::new();
    let mut ended_early = None;
    while let Some(event) = arriving.recv().await {
        match event {
            Event::CaseFinished(result) => results.push(*result),
            Event::Finished { stopped, .. } => ended_early = stopped,
            _ => {}
        }
    }
    run.await.expect("no panic").expect("a run");
    (results, ended_early)
}

#[rstest]
#[case::text(Says::Nonsense("hello"))]
#[case::other_json(Says::Nonsense("{\"finished\": 3}"))]
#[tokio::test]
async fn a_driver_that_talks_nonsense_fails_every_case(#[case] says: Says) {
    let results = results(remote_end(says).await, None).await;
    let verdicts: BTreeSet<&str> = results.iter().map(|result| result.verdict.word()).collect();
    assert_eq!(verdicts, BTreeSet::from(["failed"]));
    assert!(results.iter().all(|result| result.observed.is_none() && result.retries == 1));
    let Verdict::Failed { why } = &results[0].verdict else { unreachable!() };
    assert!(why.contains("should have brought its results as JSON"), "{why}");
}

#[rstest]
#[case::hangs(Says::Nothing)]
#[case::strangers(Says::Strangers)]
#[tokio::test]
async fn what_was_not_observed_has_no_verdict_when_the_run_ends_early(#[case] says: Says) {
    let results = results(remote_end(says).await, Some(Duration::from_secs(1))).await;
    assert!(results.is_empty(), "{:?}", results[0].verdict);
}

#[tokio::test]
async fn a_run_whose_time_is_up_ends_although_its_driver_hangs() {
    let limits = Limits { timeout: Some(Duration::from_secs(1)), ..Limits::default() };
    let (results, stopped) = limited(remote_end(Says::Nothing).await, None, limits).await;
    assert!(results.is_empty(), "{:?}", results[0].verdict);
    assert_eq!(stopped, Some(Stopped::TimedOut));
}

#[tokio::test]
async fn what_fails_is_tried_again_as_often_as_is_said_and_told_once() {
    let limits = Limits { retries: 2, ..Limits::default() };
    let (results, stopped) = limited(remote_end(Says::Nonsense("hello")).await, None, limits).await;
    let ids: BTreeSet<_> = results.iter().map(|result| result.id()).collect();
    assert_eq!((ids.len(), results.len(), stopped), (11, 11, None));
    for result in &results {
        let earlier: Vec<&str> = result.earlier.iter().map(Verdict::word).collect();
        assert_eq!(earlier, ["failed", "failed"], "{}", result.id());
    }
}

#[tokio::test]
async fn the_first_failure_ends_a_run_that_is_to_end_there() {
    let limits = Limits { on_failure: OnFailure::Stop, ..Limits::default() };
    let (results, stopped) = limited(remote_end(Says::Nonsense("hello")).await, None, limits).await;
    assert!(!results.is_empty());
    assert_eq!(stopped, Some(Stopped::FirstFailure));
}

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/programs").join(name)
}

fn corsproof(arguments: &[&str], variable: &str, driver: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(arguments)
        .env(variable, driver)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the program runs")
}

#[rstest]
#[case("chromium", "CORSPROOF_CHROMEDRIVER")]
#[case("firefox", "CORSPROOF_GECKODRIVER")]
#[case("webkit", "CORSPROOF_WEBKITWEBDRIVER")]
fn a_driver_that_dies_is_told_with_its_last_words_and_exit_code_3(
    #[case] engine: &str,
    #[case] variable: &str,
) {
    if engines::installed(engine.parse().expect("an engine")).is_none() {
        return;
    }
    let output = corsproof(&["run", "classic-errors/*", "--browser", engine], variable, &program("dies"));
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("cannot open the frobnicator"), "{text}");
    assert!(text.contains("11 failed") && !text.contains("blocked"), "{text}");
}

#[test]
fn a_driver_that_is_not_there_is_told_before_anything_runs() {
    let output = corsproof(
        &["run", "classic-errors/*", "--browser", "chromium", "--webdriver", "http://127.0.0.1:1"],
        "CORSPROOF_NOTHING",
        Path::new(""),
    );
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("no WebDriver is ready at http://127.0.0.1:1"), "{text}");
}
