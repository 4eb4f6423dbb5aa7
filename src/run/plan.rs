//! Which cases run on which page, in which order.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range, sync::Arc};

use fetch_model::Origin;

use crate::case::{Case, Isolation, Step};

/// Splits cases into at most `sessions` shares of about the same size. Cases of one page origin stay together, as
/// far as the sizes allow: a page is opened once for all of them.
pub(super) fn shares(cases: &[Arc<Case>], sessions: usize) -> Vec<Vec<Arc<Case>>> {
    let mut sorted: Vec<Arc<Case>> = cases.to_vec();
    sorted.sort_by(|one, other| page_of(&one.steps[0]).cmp(&page_of(&other.steps[0])));
    let size = sorted.len().div_ceil(sessions.max(1)).max(1);
    sorted.chunks(size).map(<[_]>::to_vec).collect()
}

/// How many cookies a browser is given at most. Engines throw old ones out at about 180 a site, and nearly all sites
/// of cases are one.
const COOKIES: usize = 120;

/// Splits cases into lists that get a browser each, so that no cookie is thrown out before its case is done.
pub(super) fn sittings(cases: Vec<Arc<Case>>) -> Vec<Vec<Arc<Case>>> {
    let (setting, others): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.cookies_set() > 0);
    let mut sittings = vec![others];
    let mut cookies = 0;
    for case in setting {
        cookies += case.cookies_set();
        if cookies > COOKIES {
            cookies = case.cookies_set();
            sittings.push(Vec::new());
        }
        sittings.last_mut().expect("there is a first").push(case);
    }
    sittings
}

/// Steps from `next` on that are asked by the same page as the step `next`: they need no navigation between them.
pub(super) fn stay(case: &Case, next: usize) -> Range<usize> {
    let page = page_of(&case.steps[next]);
    let end = case.steps[next..].iter().take_while(|step| page_of(step) == page).count();
    next..next + end
}

/// The page of a step: steps of the same origin and the same response headers share one.
fn page_of(step: &Step) -> (String, &[(String, String)]) {
    (step.page.serialize(), &step.page_headers)
}

/// How much work a page is given at most, in [units](cost). A page that is lost costs its portion, and each page costs a
/// navigation.
pub(super) const PORTION: usize = 250;

/// What a case costs its page: 1 where the page makes requests alone, more where it makes other documents for them.
fn cost(case: &Case) -> usize {
    let makes_document =
        |step: &Step| step.service_worker.is_some() || step.request.via.script().makes_documents();
    if case.steps.iter().any(makes_document) { 3 } else { 1 }
}

/// The portion of cases after a page or a browser was lost while `suspects` of them were under way.
pub(super) fn smaller_portion(suspects: usize) -> usize {
    (suspects / 8).max(1)
}

/// A case that is not finished, as the planner sees it.
#[derive(Clone, Copy)]
pub(super) struct Unfinished<'a> {
    /// Its place in the list that is planned from.
    pub index: usize,
    pub case: &'a Case,
    /// Its next step.
    pub next: usize,
    /// How much work its page may be given.
    pub portion: usize,
}

/// One visit to a page, and what is asked there: indices into the list that was planned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    pub page: Origin,
    /// Header fields of the page's own response.
    pub headers: Vec<(String, String)>,
    /// The cases that have a step on this page, by index.
    pub cases: Vec<usize>,
}

/// The visits that bring each unfinished case on by at least one step. A case that must be alone gets a visit of its
/// own, after the others. Cases that a page was lost with come last, the smallest portions at the end: if the
/// engine is given up because of them, nothing else is lost.
pub(super) fn round<'a>(unfinished: impl Iterator<Item = Unfinished<'a>>) -> Vec<Visit> {
    let mut pages = BTreeMap::new();
    for case in unfinished {
        let step = &case.case.steps[case.next];
        let alone = (case.case.isolation == Isolation::Alone).then_some(case.index);
        let key = (Reverse(case.portion), alone, page_of(step));
        pages.entry(key).or_insert_with(|| (step, Vec::new())).1.push(case);
    }
    let visits = pages.into_iter().flat_map(|((Reverse(portion), ..), (step, mut cases))| {
        // Slow cases share portions: a page waits for its last case.
        cases.sort_by_key(|case| case.case.isolation == Isolation::Slow);
        let visit = |cases: &[Unfinished<'_>]| Visit {
            page: step.page.clone(),
            headers: step.page_headers.clone(),
            cases: cases.iter().map(|case| case.index).collect(),
        };
        portions(&cases, portion).into_iter().map(visit).collect::<Vec<_>>()
    });
    visits.collect()
}

/// Splits cases, in order, into portions that cost `most` or consist of one case.
fn portions<'a, 'c>(cases: &'a [Unfinished<'c>], most: usize) -> Vec<&'a [Unfinished<'c>]> {
    let mut portions = Vec::new();
    let (mut first, mut costs) = (0, 0);
    for (index, case) in cases.iter().enumerate() {
        costs += cost(case.case);
        if costs > most && index > first {
            portions.push(&cases[first..index]);
            (first, costs) = (index, cost(case.case));
        }
    }
    portions.push(&cases[first..]);
    portions
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use corsproof_fixture::{Resource, Scenario, Source, Turn};

    use super::*;
    use crate::case::{CaseId, Place, Request, Via};

    const URL: &str = "https://api.example.com/";

    fn step(via: Via) -> Step {
        let page = Origin::parse("https://app.example.com").expect("an origin");
        Step::new(page, Request::new(via, URL))
    }

    /// A case whose server sets this many cookies.
    fn case(cookies: usize) -> Arc<Case> {
        let place = Place { file: PathBuf::new(), line: 1, last_line: 1, text: "".into() };
        let steps = vec![step(Via::Fetch)];
        let text = format!("200\n{}", "Set-Cookie: sid=1\n".repeat(cookies));
        let turn = Turn { times: 1, delay: std::time::Duration::ZERO, source: Source::Text(text) };
        let resource =
            Resource { url: URL.parse().expect("a URL"), preflight: Vec::new(), response: vec![turn] };
        let scenario = Arc::new(Scenario { resources: vec![resource], ..Scenario::default() });
        Arc::new(Case { scenario, ..Case::of_real_server(CaseId("a/b/c".to_owned()), place, "", steps) })
    }

    fn sizes(cookies: impl IntoIterator<Item = usize>) -> Vec<usize> {
        sittings(cookies.into_iter().map(case).collect()).iter().map(Vec::len).collect()
    }

    #[test]
    fn what_sets_no_cookie_shares_a_browser() {
        assert_eq!(sizes([0; 1000]), [1000]);
        assert_eq!(sizes([]), [0]);
    }

    #[test]
    fn no_browser_gets_more_cookies_than_it_keeps() {
        assert_eq!(sizes([1; COOKIES]), [COOKIES]);
        assert_eq!(sizes([1; COOKIES + 1]), [COOKIES, 1]);
        assert_eq!(sizes([COOKIES - 1, 2, 1, 0]), [2, 2]);
    }

    #[test]
    fn a_case_with_too_many_cookies_is_alone() {
        assert_eq!(sizes([0, COOKIES + 5, 1]), [1, 1, 1]);
    }

    /// The sizes of the visits to `count` cases that may be in portions of this size.
    fn visits(cases: &[(usize, Isolation)]) -> Vec<Vec<usize>> {
        let all: Vec<Case> =
            cases.iter().map(|(_, isolation)| Case { isolation: *isolation, ..(*case(0)).clone() }).collect();
        let unfinished = all.iter().zip(cases).enumerate().map(|(index, (case, (portion, _)))| Unfinished {
            index,
            case,
            next: 0,
            portion: *portion,
        });
        round(unfinished).into_iter().map(|visit| visit.cases).collect()
    }

    #[test]
    fn many_cases_are_visited_in_portions() {
        let sizes: Vec<usize> =
            visits(&[(PORTION, Isolation::Shared); 2 * PORTION + 1]).iter().map(Vec::len).collect();
        assert_eq!(sizes, [PORTION, PORTION, 1]);
    }

    #[test]
    fn cases_that_make_documents_are_fewer() {
        let costly = Case { steps: vec![step(Via::WindowOpen)], ..(*case(0)).clone() };
        let cheap = case(0);
        let sizes = |cases: [&Case; 5], most| {
            let unfinished = cases.map(|case| Unfinished { index: 0, case, next: 0, portion: PORTION });
            portions(&unfinished, most).iter().map(|portion| portion.len()).collect::<Vec<_>>()
        };
        assert_eq!(sizes([&cheap, &cheap, &costly, &cheap, &cheap], 4), [2, 2, 1]);
        assert_eq!(sizes([&costly; 5], 7), [2, 2, 1]);
        assert_eq!(sizes([&costly; 5], 1), [1; 5], "one is always there");
    }

    #[test]
    fn suspects_come_last_and_apart() {
        let shared = |portion| (portion, Isolation::Shared);
        let cases = [shared(1), shared(2), shared(PORTION), shared(1), shared(2), shared(2)];
        assert_eq!(visits(&cases), [vec![2], vec![1, 4], vec![5], vec![0], vec![3]]);
    }

    #[test]
    fn slow_cases_are_together_and_those_alone_are_alone() {
        let cases = [Isolation::Alone, Isolation::Slow, Isolation::Shared, Isolation::Alone];
        assert_eq!(visits(&cases.map(|isolation| (PORTION, isolation))), [vec![2, 1], vec![0], vec![3]]);
    }

    #[test]
    fn one_case_stands_alone_after_three_losses() {
        let portions: Vec<usize> =
            std::iter::successors(Some(PORTION), |size| Some(smaller_portion(*size))).take(4).collect();
        assert_eq!(portions, [PORTION, 31, 3, 1]);
    }
}
