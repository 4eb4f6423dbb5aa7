//! A recorded check in every report: a policy that is not quite right about what must be found, one that expects
//! nothing, and one without a server.

use std::{collections::BTreeSet, fs};

use quick_junit::{NonSuccessKind, TestCaseStatus, TestSuite};
use rstest::rstest;
use serde_json::Value;

use super::{events_of, formats::check as holds_against, rendering_of};
use crate::command::{corsproof, err, json, out};

/// The recorded check.
pub(super) const CHECK: &str = "tests/recorded/check.ndjson";

fn rendered(format: &str) -> String {
    rendering_of(CHECK, format)
}

#[rstest]
#[case("github")]
#[case("markdown")]
#[case("junit")]
#[case("sarif")]
fn a_recorded_check_in_each_format(#[case] format: &str) {
    insta::assert_snapshot!(format!("check_{format}"), rendered(format));
}

#[test]
fn the_report_for_people_is_the_checks_own() {
    let told = out(&corsproof(&["report", CHECK]).success());
    insta::assert_snapshot!("check_terminal", told);
}

/// A finding of the recorded check.
struct Found {
    file: String,
    kind: String,
    severity: String,
    expectation: String,
}

/// What the recorded check found.
fn found() -> Vec<Found> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let checked = events_of(CHECK).into_iter().filter(|event| event["event"] == "checked");
    checked
        .flat_map(|event| {
            let findings = event["findings"].as_array().expect("findings").clone();
            findings.into_iter().map(move |finding| Found {
                file: text(&event["file"]),
                kind: text(&finding["finding"]),
                severity: text(&finding["severity"]),
                expectation: text(&finding["expectation"]),
            })
        })
        .collect()
}

#[test]
fn the_recorded_check_has_every_kind_of_expectation() {
    let all: BTreeSet<String> = found().into_iter().map(|found| found.expectation).collect();
    assert_eq!(all, ["expected", "tolerated", "unexpected"].map(str::to_owned).into());
}

#[test]
fn json_is_as_its_published_schema_says() {
    let schema = json(&out(&corsproof(&["schema", "run"]).success()));
    let mut report = json(&rendered("json"));
    holds_against(&schema, &report);
    let checks = report["checks"].as_array().expect("checks");
    assert_eq!(checks.len(), 3);
    assert_eq!(checks[0]["checklist"].as_array().expect("a checklist").len(), 10);
    assert!(checks[2]["no_server"].as_str().expect("why").contains("no module named shop"));
    report["checks"][0]["findings"][0]["severity"] = "harmless".into();
    assert!(!jsonschema::is_valid(&schema, &report), "the schema takes anything");
}

#[test]
fn events_are_as_their_published_schema_says_and_survive_being_read() {
    let schema = json(&out(&corsproof(&["schema", "events"]).success()));
    let again: Vec<Value> = rendered("ndjson").lines().map(json).collect();
    again.iter().for_each(|event| holds_against(&schema, event));
    let checked = |events: &[Value]| -> Vec<Value> {
        events.iter().filter(|event| event["event"] == "checked").cloned().collect()
    };
    assert_eq!(checked(&events_of(CHECK)), checked(&again));
    assert_eq!(again.last().expect("an end")["event"], "finished");
}

#[test]
fn sarif_stands_on_the_lines_of_the_policies_and_suppresses_what_is_expected() {
    let text = rendered("sarif");
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).expect("SARIF 2.1.0");
    assert_eq!(serde_json::to_value(&log).expect("JSON"), json(&text));
    let run = &json(&text)["runs"][0];
    let results = run["results"].as_array().expect("results");
    // Each finding, and what is expected and not found.
    assert_eq!(results.len(), found().len() + 1);
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a file");
        let text = fs::read_to_string(file).expect("the file is there, from the repository's root");
        let number = |name: &str| place["region"][name].as_u64().expect("a line") as usize;
        let rule = result["ruleId"].as_str().expect("a rule");
        let first = text.lines().nth(number("startLine") - 1);
        let Some(Found { severity, expectation, .. }) =
            found().into_iter().find(|found| file.ends_with(&found.file) && found.kind == rule)
        else {
            assert_eq!((rule, first), ("expected-and-not-found", Some("[[expect]]")));
            continue;
        };
        assert_eq!(first, Some("[[policy]]"), "{file}");
        let last = text.lines().nth(number("endLine") - 1).expect("a line");
        assert!(!last.trim().is_empty() && number("endLine") > number("startLine"), "{last}");
        assert_eq!(result.get("suppressions").is_some(), expectation == "expected", "{result:#}");
        let level = match (severity.as_str(), expectation.as_str()) {
            ("advice", "unexpected") => "warning",
            ("advice", _) => "note",
            _ => "error",
        };
        assert_eq!(result["level"], level, "{result:#}");
    }
    let fingerprints: BTreeSet<String> =
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!(fingerprints.len(), results.len());
    assert!(run["invocations"][0]["toolExecutionNotifications"].to_string().contains("no module named shop"));
}

#[test]
fn annotations_stand_on_what_they_are_about_and_leave_out_what_is_expected() {
    let text = rendered("github");
    for line in text.lines() {
        let property = |name: &str| {
            let (_, rest) = line.split_once(&format!("{name}=")).expect("a property");
            rest.split([',', ':']).next().expect("a value").to_owned()
        };
        let file = fs::read_to_string(property("file")).expect("the file is there");
        let number: usize = property("line").parse().expect("a number");
        let on = file.lines().nth(number - 1).expect("a line");
        assert!(["[[policy]]", "[[expect]]"].contains(&on) || number == 1, "{line}: {on}");
    }
    for Found { file, kind, expectation, .. } in found() {
        let level = match expectation.as_str() {
            "unexpected" => "::error ",
            "tolerated" => "::notice ",
            _ => "none",
        };
        let told =
            |line: &&str| line.contains(&format!("/{file},")) && line.contains(&format!(" {kind} of "));
        let lines: Vec<&str> = text.lines().filter(told).collect();
        assert_eq!(lines.len(), usize::from(expectation != "expected"), "{kind} in {text}");
        assert!(lines.iter().all(|line| line.starts_with(level)), "{lines:?}");
    }
    assert!(!text.contains("title=differs"), "what cases show is told by the findings: {text}");
}

fn suites() -> Vec<TestSuite> {
    let report = quick_junit::Report::deserialize_from_str(&rendered("junit")).expect("JUnit XML");
    report.test_suites
}

#[test]
fn junit_has_a_suite_a_file_and_a_test_a_point() {
    let suites = suites();
    let names: Vec<&str> = suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(names, ["orders", "goods", "gone"].map(|name| format!("tests/recorded/shop/{name}.toml")));
    let kind = |suite: usize, name: &str| {
        let case = suites[suite].test_cases.iter().find(|case| case.name.as_str() == name);
        match &case.unwrap_or_else(|| panic!("no test {name}")).status {
            TestCaseStatus::Success { .. } => "success",
            TestCaseStatus::Skipped { .. } => "skipped",
            TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
            TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
        }
    };
    // Expected, not expected, missing; broken, advice that fails nothing; not there.
    assert_eq!(kind(0, "reflection"), "skipped");
    assert_eq!(kind(0, "vary"), "failure");
    assert_eq!(kind(0, "expects max-age-missing"), "failure");
    assert_eq!(kind(1, "consistency"), "failure");
    assert_eq!(kind(1, "max-age"), "success");
    assert_eq!(kind(1, "credentials"), "skipped");
    assert_eq!(kind(2, "server"), "error");
    for suite in &suites {
        assert_eq!(suite.tests, suite.test_cases.len());
    }
}

#[rstest]
#[case::for_people("json=-", "standard output is for people; write json=PATH")]
#[case::of_suites("wptreport=w.json", "a check of a server has no place there")]
#[case::twice("html=a", "two reports cannot both be a")]
fn reports_that_a_check_has_not_are_refused(#[case] report: &str, #[case] why: &str) {
    let twice = if report == "html=a" { &["--report", "json=a"][..] } else { &[] };
    let arguments = ["check", "tests/recorded/shop/gone.toml", "--report", report];
    let refused = corsproof(&[&arguments[..], twice].concat()).code(2);
    assert!(err(&refused).contains(why), "{}", err(&refused));
}
