//! Each format is what it says it is.

use std::{collections::BTreeSet, fs};

use quick_junit::{NonSuccessKind, TestCaseStatus};
use rstest::rstest;
use serde_json::Value;

use super::{RECORDED, folder, recorded, rendered, rendering_of, written};
use crate::{
    command::{command, corsproof, err, json, out},
    of_readme::read,
};

/// All formats, as the program names them where it is given another.
fn formats() -> BTreeSet<String> {
    let told = err(&corsproof(&["report", RECORDED, "--to", "nonsense=-"]).code(2));
    let list = told.split("formats are ").nth(1).and_then(|rest| rest.split("\n\n").next());
    list.expect("a list").split(',').map(|format| format.trim().to_owned()).collect()
}

#[test]
fn every_format_is_tested() {
    // Below, but for `html`: that is tested in browsers.
    let tested = ["github", "html", "json", "junit", "markdown", "ndjson", "sarif", "trace", "wptreport"];
    assert_eq!(formats(), tested.map(str::to_owned).into());
}

#[test]
fn every_format_is_told_where_people_look() {
    let help = out(&corsproof(&["run", "--help"]).success());
    let in_help: BTreeSet<&str> = help.split(|char: char| !char.is_alphanumeric()).collect();
    let readme = read("README.md");
    for format in formats() {
        assert!(in_help.contains(format.as_str()), "the help of `run --report` lacks {format}");
        assert!(readme.contains(&format!("`{format}`")), "the README lacks {format}");
    }
}

#[rstest]
#[case("github")]
#[case("markdown")]
#[case("junit")]
#[case("sarif")]
fn a_recorded_run_in_each_format(#[case] format: &str) {
    insta::assert_snapshot!(format!("format_{format}"), rendered(format));
}

#[test]
fn the_report_for_people_is_as_the_run_would_have_printed_it() {
    let text = out(&corsproof(&["report", RECORDED]).success());
    insta::assert_snapshot!("format_terminal", text);
}

pub(super) fn check(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    if let Err(error) = validator.validate(value) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn json_is_as_its_published_schema_says() {
    let schema = json(&out(&corsproof(&["schema", "run"]).success()));
    let report = json(&rendered("json"));
    check(&schema, &report);
    let verdicts: Vec<&str> =
        report["results"].as_array().expect("results").iter().filter_map(|r| r["verdict"].as_str()).collect();
    for verdict in ["agrees", "differs", "known", "not-applicable", "failed"] {
        assert!(verdicts.contains(&verdict), "the recorded run has no result that is {verdict}");
    }
    let mut broken = report;
    broken["results"][0]["verdict"] = "nonsense".into();
    assert!(!jsonschema::is_valid(&schema, &broken), "the schema takes anything");
}

#[test]
fn a_trace_has_what_sessions_did_and_nothing_where_nothing_was_recorded() {
    assert_eq!(events_of_trace(&rendered("trace")).len(), 3, "a name for each engine alone");
    let folder = folder();
    let mut events = recorded();
    let spent = r#"{ "event": "spent", "engine": "firefox", "session": 1, "activity": "navigation", "began_ms": 2.5,
        "duration_ms": 40, "page": { "origin": "https://app.example.com", "cases": 7 } }"#;
    events.insert(1, json(spent));
    let path = written(&folder, "timed.ndjson", &events);
    let trace = rendering_of(path.to_str().expect("a path"), "trace");
    let bars: Vec<Value> = events_of_trace(&trace).into_iter().filter(|event| event["ph"] == "X").collect();
    let [bar] = &bars[..] else { panic!("{bars:?}") };
    assert_eq!(
        (&bar["name"], &bar["ts"], &bar["dur"]),
        (&"navigation".into(), &2_500.into(), &40_000.into())
    );
    assert_eq!((&bar["args"]["page"], &bar["args"]["cases"]), (&"https://app.example.com".into(), &7.into()));
}

fn events_of_trace(trace: &str) -> Vec<Value> {
    json(trace)["traceEvents"].as_array().expect("events").clone()
}

#[test]
fn events_are_as_their_published_schema_says_and_survive_being_read() {
    let schema = json(&out(&corsproof(&["schema", "events"]).success()));
    let again = rendered("ndjson");
    for line in again.lines() {
        check(&schema, &json(line));
    }
    let results = |events: &[Value]| {
        let mut results: Vec<String> =
            events.iter().filter(|event| event["event"] == "result").map(Value::to_string).collect();
        results.sort();
        results
    };
    assert_eq!(results(&recorded()), results(&again.lines().map(json).collect::<Vec<_>>()));
}

#[test]
fn sarif_has_the_types_of_sarif_and_nothing_else() {
    let text = rendered("sarif");
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).expect("SARIF 2.1.0");
    // What the types do not know would be gone.
    assert_eq!(serde_json::to_value(&log).expect("JSON"), json(&text));
    let run = &json(&text)["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "tests/recorded/slice/every-verdict.toml");
        assert_eq!(result.get("suppressions").is_some(), result["level"] == "note");
    }
    let fingerprints: std::collections::HashSet<String> =
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!(fingerprints.len(), results.len());
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

/// There are many schemas of JUnit XML and none is the standard; what follows all of them have in common.
#[test]
fn junit_adds_up_and_tells_the_kinds_apart() {
    let report = quick_junit::Report::deserialize_from_str(&rendered("junit")).expect("JUnit XML");
    assert_eq!(report.test_suites.len(), 3);
    for suite in &report.test_suites {
        assert_eq!(suite.tests, suite.test_cases.len());
        assert!(suite.properties.iter().any(|property| property.name.as_str() == "version"));
        let kinds: Vec<&str> = suite.test_cases.iter().map(|case| kind(&case.status)).collect();
        let count = |wanted: &str| kinds.iter().filter(|kind| **kind == wanted).count();
        assert_eq!(
            (suite.failures, suite.errors),
            (count("failure"), count("error")),
            "{}",
            suite.name.as_str()
        );
        for case in &suite.test_cases {
            let prefix = format!("{}.slice/every-verdict", suite.name.as_str());
            assert_eq!(case.classname.as_ref().map(|name| name.as_str()), Some(prefix.as_str()));
            let TestCaseStatus::Skipped { message, .. } = &case.status else { continue };
            let message = message.as_ref().map(|text| text.as_str()).unwrap_or_default();
            assert!(message.starts_with("known: ") || message.starts_with("not applicable: "), "{message}");
        }
    }
}

fn kind(status: &TestCaseStatus) -> &'static str {
    match status {
        TestCaseStatus::Success { .. } => "success",
        TestCaseStatus::Skipped { .. } => "skipped",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
    }
}

#[test]
fn wptreport_is_a_file_an_engine_as_their_runner_writes_it() {
    let folder = folder();
    let path = folder.path().join("wptreport.json");
    corsproof(&["report", RECORDED, "--to", &format!("wptreport={}", path.display())]).success();
    let schema = json(include_str!("../../schemas/wptreport.schema.json"));
    let report = |engine: &str| {
        let file = folder.path().join(format!("wptreport.{engine}.json"));
        json(&fs::read_to_string(file).expect("a file an engine"))
    };
    for engine in ["chromium", "firefox", "webkit"] {
        check(&schema, &report(engine));
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3, "nothing else is left there");
    let webkit = report("webkit");
    let subtests = webkit["results"][0]["subtests"].as_array().expect("subtests");
    let subtest = |name: &str| {
        let found = subtests.iter().find(|subtest| subtest["name"] == name);
        let found = found.unwrap_or_else(|| panic!("no subtest {name}"));
        (found["status"].as_str().unwrap_or("-").to_owned(), found["expected"].as_str().map(str::to_owned))
    };
    assert_eq!(subtest("granted[verb=GET]"), ("PASS".to_owned(), None));
    assert_eq!(subtest("known"), ("FAIL".to_owned(), None));
    assert_eq!(subtest("expected-wrongly"), ("FAIL".to_owned(), Some("PASS".to_owned())));
    assert_eq!(subtest("needs-a-cache"), ("PRECONDITION_FAILED".to_owned(), None));
    assert_eq!(subtest("never-answered"), ("NOTRUN".to_owned(), Some("PASS".to_owned())));
}

#[test]
fn annotations_stand_on_a_line_of_a_file_that_is_there() {
    for line in rendered("github").lines() {
        let (command, message) =
            line.split_once("::").and_then(|(_, rest)| rest.split_once("::")).expect("a command");
        let (level, properties) = command.split_once(' ').expect("properties");
        assert!(["error", "warning"].contains(&level), "{line}");
        let property = |name: &str| {
            properties
                .split(',')
                .find_map(|pair| pair.strip_prefix(&format!("{name}=")))
                .expect("a property")
                .to_owned()
        };
        let text =
            fs::read_to_string(property("file")).expect("the file is there, from the repository's root");
        let number: usize = property("line").parse().expect("a number");
        assert_eq!(text.lines().nth(number - 1), Some("[[case]]"));
        assert!(!message.is_empty() && !property("title").is_empty());
    }
}

#[test]
fn a_step_summary_keeps_what_was_in_it() {
    let folder = folder();
    let path = folder.path().join("summary.md");
    fs::write(&path, "from an earlier command\n").expect("a file");
    command()
        .env("GITHUB_STEP_SUMMARY", &path)
        .args(["report", RECORDED, "--to", &format!("markdown={}", path.display())])
        .assert()
        .success();
    let text = fs::read_to_string(&path).expect("the summary");
    assert!(text.starts_with("from an earlier command\n## "), "{text}");
}

/// The recorded run, in which a case of Firefox's agreed only when it was tried again.
#[test]
fn a_case_whose_verdict_changed_when_it_was_tried_again_is_told_in_every_report() {
    let folder = folder();
    let mut events = recorded();
    for event in &mut events {
        if event["case"] == "slice/every-verdict/granted[verb=GET]" && event["engine"] == "firefox" {
            event["earlier"] = serde_json::json!([{ "verdict": "failed", "why": "the browser was lost" }]);
        }
    }
    let flaky = written(&folder, "flaky.ndjson", &events).display().to_string();
    let to = |format: &str| out(&corsproof(&["report", &flaky, "--to", &format!("{format}=-")]).success());
    let people = out(&corsproof(&["report", &flaky]).success());
    let told = "\nflaky\n  slice/every-verdict/granted[verb=GET]: agrees at last, failed before\n";
    assert!(people.contains(told), "{people}");
    let annotation = "::warning file=tests/recorded/slice/every-verdict.toml,line=20,title=is flaky in firefox::\
                      agrees at last, failed before (firefox ";
    assert!(to("github").contains(annotation), "{}", to("github"));
    assert!(to("markdown").contains("<summary>Flaky: 1</summary>"), "{}", to("markdown"));
    assert!(
        to("junit").contains(r#"<flakyError message="the browser was lost" type="failed""#),
        "{}",
        to("junit")
    );
    assert_eq!(json(&to("json"))["results"].to_string().matches(r#""flaky":true"#).count(), 1);
    let wptreport = folder.path().join("w.json");
    corsproof(&["report", &flaky, "--to", &format!("wptreport={}", wptreport.display())]).success();
    let firefox = fs::read_to_string(folder.path().join("w.firefox.json")).expect("a report");
    check(&json(include_str!("../../schemas/wptreport.schema.json")), &json(&firefox));
    assert!(json(&firefox).to_string().contains(r#""known_intermittent":["NOTRUN"]"#), "{firefox}");
}
