//! What the suite covers, and the command that tells.

use std::fs;

use rstest::{fixture, rstest};
use serde_json::Value;
use tempfile::TempDir;

use crate::command::{corsproof, err, json, out};

/// What it says of the suite.
#[fixture]
#[once]
fn coverage() -> Value {
    json(&out(&corsproof(&["coverage", "--json"]).success()))
}

/// The requirements of all sections.
fn requirements(coverage: &Value) -> impl Iterator<Item = &Value> {
    let sections = coverage["sections"].as_array().expect("sections");
    sections.iter().flat_map(|section| section["requirements"].as_array().expect("requirements"))
}

#[rstest]
fn every_requirement_is_covered_or_explained(coverage: &Value) {
    let missing: Vec<&Value> =
        requirements(coverage).filter(|one| one["state"] == "missing").map(|one| &one["id"]).collect();
    assert!(missing.is_empty(), "no case covers these, and nothing is said about them: {missing:?}");
}

#[rstest]
fn every_covered_requirement_is_shown_by_some_engine(coverage: &Value) {
    for requirement in requirements(coverage).filter(|one| one["state"] == "covered") {
        let engines = requirement["engines"].as_object().expect("engines");
        let shown = engines.values().any(|cases| cases.as_u64().is_some_and(|cases| cases > 0));
        let id = &requirement["id"];
        assert!(shown, "{id} is shown by no engine: all lack what its cases need, or differ");
    }
}

const HEAD: &str = r#"
title = "Coverage"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[defaults]
page = "https://app.example.com"
request = { url = "https://api.example.com/data" }
response = "200\nAccess-Control-Allow-Origin: *\n"
expect = { read = "allowed", sent = ["GET"] }
"#;

const CASES: &str = r#"
[[case]]
name = "read"
covers = ["R107"]
seed = "a server may allow everyone"
matrix.via = ["fetch", "xhr"]
request = { via = "{via}" }

[[case]]
name = "kept"
covers = ["R107", "R118"]
seed = "a server may allow everyone"
needs = ["http-cache"]

[[case]]
name = "otherwise"
covers = ["R116"]
seed = "the status is free"
known.firefox = { read = "opaque", note = "made up", link = "https://example.com/", since = "1" }
"#;

/// A folder with these cases.
fn folder(cases: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("area")).expect("a folder");
    fs::write(folder.path().join("area/file.toml"), HEAD.to_owned() + cases).expect("a file");
    folder
}

/// What the command says of these cases.
fn of(cases: &str, arguments: &[&str]) -> String {
    let folder = folder(cases);
    let path = folder.path().display().to_string();
    out(&corsproof(&[&["coverage", "--cases", &path], arguments].concat()).success())
}

#[test]
fn a_table_for_people() {
    let table = of(CASES, &[]);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let parts: Vec<&str> = table.trim_end().split("\n\n").collect();
    let section = parts.iter().find(|part| part.starts_with("the CORS check")).expect("the section");
    let totals: Vec<&str> = parts.last().expect("the totals").lines().collect();
    let of_section = totals.iter().find(|line| line.starts_with("the CORS check")).expect("its totals");
    insta::assert_snapshot!(format!("{section}\n\n{}\n{of_section}", totals[0]));
    assert!(totals.last().is_some_and(|line| line.starts_with("all, by 4 cases")), "{table}");
}

#[test]
fn statements_and_their_cases() {
    insta::assert_snapshot!(of(CASES, &["--seed"]));
}

#[test]
fn json_for_programs() {
    let json = json(&of(CASES, &["--json"]));
    assert_eq!(json["schema"], "corsproof/coverage/1");
    assert_eq!(json["cases"], 4);
    assert_eq!(json["totals"]["covered"], 3);
    let wildcard = requirements(&json).find(|requirement| requirement["id"] == "R107").expect("R107");
    assert_eq!(wildcard["state"], "covered");
    assert_eq!(wildcard["cases"].as_array().map(Vec::len), Some(3));
    assert_eq!(wildcard["engines"], serde_json::json!({ "chromium": 3, "firefox": 3, "webkit": 2 }));
    assert_eq!(json["statements"][0]["cases"].as_array().map(Vec::len), Some(3));
}

#[rstest]
#[case::good(CASES, &[], 0, "")]
#[case::not_all(CASES, &["--require-all"], 1, "are covered by no case; write cases")]
#[case::no_such_requirement("[[case]]\nname = \"one\"\ncovers = [\"R999\"]\n", &[], 1, "`covers` cannot be \"R999\"")]
#[case::bad_otherwise("[[case]]\nname = \"one\"\ncovers = [\"R999\"]\nspce = 1\n", &[], 2, "spce")]
#[case::two_ways_at_once(CASES, &["--seed", "--json"], 2, "cannot be used with")]
fn exit_codes(#[case] cases: &str, #[case] arguments: &[&str], #[case] code: i32, #[case] says: &str) {
    let folder = folder(cases);
    let path = folder.path().display().to_string();
    let ended = corsproof(&[&["coverage", "--cases", &path], arguments].concat()).code(code);
    assert!(err(&ended).contains(says), "{}", err(&ended));
}
