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
use corsproof::{
    browser::Engine,
    case::Suite,
    judge::Verdict,
    run::{CaseResult, Event, RunRequest, run},
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
                    let stranger = json!({"id": "t0n0", "steps": [{"outcome": "broken", "what": "x"}]});
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
        upstreams: Vec::new(),
        interrupt,
    };
    let run = tokio::spawn(run(request, events));
    if let Some(time) = stop_after {
        tokio::time::sleep(time).await;
        stop.send_replace(true);
    }
    let mut results = Vec::new();
    while let Some(event) = arriving.recv().await {
        if let Event::CaseFinished(result) = event {
            results.push(*result);
        }
    }
    run.await.expect("no panic").expect("a run");
    results
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

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/programs").join(name)
}

fn corsproof(arguments: &[&str], variable: &str, driver: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(arguments)
        .env(variable, driver)
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
