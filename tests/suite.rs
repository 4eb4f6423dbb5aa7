//! The suite that is embedded in the binary, and suites read from folders.

use std::{collections::HashSet, path::Path};

use corsproof::case::{ExpectedRead, Suite};

#[test]
fn the_embedded_suite_is_good() {
    let suite = Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"));
    assert!(!suite.cases().is_empty());
    let ids: HashSet<_> = suite.cases().iter().map(|case| &case.id).collect();
    assert_eq!(ids.len(), suite.cases().len(), "identities are unique");
    for case in suite.cases() {
        let is_blocked = case.steps.iter().any(|step| step.expect.read == ExpectedRead::Blocked);
        assert!(!is_blocked || !case.twins.is_empty(), "{} is blocked and has no twin", case.id);
    }
}

#[test]
fn the_folder_reads_as_the_embedded_suite_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let read = Suite::read(&folder).unwrap_or_else(|problems| panic!("{problems}"));
    let embedded = Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"));
    let ids = |suite: &Suite| suite.cases().iter().map(|case| case.id.0.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&read), ids(&embedded));
}
