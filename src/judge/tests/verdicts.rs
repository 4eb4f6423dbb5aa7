use browsers::Engine;
use fetch_model::Reason;
use rstest::rstest;

use super::rig::{as_in, because, case, given, right};
use crate::{
    judge::{Twins, Verdict, Voice, judge},
    observation::{GivenReason, Observation},
    predict::predict,
};

fn verdict(name: &str, engine: Engine, observed: &Observation, twins: &Twins) -> Verdict {
    let case = case(name);
    judge(&case, engine, &predict(&case), observed, twins)
}

/// The fields that differ, and the voice that the browser contradicts.
fn differing(verdict: Verdict) -> Vec<(String, Voice)> {
    match verdict {
        Verdict::Differs { differences } => differences.into_iter().map(|one| (one.field, one.by)).collect(),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("granted")]
#[case("refused")]
fn three_voices_agree(#[case] name: &str) {
    assert_eq!(verdict(name, Engine::Chromium, &right(&case(name)), &Twins::Readable), Verdict::Agrees);
}

#[test]
fn a_browser_that_lets_a_refused_method_through_differs() {
    let verdict = verdict("refused", Engine::Chromium, &as_in("granted"), &Twins::Readable);
    assert_eq!(differing(verdict), [("read".to_owned(), Voice::Model), ("sent".to_owned(), Voice::Model)]);
}

#[test]
fn a_browser_that_refuses_what_is_granted_differs() {
    let verdict = verdict("granted", Engine::WebKit, &as_in("refused"), &Twins::Readable);
    assert_eq!(differing(verdict), [("read".to_owned(), Voice::Model), ("sent".to_owned(), Voice::Model)]);
}

#[test]
fn blocked_for_another_reason_is_not_blocked_for_this_one() {
    let observed = because(right(&case("refused")), given(Reason::NetworkFailure));
    let verdict = verdict("refused", Engine::Chromium, &observed, &Twins::Readable);
    assert_eq!(differing(verdict), [("reason".to_owned(), Voice::Model)]);
}

#[test]
fn an_unreported_reason_neither_agrees_nor_differs() {
    let observed = because(right(&case("refused")), GivenReason::Unreported);
    assert_eq!(verdict("refused", Engine::WebKit, &observed, &Twins::Readable), Verdict::Agrees);
}

#[test]
fn a_block_whose_twin_is_blocked_or_unknown_proves_nothing() {
    let twin = || "area/methods/granted".to_owned();
    for twins in [Twins::Unreadable(twin()), Twins::NotObserved(twin())] {
        let verdict = verdict("refused", Engine::Chromium, &right(&case("refused")), &twins);
        assert!(matches!(verdict, Verdict::Failed { why } if why.contains("area/methods/granted")));
    }
}

#[test]
fn a_known_difference_is_known_in_its_engine_alone() {
    let observed = as_in("granted");
    let twins = Twins::Readable;
    assert!(matches!(verdict("let-through", Engine::Firefox, &observed, &twins), Verdict::Known { .. }));
    assert!(matches!(verdict("let-through", Engine::Chromium, &observed, &twins), Verdict::Differs { .. }));
}

#[test]
fn a_known_difference_that_is_gone_differs() {
    let observed = right(&case("let-through"));
    let verdict = verdict("let-through", Engine::Firefox, &observed, &Twins::Readable);
    assert_eq!(differing(verdict), [("known".to_owned(), Voice::Known)]);
}

#[test]
fn a_known_difference_pins_the_whole_outcome() {
    let mut observed = as_in("granted");
    observed.sent.remove(1);
    let verdict = verdict("let-through", Engine::Firefox, &observed, &Twins::Readable);
    assert_eq!(differing(verdict), [("sent".to_owned(), Voice::Known)]);
}

#[test]
fn an_author_whom_the_model_contradicts_is_told_before_any_browser() {
    let verdict = verdict("turned-round", Engine::Chromium, &right(&case("turned-round")), &Twins::Readable);
    assert_eq!(differing(verdict), [("status".to_owned(), Voice::Author)]);
}
