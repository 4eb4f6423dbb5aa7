//! What the suite shows: every way of asking and every reason. The list of requirements says of none that it cannot be
//! shown, where a case shows it.

use std::collections::HashSet;

use fetch_model::Reason;

use crate::{
    case::{Reach, Step, Via},
    casefile::Suite,
    coverage::{Coverage, CoverageState},
};

/// What no case can expect: virtual origins have no address space, so the model has no step that gives it.
const REASONS_OF_REAL_SERVERS: [Reason; 1] = [Reason::LocalNetworkAccess];

/// What something about a step is, in any case of the suite.
fn in_some_case<T: Eq + std::hash::Hash>(of_step: impl Fn(&Step) -> T) -> HashSet<T> {
    let suite = Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"));
    suite.cases().iter().flat_map(|case| case.steps.iter().map(&of_step)).collect()
}

#[test]
fn every_way_of_asking_is_that_of_a_case() {
    let asked = in_some_case(|step| step.request.via);
    let missing: Vec<&str> =
        Via::ALL.iter().filter(|via| !asked.contains(via)).map(|via| via.word()).collect();
    assert!(missing.is_empty(), "no case under cases/ asks by these: {missing:?}");
}

#[test]
fn every_reason_is_expected_by_a_case() {
    let expected = in_some_case(|step| step.expect.reason);
    let missing: Vec<&str> = Reason::ALL
        .iter()
        .filter(|reason| expected.contains(&Some(**reason)) == REASONS_OF_REAL_SERVERS.contains(reason))
        .map(|reason| reason.word())
        .collect();
    assert!(
        missing.is_empty(),
        "no case under cases/ expects these, or one does although none could: {missing:?}"
    );
}

#[test]
fn what_is_covered_is_not_explained_away() {
    let coverage = Coverage::of(Suite::embedded().unwrap_or_else(|problems| panic!("{problems}")).cases());
    let both: Vec<&str> = coverage
        .that_are(CoverageState::Covered)
        .map(|requirement| requirement.id)
        .filter(|id| {
            crate::casefile::requirement(id).is_some_and(|requirement| requirement.reach != Reach::Now)
        })
        .collect();
    assert!(both.is_empty(), "cases cover these: take them out of requirements.toml's lists: {both:?}");
}
