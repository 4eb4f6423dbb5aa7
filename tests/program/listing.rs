//! `corsproof list`, `show` and `schema` as a person meets them.

use rstest::rstest;

use crate::command::{corsproof, err, json, out};

#[rstest]
#[case("list")]
#[case("show")]
#[case("schema")]
fn help_tells_how_each_command_is_used(#[case] command: &str) {
    insta::assert_snapshot!(format!("help_{command}"), out(&corsproof(&[command, "--help"]).success()));
}

#[test]
fn list_has_a_line_a_case_and_counts_elsewhere() {
    let listed = corsproof(&["list", "--cases", "tests/shown"]).success();
    assert_eq!(out(&listed).lines().count(), 5);
    assert_eq!(err(&listed), "5 cases\n");
}

#[test]
fn list_takes_the_twins_along() {
    let listed = out(&corsproof(&["list", "--cases", "tests/shown", "shown/cases/preflight"]).success());
    let ids: Vec<_> = listed.lines().filter_map(|line| line.split("  ").next()).collect();
    let expected = [
        "shown/cases/preflight[methods=put]",
        "shown/cases/preflight[methods=GET, POST]",
        "shown/cases/listed",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn list_is_json_for_programs() {
    let listed = json(&out(&corsproof(&["list", "--json"]).success()));
    assert_eq!(listed["schema"], "corsproof/list/1");
    assert_eq!(listed["total"], listed["cases"].as_array().expect("cases").len());
}

#[test]
fn every_identity_that_is_listed_can_be_shown() {
    let listed = json(&out(&corsproof(&["list", "--cases", "tests/shown", "--json"]).success()));
    for case in listed["cases"].as_array().expect("cases") {
        let id = case["id"].as_str().expect("an identity");
        let shown = out(&corsproof(&["show", "--cases", "tests/shown", id]).success());
        assert_eq!(shown.lines().next(), Some(id));
    }
}

#[rstest]
#[case::misspelt(&["show", "--cases", "tests/shown", "shown/cases/lsted"], 4, "did you mean 'shown/cases/listed'?")]
#[case::nothing_like_it(&["show", "--cases", "tests/shown", "zzz"], 4, "'corsproof list' shows what there is")]
#[case::bad_files(&["show", "--cases", "tests/bad-suite", "any"], 2, "9 problems in 3 files")]
#[case::bad_files_are_not_listed(&["list", "--cases", "tests/bad-suite"], 2, "tests/bad-suite/first/one.toml:5:8")]
#[case::no_case(&["show"], 2, "<CASE>")]
fn what_cannot_be_shown_is_told(#[case] arguments: &[&str], #[case] code: i32, #[case] told: &str) {
    let refused = corsproof(arguments).code(code);
    assert!(err(&refused).contains(told), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}
