//! Runs of different engines and parts of the cases, as one.

use std::fs;

use serde_json::{Value, json as value};

use super::{RECORDED, folder, recorded, rendered, written};
use crate::command::{corsproof, err, json, out};

fn results(report: &str) -> Vec<String> {
    let mut results: Vec<String> =
        json(report)["results"].as_array().expect("results").iter().map(Value::to_string).collect();
    results.sort();
    results
}

/// The events of one engine, and those of none.
fn of_engine(engine: &str) -> Vec<Value> {
    let mut events: Vec<Value> =
        recorded().into_iter().filter(|event| event.get("engine").is_none_or(|of| of == engine)).collect();
    events[0]["engines"] = value!([engine]);
    events
}

#[test]
fn a_run_an_engine_is_one_run() {
    let folder = folder();
    let files = ["chromium", "firefox", "webkit"]
        .map(|engine| written(&folder, engine, &of_engine(engine)).display().to_string());
    let merged = corsproof(&["report", &files[2], &files[0], &files[1], "--to", "json=-"]).success();
    assert_eq!(results(&out(&merged)), results(&rendered("json")));
    assert_eq!(json(&out(&merged))["totals"], json(&rendered("json"))["totals"]);
    assert_eq!(err(&merged), "");
}

#[test]
fn parts_of_the_cases_are_one_run_and_twins_count_once() {
    let folder = folder();
    let part = |name: &str, skipped: &str| {
        let events: Vec<Value> = recorded()
            .into_iter()
            .filter(|event| {
                event["event"] != "result" || !event["case"].as_str().expect("a case").contains(skipped)
            })
            .collect();
        written(&folder, name, &events).display().to_string()
    };
    let (one, other) = (part("1", "expected-wrongly"), part("2", "never-answered"));
    let merged = corsproof(&["report", &one, &other, "--to", "json=-"]).success();
    assert_eq!(results(&out(&merged)), results(&rendered("json")));
}

#[test]
fn where_runs_say_different_things_a_difference_counts_and_the_conflict_is_told() {
    let folder = folder();
    let mut events = recorded();
    for event in &mut events {
        if event["event"] == "result" && event["case"] == "slice/every-verdict/blocked" {
            event["verdict"] = "differs".into();
            event["differences"] = value!([]);
        }
        if event["event"] == "engine-started" && event["engine"] == "firefox" {
            event["version"] = "1.0".into();
        }
    }
    let other = written(&folder, "other.ndjson", &events).display().to_string();
    let merged = corsproof(&["report", RECORDED, &other, "--to", "json=-"]).success();
    let told = err(&merged);
    let conflict = format!(
        "conflict: slice/every-verdict/blocked in webkit: agrees in {RECORDED}, differs in {other}; {other} counts"
    );
    assert!(told.contains(&conflict), "{told}");
    assert!(told.contains("firefox is 1.0 in"), "{told}");
    assert_eq!(json(&out(&merged))["totals"]["differs"], 6);
}

#[test]
fn a_stream_that_was_cut_off_is_told_and_what_it_has_is_shown() {
    let folder = folder();
    let text = fs::read_to_string(RECORDED).expect("a recorded run");
    let path = folder.path().join("cut.ndjson");
    fs::write(&path, &text[..text.len() - 400]).expect("a file");
    let path = path.display().to_string();
    let report = corsproof(&["report", &path, "--to", "json=-"]).success();
    assert!(err(&report).contains("was cut off and is left out"), "{}", err(&report));
    assert_eq!(json(&out(&report))["interrupted"], true);
    let people = out(&corsproof(&["report", &path]).success());
    assert!(people.contains("Interrupted: "), "{people}");
}

#[test]
fn what_is_no_run_is_refused_with_a_way_out() {
    let refused = corsproof(&["report", "Cargo.toml"]).code(2);
    assert!(
        err(&refused).contains("cannot read Cargo.toml: line 1 is no beginning of a run"),
        "{}",
        err(&refused)
    );
    assert!(err(&refused).contains("--report ndjson=PATH"), "{}", err(&refused));
    let missing = corsproof(&["report", "no-such-file.ndjson"]).code(2);
    assert!(err(&missing).contains("cannot read no-such-file.ndjson: No such file"), "{}", err(&missing));
}
