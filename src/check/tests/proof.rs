//! What is no proof: errors in the place of answers, denials by something else than the policy, and evidence that shows
//! the opposite.

use corsproof_fixture::Message;
use rstest::rstest;

use super::rig::{POLICY, Shop, check, check_in, finding, is_listed, kinds, line};
use crate::{
    check::{
        checklist::{Point, Standing},
        finding::{Kind, Severity},
    },
    observation::Read,
};

fn bare(status: u16) -> Message {
    Message { status, headers: Vec::new(), body: Vec::new() }
}

/// Whoever is no declared origin gets the error of something that is not the policy.
#[rstest]
#[case::limit(429)]
#[case::login(401)]
#[case::firewall(403)]
#[case::crash(500)]
#[case::down(503)]
fn a_stranger_that_gets_an_error_is_not_kept_out(#[case] status: u16) {
    let open = Shop { trusts: |_| true, ..Shop::right() };
    let checked = check(POLICY, &mut |request| {
        let origin = request.header("Origin");
        let is_stranger =
            origin.is_some_and(|origin| !is_listed(&origin) && !origin.contains("api.shop.example"));
        if is_stranger { bare(status) } else { open.answer(request) }
    });
    assert!(!kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "no stranger could read");
    assert!(checked.unobserved.len() > 20, "{:?}", checked.unobserved);
    let why = &checked.unobserved[0].why;
    assert!(why.contains(&format!("answered {status}, a declared page's 200")), "{why}");
    assert_eq!(line(&checked, Point::Reflection).standing, Standing::Unknown, "nothing was seen of it");
}

/// A page that stands for all others, without the policy's headers: what is asked later gets it.
#[test]
fn a_declared_page_that_cannot_read_later_is_told() {
    let shop = Shop::right();
    let mut asked_plainly = 0;
    let checked = check(POLICY, &mut |request| {
        let is_declared = request.header("Origin").is_some_and(|origin| is_listed(&origin));
        let is_plain = request.method == "GET" && request.header("Cache-Control").is_some();
        asked_plainly += usize::from(is_declared && is_plain);
        if is_declared && is_plain { bare(200) } else { shop.answer(request) }
    });
    assert!(asked_plainly > 0, "the repeated requests pass by the cache");
    let found = &finding(&checked, Kind::ReadBlocked).found;
    assert!(found.contains("repeat (allow-origin-missing)"), "{found}");
}

/// An answer that was kept is asked for again, and the 304 has no headers of CORS.
#[test]
fn a_read_that_no_finding_is_about_is_told() {
    let shop = Shop::right();
    let checked = check_in(POLICY, &mut |request| shop.answer(request), |result| {
        if result.case.id.0.contains("browser-cache[no-cors first]")
            && let (Some(observed), predicted) = (&mut result.observed, &mut result.predicted)
        {
            for steps in [&mut observed.steps, &mut predicted.steps] {
                steps[1].read = Read::Blocked;
            }
        }
    });
    assert_eq!(kinds(&checked), [Kind::ReadBlocked]);
    assert!(!checked.is_as_expected());
}

#[rstest]
#[case::right(Shop::right())]
#[case::everybody(Shop { trusts: |_| true, ..Shop::right() })]
fn a_server_that_treats_strangers_alike_is_observed_whole(#[case] shop: Shop) {
    let checked = check(POLICY, &mut |request| shop.answer(request));
    assert_eq!(checked.unobserved, []);
}

/// The proxy sends back any Origin and the application adds its own: browsers refuse both, for once.
#[test]
fn what_is_sent_back_beside_another_value_is_sent_back() {
    let shop = Shop {
        trusts: |_| true,
        says: |origin| format!("https://app.shop.example, {origin}"),
        ..Shop::right()
    };
    let checked = check(POLICY, &mut |request| shop.answer(request));
    assert_eq!(kinds(&checked), [Kind::DuplicateAllowOrigin, Kind::ReflectsAnyOrigin]);
    assert_eq!(finding(&checked, Kind::ReflectsAnyOrigin).severity, Severity::Unsafe);
    assert_eq!(line(&checked, Point::Reflection).standing, Standing::Unsafe);
}

/// An application that asks for what the file does not give.
#[rstest]
#[case::body(400)]
#[case::login(401)]
#[case::data(422)]
#[case::limit(429)]
fn errors_alone_prove_nothing(#[case] status: u16) {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        if answer.status == 200 || answer.status == 403 {
            answer.status = status;
        }
        answer
    });
    let found = &finding(&checked, Kind::NothingProven).found;
    assert!(found.contains(&format!("every declared request was answered {status}")), "{found}");
    assert!(!checked.is_as_expected());
    assert!(checked.checklist.iter().all(|line| line.standing != Standing::Pass));
}

#[rstest]
#[case("/data/{id}", "{id}")]
#[case("/data/:id/lines", ":id")]
#[case("/data/<int:id>", "<int:id>")]
fn a_path_as_routes_are_written_proves_nothing(#[case] path: &str, #[case] placeholder: &str) {
    let shop = Shop::right();
    let checked = check(&POLICY.replace("/data", path), &mut |request| shop.answer(request));
    let found = &finding(&checked, Kind::NothingProven).found;
    assert!(found.contains(placeholder), "{found}");
}

#[rstest]
#[case::crash(500, Severity::Broken)]
#[case::refusal(403, Severity::Advice)]
fn a_request_without_an_origin_that_fails_is_told(#[case] status: u16, #[case] severity: Severity) {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        if request.header("Origin").is_none() && request.method == "GET" {
            bare(status)
        } else {
            shop.answer(request)
        }
    });
    assert_eq!(finding(&checked, Kind::FailsWithoutOrigin).severity, severity);
}

#[rstest]
#[case::itself("https://api.shop.example/data", Kind::RedirectsToItself)]
#[case::slash("https://api.shop.example/data/", Kind::RedirectsBySlash)]
#[case::slash_and_scheme("http://api.shop.example/data/", Kind::RedirectsBySlash)]
#[case::scheme("http://api.shop.example/data", Kind::RedirectsToOtherScheme)]
#[case::login("/login?next=/data", Kind::RedirectsToLogin)]
#[case::login_elsewhere("https://sso.shop.example/authorize", Kind::RedirectsToLogin)]
#[case::bucket("https://bucket.example/data", Kind::UndeclaredRedirect)]
fn a_redirect_is_told_by_where_it_leads(#[case] target: &str, #[case] kind: Kind) {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        if request.url.path() != "/data" {
            return shop.answer(request);
        }
        let location = ("Location".to_owned(), target.to_owned());
        Message { status: 302, headers: vec![location], body: Vec::new() }
    });
    let about_redirects: Vec<Kind> =
        kinds(&checked).into_iter().filter(|kind| kind.word().contains("redirect")).collect();
    assert_eq!(about_redirects, [kind]);
    assert!(!kinds(&checked).contains(&Kind::OriginLockedOut), "{:?}", kinds(&checked));
    let says_proto = finding(&checked, kind).change.contains("X-Forwarded-Proto");
    let is_of_scheme = matches!(kind, Kind::RedirectsToItself | Kind::RedirectsToOtherScheme);
    assert_eq!(says_proto, is_of_scheme, "{}", finding(&checked, kind).change);
}
