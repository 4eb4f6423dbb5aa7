//! Checks of different engines as one, and what changed between two.

use serde_json::{Value, json as value};

use super::{check::CHECK, events_of, folder, formats::check as holds_against, rendering_of, written};
use crate::command::{corsproof, err, json, out};

/// The events of one engine: its part of each check as well.
fn of_engine(engine: &str) -> Vec<Value> {
    let mut events: Vec<Value> = events_of(CHECK)
        .into_iter()
        .filter(|event| event.get("engine").is_none_or(|of| of == engine))
        .collect();
    events[0]["engines"] = value!([engine]);
    for event in events.iter_mut().filter(|event| event["event"] == "checked" && event["cases"] != 0) {
        event["engines"] = value!([engine]);
        for finding in event["findings"].as_array_mut().expect("findings") {
            finding["engines"] = value!([engine]);
        }
    }
    events
}

#[test]
fn a_check_an_engine_is_one_check() {
    let folder = folder();
    let files = ["chromium", "firefox", "webkit"]
        .map(|engine| written(&folder, engine, &of_engine(engine)).display().to_string());
    let merged = corsproof(&["report", &files[0], &files[1], &files[2], "--to", "json=-"]).success();
    assert_eq!(json(&out(&merged))["checks"], json(&rendering_of(CHECK, "json"))["checks"]);
    assert_eq!(err(&merged), "");
}

#[test]
fn what_one_check_found_and_another_did_not_counts_and_is_told() {
    let folder = folder();
    let mut events = events_of(CHECK);
    for event in events.iter_mut().filter(|event| event["file"] == "shop/goods.toml") {
        if let Some(findings) = event["findings"].as_array_mut() {
            findings.retain(|finding| finding["finding"] != "errors-unreadable");
        }
        if event["event"] == "checked" {
            event["checklist"][9]["standing"] = "pass".into();
        }
    }
    let other = written(&folder, "other.ndjson", &events).display().to_string();
    let merged = corsproof(&["report", &other, CHECK, "--to", "json=-"]).success();
    let told = format!(
        "conflict: shop/goods.toml: errors-unreadable of /goods in {CHECK} and not in {other}; it counts"
    );
    assert!(err(&merged).contains(&told), "{}", err(&merged));
    assert_eq!(json(&out(&merged))["checks"], json(&rendering_of(CHECK, "json"))["checks"]);
}

#[test]
fn findings_that_are_new_and_gone_are_a_change() {
    let folder = folder();
    let mut events = events_of(CHECK);
    let checked = |event: &&mut Value| event["event"] == "checked" && event["file"] == "shop/goods.toml";
    let goods = events.iter_mut().find(checked).expect("a check");
    let findings = goods["findings"].as_array_mut().expect("findings");
    // In one engine alone the errors can be read; Max-Age is there.
    findings.retain(|finding| finding["finding"] != "max-age-missing");
    for finding in findings {
        if finding["finding"] == "errors-unreadable" {
            finding["engines"] = value!(["chromium", "firefox"]);
        }
    }
    let before = written(&folder, "before.ndjson", &events).display().to_string();
    let diff = corsproof(&["diff", &before, CHECK]).code(1);
    insta::assert_snapshot!("check_diff", out(&diff));
    let again = corsproof(&["diff", CHECK, &before]).code(1);
    assert!(out(&again).contains("gone finding (2)"), "{}", out(&again));
    corsproof(&["diff", CHECK, CHECK]).success();

    let schema = json(&out(&corsproof(&["schema", "diff"]).success()));
    let report = json(&out(&corsproof(&["diff", &before, CHECK, "--json"]).code(1)));
    holds_against(&schema, &report);
    let new: Vec<String> =
        report["findings"].as_array().expect("findings").iter().map(|f| f["finding"].to_string()).collect();
    assert_eq!(new, ["\"errors-unreadable\"", "\"max-age-missing\""]);
}

#[test]
fn a_run_and_a_check_can_be_told_together() {
    let people = out(&corsproof(&["report", super::RECORDED, CHECK]).success());
    let checklist = people.find("shop/goods.toml  https://goods.shop.example").expect("the check");
    let difference = people.find("slice/every-verdict/expected-wrongly").expect("the run");
    assert!(difference < checklist, "{people}");
    let junit = out(&corsproof(&["report", super::RECORDED, CHECK, "--to", "junit=-"]).success());
    let report = quick_junit::Report::deserialize_from_str(&junit).expect("JUnit XML");
    let suites: Vec<(&str, usize)> =
        report.test_suites.iter().map(|suite| (suite.name.as_str(), suite.tests)).collect();
    let files = ["orders", "goods", "gone"].map(|name| format!("tests/recorded/shop/{name}.toml"));
    let expected =
        [("chromium", 7), ("firefox", 7), ("webkit", 7), (&files[0], 11), (&files[1], 10), (&files[2], 1)];
    assert_eq!(suites, expected);
}
