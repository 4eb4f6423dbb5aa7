//! The list of requirements says of none that it cannot be shown, where a case shows it.

use crate::{
    case::Reach,
    casefile::Suite,
    coverage::{Coverage, CoverageState},
};

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
