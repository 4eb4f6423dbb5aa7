//! What the suite covers, and the command that tells.

use std::{fs, path::Path};

use assert_cmd::Command;
use corsproof::{
    case::Reach,
    casefile::Suite,
    coverage::{Coverage, State, statements},
    report::{self, Ink},
};
use rstest::rstest;

fn embedded() -> Coverage {
    Coverage::of(Suite::embedded().unwrap_or_else(|problems| panic!("{problems}")).cases())
}

#[test]
fn every_requirement_is_covered_or_explained() {
    let coverage = embedded();
    let missing: Vec<&str> = coverage.that_are(State::Missing).map(|requirement| requirement.id).collect();
    assert!(missing.is_empty(), "no case covers these, and nothing is said about them: {missing:?}");
}

#[test]
fn what_is_covered_is_not_explained_away() {
    let coverage = embedded();
    let both: Vec<&str> = coverage
        .that_are(State::Covered)
        .map(|requirement| requirement.id)
        .filter(|id| {
            corsproof::casefile::requirement(id).is_some_and(|requirement| requirement.reach != Reach::Now)
        })
        .collect();
    assert!(both.is_empty(), "cases cover these: take them out of requirements.toml's lists: {both:?}");
}

#[test]
fn every_covered_requirement_is_shown_by_some_engine() {
    for requirement in embedded().that_are(State::Covered) {
        let shown = requirement.engines.values().any(|cases| *cases > 0);
        assert!(shown, "{} is shown by no engine: all lack what its cases need, or differ", requirement.id);
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
fn folder(cases: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("area")).expect("a folder");
    fs::write(folder.path().join("area/file.toml"), HEAD.to_owned() + cases).expect("a file");
    folder
}

fn suite(folder: &Path) -> Suite {
    Suite::read(folder).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_table_for_people() {
    let folder = folder(CASES);
    let coverage = Coverage::of(suite(folder.path()).cases());
    let table = report::coverage::table(&coverage, Ink::Plain, 80);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let parts: Vec<&str> = table.split("\n\n").collect();
    let section = parts.iter().find(|part| part.starts_with("the CORS check")).expect("the section");
    let totals: Vec<&str> = parts.last().expect("the totals").lines().collect();
    let of_section = totals.iter().find(|line| line.starts_with("the CORS check")).expect("its totals");
    insta::assert_snapshot!(format!("{section}\n\n{}\n{of_section}", totals[0]));
    assert!(totals.last().is_some_and(|line| line.starts_with("all, by 4 cases")), "{table}");
}

#[test]
fn statements_and_their_cases() {
    let folder = folder(CASES);
    let statements = statements(suite(folder.path()).cases());
    insta::assert_snapshot!(report::coverage::seeds(&statements, Ink::Plain, 80));
}

#[test]
fn json_for_programs() {
    let folder = folder(CASES);
    let suite = suite(folder.path());
    let json = report::coverage::json(&Coverage::of(suite.cases()), &statements(suite.cases()));
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["schema"], "corsproof/coverage/1");
    assert_eq!(json["cases"], 4);
    assert_eq!(json["totals"]["covered"], 3);
    let all = json["sections"].as_array().into_iter().flatten();
    let wildcard = all
        .flat_map(|section| section["requirements"].as_array().into_iter().flatten())
        .find(|requirement| requirement["id"] == "R107")
        .expect("R107");
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
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    command.env("COLUMNS", "80").arg("coverage").arg("--cases").arg(folder.path()).args(arguments);
    let assert = command.assert().code(code);
    let error = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(error.contains(says), "{error}");
}
