//! A report that cannot be written is told, and what was found is not lost.

use std::fs;

use rstest::rstest;

use super::{RECORDED, folder};
use crate::command::{corsproof, err, out};

#[rstest]
#[case::json("json")]
#[case::junit("junit")]
#[case::ndjson("ndjson")]
#[case::sarif("sarif")]
#[case::markdown("markdown")]
#[case::github("github")]
#[case::html("html")]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_the_other_reports_are_written(#[case] format: &str) {
    let folder = folder();
    let other = folder.path().join("other.json");
    let failed = corsproof(&[
        "report",
        RECORDED,
        "--to",
        &format!("{format}=/dev/full"),
        "--to",
        &format!("json={}", other.display()),
    ])
    .code(3);
    assert!(err(&failed).contains("cannot write /dev/full: No space left on device"), "{}", err(&failed));
    assert!(fs::read_to_string(other).expect("the other report").contains("\"totals\""));
}

#[rstest]
#[case("json")]
#[case("ndjson")]
#[case("wptreport")]
fn a_folder_that_is_not_there_is_told_with_what_to_do(#[case] format: &str) {
    let failed = corsproof(&["report", RECORDED, "--to", &format!("{format}=/no/such/folder/x")]).code(3);
    let told = err(&failed);
    assert!(
        told.contains("cannot write /no/such/folder/x: ") && told.contains("create its folder first"),
        "{told}"
    );
}

#[test]
fn two_reports_cannot_share_a_file() {
    let refused = corsproof(&["report", RECORDED, "--to", "json=-", "--to", "junit=-"]).code(2);
    assert!(err(&refused).contains("two reports cannot both be -"), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}

#[test]
fn a_run_leaves_standard_output_to_people() {
    let refused = corsproof(&["run", "--report", "json=-"]).code(2);
    assert!(err(&refused).contains("standard output is for people; write json=PATH"), "{}", err(&refused));
}
