//! Requests as pages make them: several headers at once, several pages in turn, in engines that are more lenient than
//! the standard.

use corsproof_fixture::{Message, Received};
use rstest::rstest;

use super::rig::{POLICY, Shop, check, check_in, finding, is_listed, kinds, line};
use crate::{
    check::{
        checklist::Point,
        finding::{Kind, Severity},
    },
    observation::Read,
};

/// Browsers write the list without spaces.
#[test]
fn a_server_that_looks_for_a_comma_and_a_space_refuses_headers_together() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        let asked = request.header("Access-Control-Request-Headers").unwrap_or_default();
        if asked.split(", ").any(|name| !["authorization", "content-type", ""].contains(&name)) {
            answer.headers.retain(|(name, _)| name != "Access-Control-Allow-Headers");
        }
        answer
    });
    assert_eq!(kinds(&checked), [Kind::HeadersRefusedTogether]);
    let found = &finding(&checked, Kind::HeadersRefusedTogether).found;
    assert!(found.ends_with("refused in one request: Content-Type, Authorization."), "{found}");
}

/// What one page did decides over the next.
#[test]
fn a_server_that_remembers_another_page_is_unstable() {
    let shop = Shop::right();
    let mut before = String::new();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        let origin = request.header("Origin").unwrap_or_default();
        let is_plain = request.header("Cache-Control").is_some() && is_listed(&origin);
        if is_plain && !before.is_empty() && before != origin {
            answer.headers.retain(|(name, _)| name != "Access-Control-Allow-Origin");
        }
        if is_plain {
            before = origin;
        }
        answer
    });
    assert_eq!(kinds(&checked), [Kind::Unstable]);
    let found = &finding(&checked, Kind::Unstable).found;
    assert!(found.contains("can read alone, and not after another origin (allow-origin-missing)"), "{found}");
}

/// `*` covers Authorization in every engine, and not in the standard.
#[test]
fn what_every_engine_permits_is_no_disagreement() {
    let policy = POLICY.replace("credentials = true", "credentials = false");
    let mut shop = Shop::right();
    shop.always.remove("Access-Control-Allow-Credentials");
    shop.preflight.insert("Access-Control-Allow-Headers", "*");
    let mut readable = None;
    let checked = check_in(&policy, &mut |request| shop.answer(request), |result| {
        let headers = &result.case.steps[0].request.headers;
        let is_reader = is_listed(&result.case.steps[0].page.serialize());
        let asks = is_reader && headers.iter().any(|(name, _)| name == "Authorization");
        let Some(observed) = &mut result.observed else { return };
        match &readable {
            None => readable = Some(observed.steps[0].read.clone()),
            Some(read) if asks => observed.steps[0].read = read.clone(),
            Some(_) => {}
        }
    });
    assert!(matches!(readable, Some(Read::Allowed(_))), "the first case is a plain GET");
    assert_eq!(kinds(&checked), [Kind::WorksByLenience, Kind::HeaderUnneeded]);
    assert_eq!(finding(&checked, Kind::WorksByLenience).severity, Severity::Advice);
    assert!(checked.is_as_expected());
}

/// With the apex declared, whatever ends in it after a dot is its owner's.
#[rstest]
#[case::of_the_owner(|o: &str| o == "https://shop.example" || o.starts_with("https://") && o.ends_with(".shop.example"), &[Kind::TrustsSubdomain])]
#[case::of_anybody(|o: &str| o.starts_with("https://") && o.ends_with("shop.example"), &[Kind::TrustsSuffix])]
fn names_of_the_registrable_domain_are_the_owners(
    #[case] trusts: fn(&str) -> bool,
    #[case] expected: &[Kind],
) {
    let policy = POLICY.replace("https://app.", "https://").replace("https://admin.", "https://www.");
    let shop = Shop { trusts, ..Shop::right() };
    let checked = check(&policy, &mut |request| shop.answer(request));
    let trusted: Vec<Kind> =
        kinds(&checked).into_iter().filter(|kind| kind.word().starts_with("trusts-")).collect();
    assert_eq!(trusted, expected);
    let found = &finding(&checked, expected[0]).found;
    let is_owners = expected == [Kind::TrustsSubdomain];
    assert_eq!(found.contains("attacker.shop.example"), is_owners, "{found}");
}

/// Whatever is behind a login, the preflight is the first that fails.
#[rstest]
#[case::login(401)]
#[case::firewall(403)]
fn a_preflight_behind_a_login_is_told_by_its_status(#[case] status: u16) {
    let checked = check(POLICY, &mut |_| Message { status, headers: Vec::new(), body: Vec::new() });
    let found = &finding(&checked, Kind::PreflightRejected).found;
    assert!(found.contains(&format!("The preflight was answered {status}")), "{found}");
    assert!(finding(&checked, Kind::PreflightRejected).change.contains("before any login"));
    assert_eq!(line(&checked, Point::Preflight).standing.word(), "broken");
}

#[test]
fn a_preflight_that_is_sent_to_a_login_is_told_by_where_it_is_sent() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        if !request.is_preflight() {
            return shop.answer(request);
        }
        let location = ("Location".to_owned(), "/login".to_owned());
        Message { status: 302, headers: vec![location], body: Vec::new() }
    });
    assert_eq!(kinds(&checked), [Kind::RedirectsToLogin]);
    let found = &finding(&checked, Kind::RedirectsToLogin).found;
    assert!(found.contains("OPTIONS /data"), "{found}");
}

#[test]
fn a_wildcard_that_exposes_nothing_is_told_as_that() {
    let mut shop = Shop::right();
    shop.always.insert("Access-Control-Expose-Headers", "*");
    let checked = check(POLICY, &mut |request| shop.answer(request));
    let found = &finding(&checked, Kind::HeaderUnexposed).found;
    assert!(found.contains("X-Total-Count (* is only the name of a header"), "{found}");
}

fn is_preview(origin: &str) -> bool {
    let name = origin.strip_prefix("https://").and_then(|host| host.strip_suffix(".preview.shop.example"));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['.', ':', '/']))
}

/// Members of a pattern must read, near misses must not, and what may be meant is asked of nobody.
#[rstest]
#[case::exactly(is_preview, &[])]
#[case::deeper(|o: &str| is_preview(o) || o.starts_with("https://") && o.ends_with(".preview.shop.example"), &[])]
#[case::without_scheme(|o: &str| is_preview(&o.replace("http:", "https:")), &[Kind::TrustsOtherScheme])]
#[case::without_dot(|o: &str| o.starts_with("https://") && o.ends_with("preview.shop.example"), &[Kind::TrustsSubdomain])]
#[case::open_end(|o: &str| o.starts_with("https://") && o.contains(".preview.shop.example"), &[Kind::TrustsSubstring])]
#[case::nobody(|_: &str| false, &[Kind::OriginLockedOut])]
fn members_of_a_pattern_read_and_near_misses_do_not(
    #[case] trusts: fn(&str) -> bool,
    #[case] expected: &[Kind],
) {
    let listed = r#"["https://app.shop.example", "https://admin.shop.example"]"#;
    let policy = POLICY.replace(listed, r#"["https://*.preview.shop.example"]"#);
    assert_ne!(policy, POLICY);
    let shop = Shop { trusts, ..Shop::right() };
    let checked = check(&policy, &mut |request| shop.answer(request));
    let kinds: Vec<Kind> =
        kinds(&checked).into_iter().filter(|kind| *kind != Kind::StateChangedUnread).collect();
    assert_eq!(kinds, expected);
}

/// A pattern for a name at a service where anybody gets one.
#[rstest]
#[case::exactly(|name: &str| !name.contains('.'), &[])]
#[case::dots(|_: &str| true, &[Kind::TrustsLoosePattern])]
fn a_pattern_that_takes_dots_lets_other_names_in(#[case] takes: fn(&str) -> bool, #[case] expected: &[Kind]) {
    let listed = r#"["https://app.shop.example", "https://admin.shop.example"]"#;
    let policy = POLICY.replace(listed, r#"["https://shop-*-acme.vercel.app"]"#);
    let name = |origin: &str| -> Option<String> {
        let name = origin.strip_prefix("https://shop-")?.strip_suffix("-acme.vercel.app")?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    let shop = Shop { trusts: |_| true, ..Shop::right() };
    let nobody = Shop { trusts: |_| false, ..Shop::right() };
    let checked = check(&policy, &mut |request| {
        let is_let_in =
            request.header("Origin").and_then(|origin| name(&origin)).is_some_and(|name| takes(&name));
        if is_let_in { shop.answer(request) } else { nobody.answer(request) }
    });
    assert_eq!(kinds(&checked), expected);
}

/// Where others are answered, nobody says that nothing handles preflights.
#[test]
fn one_preflight_that_is_refused_is_told_as_that_one() {
    let (shop, nobody) = (Shop::right(), Shop { trusts: |_| false, ..Shop::right() });
    let is_put_with_authorization = |request: &Received| {
        let asked = request.header("Access-Control-Request-Headers").unwrap_or_default();
        request.header("Access-Control-Request-Method").as_deref() == Some("PUT")
            && asked.contains("authorization")
    };
    let checked = check(POLICY, &mut |request| {
        if is_put_with_authorization(request) { nobody.answer(request) } else { shop.answer(request) }
    });
    assert!(!kinds(&checked).contains(&Kind::OptionsNotHandled), "{:?}", kinds(&checked));
    let found = &finding(&checked, Kind::PreflightRejected).found;
    assert!(found.contains("PUT with Authorization"), "{found}");
}
