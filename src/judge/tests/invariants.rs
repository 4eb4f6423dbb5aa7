use browsers::Engine;
use rstest::rstest;

use super::rig::{as_in, case, first, right};
use crate::{
    judge::{Twins, Verdict, Voice, judge},
    observation::Observation,
};

/// The invariants that a browser breaks which shows `observed` of the granted PUT.
fn broken(observed: &Observation) -> Vec<String> {
    let case = case("granted");
    // Even a model that goes along with the browser does not hide it.
    match judge(&case, Engine::Chromium, observed, observed, &Twins::Readable) {
        Verdict::Differs { differences } => differences
            .into_iter()
            .filter(|one| one.by == Voice::Invariant)
            .map(|one| one.field.split_once(": ").map_or(one.field.clone(), |(_, rule)| rule.to_owned()))
            .collect(),
        Verdict::Agrees => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_right_browser_breaks_none() {
    assert!(broken(&right(&case("granted"))).is_empty());
    assert!(broken(&as_in("granted")).is_empty());
}

#[rstest]
#[case("cookie", "id=1")]
#[case("authorization", "Bearer x")]
fn a_browser_that_puts_credentials_on_a_preflight(#[case] name: &str, #[case] value: &str) {
    let mut observed = right(&case("granted"));
    first(&mut observed).headers.insert(name.to_owned(), value.to_owned());
    assert_eq!(broken(&observed), ["a preflight carries nothing of its own"]);
}

#[test]
fn a_browser_that_puts_a_body_on_a_preflight() {
    let mut observed = right(&case("granted"));
    first(&mut observed).body = "x".to_owned();
    assert_eq!(broken(&observed), ["a preflight carries nothing of its own"]);
}

#[test]
fn a_browser_that_does_not_ask_first() {
    let mut observed = right(&case("granted"));
    observed.sent.remove(0);
    assert_eq!(broken(&observed), ["what needs a preflight waits for one"]);
}

#[test]
fn a_browser_that_asks_afterwards() {
    let mut observed = right(&case("granted"));
    observed.sent.swap(0, 1);
    assert_eq!(broken(&observed), ["what needs a preflight waits for one"]);
}

#[test]
fn a_browser_that_asks_about_another_url() {
    let mut observed = right(&case("granted"));
    first(&mut observed).url.push_str("?other");
    assert_eq!(broken(&observed), ["what needs a preflight waits for one"]);
}

#[rstest]
fn a_browser_that_hides_its_origin(#[values(0, 1)] request: usize) {
    let mut observed = right(&case("granted"));
    observed.sent[request].headers.remove("origin");
    assert_eq!(broken(&observed), ["a CORS request tells its origin"]);
}

#[rstest]
fn a_browser_that_tells_another_origin_where_its_page_is(#[values(0, 1)] request: usize) {
    let mut observed = right(&case("granted"));
    observed.sent[request].referer = Some("https://app.example.com/inbox?id=7".to_owned());
    assert_eq!(broken(&observed), ["a Referer tells another origin no path"]);
}

#[test]
fn a_browser_that_tells_its_own_origin_where_its_page_is() {
    let mut observed = right(&case("granted"));
    let own = observed.sent[0].url.clone();
    observed.sent.iter_mut().for_each(|sent| sent.referer = Some(own.clone()));
    assert!(broken(&observed).is_empty());
}

#[test]
fn a_browser_that_tells_the_status_of_what_it_blocks() {
    let mut observed = right(&case("granted"));
    observed.steps = as_in("refused").steps;
    observed.steps[0].leaks = vec!["status 200".to_owned()];
    assert_eq!(broken(&observed), ["a blocked read tells nothing"]);
}
