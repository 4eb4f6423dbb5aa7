//! Which cases run on which page, in which order.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    case::{Case, Isolation, Step},
    standard::Origin,
};

/// Splits cases into at most `sessions` shares of about the same size. Cases of one page origin stay together, as
/// far as the sizes allow: a page is opened once for all of them.
pub(super) fn shares(cases: &[Arc<Case>], sessions: usize) -> Vec<Vec<Arc<Case>>> {
    let mut sorted: Vec<Arc<Case>> = cases.to_vec();
    sorted.sort_by(|one, other| page_of(&one.steps[0]).cmp(&page_of(&other.steps[0])));
    let size = sorted.len().div_ceil(sessions.max(1)).max(1);
    sorted.chunks(size).map(<[_]>::to_vec).collect()
}

/// Steps from `next` on that are asked by the same page as the step `next`: they need no navigation between them.
pub(super) fn stay(case: &Case, next: usize) -> Range<usize> {
    let page = page_of(&case.steps[next]);
    let end = case.steps[next..].iter().take_while(|step| page_of(step) == page).count();
    next..next + end
}

/// What makes a page another one: its origin, and what its own response says.
fn page_of(step: &Step) -> (String, &[(String, String)]) {
    (step.page.serialize(), &step.page_headers)
}

/// One visit to a page, and what is asked there: indices into the list that was planned from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// The page's origin.
    pub page: Origin,
    /// Header fields of the page's own response.
    pub headers: Vec<(String, String)>,
    /// Who asks something there.
    pub cases: Vec<usize>,
}

/// The visits that bring each unfinished case on by at least one step: `next` gives a case and its next step. A
/// case that must be alone gets a visit of its own, after the others.
pub(super) fn round<'a>(unfinished: impl Iterator<Item = (usize, &'a Case, usize)>) -> Vec<Visit> {
    let mut shared = BTreeMap::new();
    let mut alone = Vec::new();
    for (index, case, next) in unfinished {
        let step = &case.steps[next];
        let visit =
            || Visit { page: step.page.clone(), headers: step.page_headers.clone(), cases: Vec::new() };
        match case.isolation {
            Isolation::Alone => alone.push(Visit { cases: vec![index], ..visit() }),
            Isolation::Shared | Isolation::Slow => {
                shared.entry(page_of(step)).or_insert_with(visit).cases.push(index);
            }
        }
    }
    shared.into_values().chain(alone).collect()
}
