//! Which cases run on which page, in which order.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    case::{Case, Isolation},
    standard::Origin,
};

/// Splits cases into at most `sessions` shares of about the same size. Cases of one page origin stay together, as
/// far as the sizes allow: a page is opened once for all of them.
pub(super) fn shares(cases: &[Arc<Case>], sessions: usize) -> Vec<Vec<Arc<Case>>> {
    let mut sorted: Vec<Arc<Case>> = cases.to_vec();
    sorted.sort_by_key(|case| case.steps[0].page.serialize());
    let size = sorted.len().div_ceil(sessions.max(1)).max(1);
    sorted.chunks(size).map(<[_]>::to_vec).collect()
}

/// Steps from `next` on that are asked by the same page as the step `next`: they need no navigation between them.
pub(super) fn stay(case: &Case, next: usize) -> Range<usize> {
    let page = &case.steps[next].page;
    let end = case.steps[next..].iter().take_while(|step| step.page == *page).count();
    next..next + end
}

/// One visit to a page, and what is asked there: indices into the list that was planned from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// The page's origin.
    pub page: Origin,
    /// Who asks something there.
    pub cases: Vec<usize>,
}

/// The visits that bring each unfinished case on by at least one step: `next` gives a case and its next step. A
/// case that must be alone gets a visit of its own, after the others.
pub(super) fn round<'a>(unfinished: impl Iterator<Item = (usize, &'a Case, usize)>) -> Vec<Visit> {
    let mut shared: BTreeMap<String, Visit> = BTreeMap::new();
    let mut alone = Vec::new();
    for (index, case, next) in unfinished {
        let page = case.steps[next].page.clone();
        match case.isolation {
            Isolation::Alone => alone.push(Visit { page, cases: vec![index] }),
            Isolation::Shared | Isolation::Slow => shared
                .entry(page.serialize())
                .or_insert_with(|| Visit { page, cases: Vec::new() })
                .cases
                .push(index),
        }
    }
    shared.into_values().chain(alone).collect()
}
