//! `corsproof run` from case files to exit codes and reports, in one real browser.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::turn;

/// A case that is right, and its twin for the blocked one.
const READABLE: &str = r#"
title = "The CORS check"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[defaults]
page = "https://app.example.com"
request = { url = "https://api.example.com/data" }

[[case]]
name = "granted"
response = """
200
Access-Control-Allow-Origin: {origin}

hello"""
expect = { read = "allowed", body = "hello", sent = ["GET"] }
"#;

/// A case whose author is wrong: nothing grants the read.
const TURNED_ROUND: &str = r#"
[[case]]
name = "turned-round"
response = "200"
expect = { read = "allowed", sent = ["GET"] }
"#;

fn corsproof(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    command.current_dir(folder).args(["run", "--cases", "mine", "--browser", "chromium"]).args(arguments);
    command.env("XDG_CACHE_HOME", folder.join("cache"));
    command.env_remove("CLICOLOR_FORCE").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn folder_with(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    fs::write(folder.path().join("mine/check.toml"), text).expect("a file");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let _turn = turn::BROWSERS.blocking_read();
    let output = corsproof(folder, arguments).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output, text)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a report")).expect("JSON")
}

#[test]
fn a_new_case_file_in_a_folder_runs() {
    let folder = folder_with(READABLE);
    let (output, text) = run(folder.path(), &["--report", "json=run.json", "--report", "junit=run.xml"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("✓ 1 result") && !text.contains('\u{1b}'), "{text}");

    let report = json(&folder.path().join("run.json"));
    assert_eq!(report["schema"], "corsproof/run/1");
    let result = &report["results"][0];
    assert_eq!((&result["case"], &result["verdict"]), (&"mine/check/granted".into(), &"agrees".into()));
    assert_eq!(result["observed"]["response"]["body"], "hello");
    assert_eq!(result["observed"]["sent"][0]["headers"]["origin"], "https://app.example.com");
    assert_eq!(report["totals"]["agrees"], 1);
    assert!(
        fs::read_to_string(folder.path().join("run.xml")).expect("a report").contains("mine/check/granted")
    );
}

#[test]
fn an_expectation_that_is_turned_round_fails_and_says_what_differs() {
    let folder = folder_with(&format!("{READABLE}{TURNED_ROUND}"));
    let (output, text) = run(folder.path(), &["--report", "json=run.json"]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let unwrapped = words(&text);
    for part in [
        "mine/check/turned-round",
        "mine/check.toml:",
        "author wants  allowed",
        "model says    blocked",
        "→ GET https://api.example.com/data",
        "script read   blocked: allow-origin-missing",
        "No 'Access-Control-Allow-Origin' header is present",
        "#concept-cors-check",
        "corsproof run --cases mine 'mine/check/turned-round' --browser chromium",
    ] {
        assert!(unwrapped.contains(&words(part)), "{part} is missing:\n{text}");
    }
    assert_eq!(json(&folder.path().join("run.json"))["totals"]["differs"], 1);
}

#[test]
fn what_differed_runs_again_alone_until_it_is_mended() {
    let folder = folder_with(&format!("{READABLE}{TURNED_ROUND}"));
    let (first, text) = run(folder.path(), &["--retries", "1", "--report", "ndjson=run.ndjson"]);
    assert_eq!(first.status.code(), Some(1), "{text}");
    assert!(text.contains("note: chromium: 1 case differs or failed and is tried again"), "{text}");
    assert!(text.contains("✗ 2 results"), "{text}");
    let events = fs::read_to_string(folder.path().join("run.ndjson")).expect("a report");
    let results: Vec<Value> = events
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .filter(|event: &Value| event["event"] == "result")
        .collect();
    let earlier = |case: &str| {
        let result = results.iter().find(|result| result["case"] == case).expect("a result");
        result["earlier"][0]["verdict"].as_str().map(str::to_owned)
    };
    assert_eq!(earlier("mine/check/granted"), None);
    assert_eq!(earlier("mine/check/turned-round").as_deref(), Some("differs"));

    let (again, text) = run(folder.path(), &["--last-failed"]);
    assert_eq!(again.status.code(), Some(1), "{text}");
    assert!(text.starts_with("1 case in chromium"), "{text}");

    let mended = TURNED_ROUND.replace("\"200\"", "\"200\\nAccess-Control-Allow-Origin: {origin}\"");
    fs::write(folder.path().join("mine/check.toml"), format!("{READABLE}{mended}")).expect("a file");
    let (good, text) = run(folder.path(), &["--last-failed"]);
    assert_eq!(good.status.code(), Some(0), "{text}");
    let (nothing, _) = run(folder.path(), &["--last-failed"]);
    let told = String::from_utf8_lossy(&nothing.stderr).into_owned();
    assert_eq!(nothing.status.code(), Some(4), "{told}");
    assert!(told.contains("nothing differed or failed in the last run"), "{told}");
}

#[test]
fn a_case_that_takes_longer_than_it_may_is_failed() {
    let hung = TURNED_ROUND.replace("response = \"200\"", "response = { text = \"200\", delay-ms = 1500 }");
    let folder = folder_with(&format!("{READABLE}{hung}"));
    let (output, text) = run(folder.path(), &["--case-timeout", "300ms", "turned-round"]);
    assert_eq!(output.status.code(), Some(4), "{text}");
    let (output, text) = run(folder.path(), &["--case-timeout", "300ms", "mine/check/turned-round"]);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("neither an answer nor an error within 300 ms"), "{text}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_it_has_and_is_no_success() {
    let folder = folder_with(READABLE);
    let _turn = turn::BROWSERS.blocking_read();
    let program = corsproof(folder.path(), &["--repeat", "100000", "--report", "json=run.json"])
        .spawn()
        .expect("the program runs");
    thread::sleep(Duration::from_secs(4));
    let signalled = Command::new("kill").args(["-INT", &program.id().to_string()]).status();
    assert!(signalled.is_ok_and(|status| status.success()));
    let output = program.wait_with_output().expect("the program ends");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("Interrupted: "), "{text}");
    assert_eq!(json(&folder.path().join("run.json"))["interrupted"], true);
}

/// Four cases that run on pages of their own, none of which needs another.
const FOUR: &str = r#"
title = "The CORS check"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[[case]]
name = "granted"
page = "{page}"
request = { url = "https://api.example.com/data" }
matrix = { page = ["https://a.example.com", "https://b.example.com", "https://c.example.com", "https://d.example.com"] }
response = """
200
Access-Control-Allow-Origin: {origin}
"""
expect = { read = "allowed", sent = ["GET"] }
"#;

/// The cases of a JSON report, in the order of their names.
fn cases_of(path: &Path) -> Vec<String> {
    let report = json(path);
    let results = report["results"].as_array().expect("results");
    let mut cases: Vec<String> =
        results.iter().map(|result| result["case"].as_str().expect("a text").to_owned()).collect();
    cases.sort();
    cases
}

#[test]
fn shards_run_each_case_once_and_all_together() {
    let folder = folder_with(FOUR);
    let mut cases = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let (output, text) = run(folder.path(), &["--shard", shard, "--report", "json=run.json"]);
        assert_eq!(output.status.code(), Some(0), "{text}");
        let part = cases_of(&folder.path().join("run.json"));
        assert!(!part.is_empty() && part.len() < 4, "{part:?}");
        cases.extend(part);
    }
    cases.sort();
    let pages = ["a", "b", "c", "d"];
    assert_eq!(cases, pages.map(|page| format!("mine/check/granted[page=https://{page}.example.com]")));
}

/// Several sessions share the cases, and each case and repeat is there once.
#[test]
fn jobs_share_the_cases() {
    let folder = folder_with(FOUR);
    let (output, text) = run(folder.path(), &["--jobs", "2", "--repeat", "3", "--report", "json=run.json"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let cases = cases_of(&folder.path().join("run.json"));
    assert_eq!(cases.len(), 12, "{cases:?}");
    assert!(cases.chunks(3).all(|repeats| repeats.iter().all(|case| *case == repeats[0])), "{cases:?}");
}
