//! `ci/trust`: what it picks, and that it fails on a verdict that changes. Its corsproof is a fake that plays a run.

use std::{
    fs,
    os::unix::fs::symlink,
    process::{Command, Output},
};

use rstest::rstest;
use serde_json::{Value, json};

use super::top;
use crate::script;

/// A suite of two areas, a large and a small one.
fn suite() -> Value {
    let large =
        (0..10).map(|number| json!({ "id": format!("large/file/case[n={number}]"), "area": "large" }));
    let small = [json!({ "id": "small/file/case", "area": "small" })];
    json!({ "cases": large.chain(small).collect::<Vec<_>>() })
}

/// Runs the script in a folder where `cargo` and the engines' set-up do nothing, and corsproof plays `results`
/// and ends with `exit`.
fn trust(results: &Value, exit: u8, arguments: &[&str]) -> (Output, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for below in ["ci", "bin", "target/debug"] {
        fs::create_dir_all(path.join(below)).expect("a folder");
    }
    script::copy(&top().join("ci/trust"), &path.join("ci/trust"));
    script::write(&path.join("ci/setup"), "true");
    script::write(&path.join("bin/cargo"), "true");
    for tool in ["bash", "dirname", "mktemp", "rm", "jq", "env", "cat", "sh", "seq"] {
        symlink(which::which(tool).expect(tool), path.join("bin").join(tool)).expect("a link");
    }
    fs::write(path.join("suite.json"), suite().to_string()).expect("a file");
    let engines = json!([{ "name": "chromium" }, { "name": "firefox" }]);
    let totals = json!({ "agrees": 1, "failed": 0 });
    let report = json!({ "engines": engines, "totals": totals, "results": results });
    fs::write(path.join("report.json"), report.to_string()).expect("a file");
    let played = format!(
        "case $1 in\nlist) cat suite.json ;;\nrun)\n  for argument; do\n    echo \"$argument\" >>called\n    case $argument in json=*) \
         cat report.json >\"${{argument#json=}}\" ;; esac\n  done\n  exit {exit} ;;\nesac"
    );
    script::write(&path.join("target/debug/corsproof"), &played);
    let output = Command::new(path.join("ci/trust"))
        .args(arguments)
        .env_clear()
        .env("PATH", path.join("bin"))
        .output()
        .expect("a bash");
    (output, fs::read_to_string(path.join("called")).unwrap_or_default())
}

fn result(case: &str, engine: &str, verdict: &str) -> Value {
    json!({ "case": case, "engine": engine, "verdict": verdict })
}

#[test]
fn every_area_is_in_the_slice_and_large_ones_are_spread() {
    let (output, called) = trust(&json!([result("a/b/c", "chromium", "agrees")]), 0, &["7", "6"]);
    assert!(output.status.success(), "{output:?}");
    let arguments: Vec<&str> = called.lines().collect();
    assert!(arguments.windows(2).any(|pair| pair == ["--repeat", "7"]), "{arguments:?}");
    let slice: Vec<&str> = arguments.into_iter().filter(|argument| argument.contains("/file/")).collect();
    assert_eq!(
        slice,
        ["large/file/case[n=0]", "large/file/case[n=3]", "large/file/case[n=6]", "small/file/case"]
    );
}

#[test]
fn it_prints_its_figures() {
    let results = json!([
        result("a/b/c", "chromium", "agrees"),
        result("a/b/c", "chromium", "agrees"),
        result("a/b/c", "firefox", "known"),
    ]);
    let (output, _) = trust(&results, 0, &["2"]);
    let text = String::from_utf8_lossy(&output.stdout);
    for line in [
        "chromium: 1 cases, 2 results, 0 changed verdicts, 0 failed, 0 tried again",
        "firefox: 1 cases, 1 results, 0 changed verdicts, 0 failed, 0 tried again",
    ] {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
}

#[rstest]
#[case::changed(json!([result("a/b/c", "chromium", "agrees"), result("a/b/c", "chromium", "differs")]), 1, false)]
#[case::changed_among_the_good(
    json!([result("a/b/c", "firefox", "agrees"), result("a/b/c", "firefox", "not-applicable")]), 0, false
)]
#[case::failed(json!([result("a/b/c", "chromium", "failed"), result("a/b/c", "chromium", "failed")]), 3, false)]
#[case::tried_again(
    json!([{ "case": "a/b/c", "engine": "chromium", "verdict": "agrees", "retries": 1 }]), 0, false
)]
#[case::nothing_ran(json!([]), 0, false)]
#[case::bad_usage(json!([result("a/b/c", "chromium", "agrees")]), 2, false)]
#[case::differs_each_time(
    json!([result("a/b/c", "chromium", "differs"), result("a/b/c", "chromium", "differs")]), 1, true
)]
#[case::engines_may_differ(
    json!([result("a/b/c", "chromium", "agrees"), result("a/b/c", "firefox", "known")]), 0, true
)]
fn it_fails_where_a_verdict_changes(#[case] results: Value, #[case] exit: u8, #[case] passes: bool) {
    let (output, _) = trust(&results, exit, &[]);
    assert_eq!(output.status.success(), passes, "{output:?}");
}

#[test]
fn what_changed_is_named() {
    let results = json!([
        result("a/b/c", "chromium", "agrees"),
        result("a/b/c", "chromium", "differs"),
        result("a/b/c", "chromium", "agrees"),
    ]);
    let (output, _) = trust(&results, 1, &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("changed: chromium a/b/c: 2 agrees, 1 differs"), "{text}");
}

#[rstest]
#[case::all_is_well(0, true)]
#[case::a_difference(1, false)]
#[case::a_failure(3, false)]
fn whole_runs_in_a_row_must_each_end_well(#[case] exit: u8, #[case] passes: bool) {
    let results = json!([
        { "case": "a/b/c", "engine": "chromium", "verdict": "agrees", "retries": 1 },
        { "case": "a/b/d", "engine": "chromium", "verdict": "failed" },
    ]);
    let (output, called) = trust(&results, exit, &["--loaded", "3"]);
    assert_eq!(output.status.success(), passes, "{output:?}");
    assert_eq!(called.lines().filter(|argument| *argument == "run").count(), 3);
    let text = String::from_utf8_lossy(&output.stdout);
    let loads = [(1, 0), (2, 8), (3, 0)];
    for (run, loops) in loads {
        let line = format!("run {run} beside {loops} busy loops: exit code {exit}, ");
        assert!(text.contains(&line), "{line} is missing:\n{text}");
    }
    assert!(text.contains("1 agrees, 0 failed, 1 begun anew, 0 better when tried again"), "{text}");
    assert!(text.contains("  failed: chromium a/b/d"), "{text}");
}
