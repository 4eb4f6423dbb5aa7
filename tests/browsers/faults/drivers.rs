//! Drivers that are wrong on purpose: what they break is `failed`, and never a blocked read.

use std::{
    collections::BTreeSet,
    fs,
    future::pending,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use axum::{Json, Router, extract::Request, response::IntoResponse};
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{engines::installed, router_server::serve, turn};

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

/// A WebDriver that has no browser behind it: where it is, and that it was asked for results.
fn remote_end(says: Says) -> (String, Receiver<()>) {
    let (asked, results_are_asked_for) = mpsc::channel();
    let answer = move |request: Request| {
        let asked = asked.clone();
        async move {
            let path = request.uri().path().to_owned();
            let value = match path.rsplit('/').next().unwrap_or_default() {
                "status" => json!({"ready": true, "message": ""}),
                "session" => json!({"sessionId": "1", "capabilities": {"browserVersion": "0"}}),
                "async" => {
                    // Most tests do not listen.
                    let _ = asked.send(());
                    match says {
                        Says::Nonsense(text) => json!(text),
                        Says::Strangers => {
                            let stranger =
                                json!({"id": "t0n0t", "steps": [{"outcome": "broken", "what": "x"}]});
                            let results =
                                json!({"visit": "visit-1", "first": 0, "finished": [stranger], "pending": 9});
                            json!(results.to_string())
                        }
                        Says::Nothing => pending().await,
                    }
                }
                "url" if request.method() == "GET" => json!("about:blank"),
                "log" => json!([]),
                _ => Value::Null,
            };
            Json(json!({ "value": value })).into_response()
        }
    };
    (format!("http://{}", serve(Router::new().fallback(answer))), results_are_asked_for)
}

/// A run of eleven cases.
struct Run {
    folder: TempDir,
    command: Command,
}

impl Run {
    fn of(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
        command
            .args(["run", "classic-errors/*", "--report"])
            .arg(format!("ndjson={}", folder.path().join("events").display()))
            .args(arguments)
            .env("XDG_CACHE_HOME", folder.path())
            .env_remove("CLICOLOR_FORCE")
            .stdout(Stdio::piped());
        Self { folder, command }
    }

    /// One with `webdriver` as the driver.
    fn with(webdriver: &str, arguments: &[&str]) -> Self {
        Self::of(&[&["--browser", "chromium", "--webdriver", webdriver], arguments].concat())
    }

    /// Waits for its end, which comes by itself, or after this by an interrupt.
    fn end(mut self, interrupt_after: Option<&Receiver<()>>) -> Ended {
        let _turn = turn::BROWSERS.blocking_write();
        let program = self.command.spawn().expect("the program runs");
        if let Some(signal) = interrupt_after {
            signal.recv_timeout(Duration::from_secs(60)).expect("results are asked for");
            let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status();
            assert!(sent.is_ok_and(|status| status.success()));
        }
        let output = program.wait_with_output().expect("the program ends");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let events = fs::read_to_string(self.folder.path().join("events")).unwrap_or_default();
        let events = events.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        Ended { code: output.status.code(), text, events: events.collect() }
    }
}

/// What came of a run.
struct Ended {
    code: Option<i32>,
    text: String,
    events: Vec<Value>,
}

impl Ended {
    fn results(&self) -> Vec<&Value> {
        self.events.iter().filter(|event| event["event"] == "result").collect()
    }

    /// Why it ended before all cases ran.
    fn stopped(&self) -> &Value {
        let last = self.events.last().expect("events");
        assert_eq!(last["event"], "finished");
        &last["stopped"]
    }
}

#[rstest]
#[case::text(Says::Nonsense("hello"))]
#[case::other_json(Says::Nonsense("{\"finished\": 3}"))]
fn a_driver_that_talks_nonsense_fails_every_case(#[case] says: Says) {
    let ended = Run::with(&remote_end(says).0, &[]).end(None);
    let results = ended.results();
    assert_eq!(results.len(), 11, "{}", ended.text);
    for result in results {
        assert_eq!((&result["verdict"], &result["observed"]), (&json!("failed"), &Value::Null), "{result:#}");
        let why = result["why"].as_str().expect("a text");
        assert!(why.contains("should have brought its results as JSON"), "{why}");
    }
}

#[rstest]
#[case::hangs(Says::Nothing)]
#[case::strangers(Says::Strangers)]
fn what_was_not_observed_has_no_verdict_when_the_run_ends_early(#[case] says: Says) {
    let (webdriver, asked) = remote_end(says);
    let ended = Run::with(&webdriver, &[]).end(Some(&asked));
    assert_eq!(ended.results(), Vec::<&Value>::new());
    assert_eq!(ended.stopped(), "interrupted");
}

#[test]
fn a_run_whose_time_is_up_ends_although_its_driver_hangs() {
    let ended = Run::with(&remote_end(Says::Nothing).0, &["--timeout", "1s"]).end(None);
    assert_eq!(ended.results(), Vec::<&Value>::new());
    assert_eq!(ended.stopped(), "timed-out");
}

#[test]
fn what_fails_is_tried_again_as_often_as_is_said_and_told_once() {
    let ended = Run::with(&remote_end(Says::Nonsense("hello")).0, &["--retries", "2"]).end(None);
    let results = ended.results();
    let ids: BTreeSet<&str> = results.iter().filter_map(|result| result["case"].as_str()).collect();
    assert_eq!((ids.len(), results.len(), ended.stopped()), (11, 11, &Value::Null));
    for result in results {
        let earlier = result["earlier"].as_array().expect("earlier verdicts");
        let verdicts: Vec<&Value> = earlier.iter().map(|earlier| &earlier["verdict"]).collect();
        assert_eq!(verdicts, ["failed", "failed"], "{result:#}");
    }
}

#[test]
fn the_first_failure_ends_a_run_that_is_to_end_there() {
    let ended = Run::with(&remote_end(Says::Nonsense("hello")).0, &["--fail-fast"]).end(None);
    assert!(!ended.results().is_empty(), "{}", ended.text);
    assert_eq!(ended.stopped(), "first-failure");
}

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/browsers/tests/drivers/programs").join(name)
}

#[rstest]
#[case("chromium", "CORSPROOF_CHROMEDRIVER")]
#[case("firefox", "CORSPROOF_GECKODRIVER")]
#[case("webkit", "CORSPROOF_WEBKITWEBDRIVER")]
fn a_driver_that_dies_is_told_with_its_last_words_and_exit_code_3(
    #[case] engine: &str,
    #[case] variable: &str,
) {
    if installed(engine.parse().expect("an engine")).is_none() {
        return;
    }
    let mut run = Run::of(&["--browser", engine]);
    run.command.env(variable, program("dies"));
    let Ended { code, text, .. } = run.end(None);
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("cannot open the frobnicator"), "{text}");
    assert!(text.contains("11 failed") && !text.contains("blocked"), "{text}");
}

#[test]
fn a_driver_that_is_not_there_is_told_before_anything_runs() {
    let Ended { code, text, .. } = Run::with("http://127.0.0.1:1", &[]).end(None);
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("no WebDriver is ready at http://127.0.0.1:1"), "{text}");
}
