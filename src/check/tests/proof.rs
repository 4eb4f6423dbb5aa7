//! What is no proof: errors in the place of answers, denials by something else than the policy, and evidence that shows
//! the opposite.

use corsproof_fixture::{Message, Received};
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
#[case("/data/[id]", "[id]")]
#[case("/data/*", "*")]
#[case("/data/$id", "$id")]
#[case("/data/%7Bid%7D", "%7Bid%7D")]
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

/// What is strict for one request and open for another is open.
#[rstest]
#[case::post(|request: &Received| request.method == "POST")]
#[case::put(|request: &Received| request.method == "PUT" || asks_for(request, "PUT"))]
#[case::with_authorization(|request: &Received| {
    let asked = request.header("Access-Control-Request-Headers").unwrap_or_default();
    request.header("Authorization").is_some() || asked.contains("authorization")
})]
#[case::errors_too(|_: &Received| true)]
fn a_server_that_is_open_to_one_kind_of_request_is_found(#[case] is_open_to: fn(&Received) -> bool) {
    let open = Shop { trusts: |_| true, ..Shop::right() };
    let strict = Shop::right();
    let checked = check(POLICY, &mut |request| {
        if is_open_to(request) { open.answer(request) } else { strict.answer(request) }
    });
    assert_eq!(finding(&checked, Kind::ReflectsAnyOrigin).severity, Severity::Unsafe);
    assert_eq!(line(&checked, Point::Reflection).standing, Standing::Unsafe);
}

fn asks_for(request: &Received, method: &str) -> bool {
    request.header("Access-Control-Request-Method").as_deref() == Some(method)
}

/// A policy without a GET: what strangers are refused is what declared pages get.
#[test]
fn strangers_ask_for_what_is_declared_and_for_nothing_else() {
    let policy = POLICY.replace(r#"["GET", "POST", "PUT"]"#, r#"["POST"]"#);
    let open = Shop { trusts: |_| true, ..Shop::right() };
    let checked = check(&policy, &mut |request| match request.method.as_str() {
        "GET" => bare(404),
        _ => open.answer(request),
    });
    assert!(kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
    let strict = Shop::right();
    let checked = check(&policy, &mut |request| strict.answer(request));
    assert!(
        !checked.findings.iter().any(|finding| finding.severity != Severity::Advice),
        "{:?}",
        kinds(&checked)
    );
    assert_eq!(line(&checked, Point::Reflection).standing, Standing::Pass);
}

/// The answer to a preflight decides whether the request is sent at all.
#[test]
fn a_preflight_that_is_granted_to_strangers_lets_them_send() {
    let open = Shop { trusts: |_| true, ..Shop::right() };
    let strict = Shop::right();
    let checked = check(POLICY, &mut |request| {
        if request.is_preflight() { open.answer(request) } else { strict.answer(request) }
    });
    let found = &finding(&checked, Kind::StrangersMaySend).found;
    assert!(found.contains("PUT from https://attacker.example"), "{found}");
    assert!(!kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
    assert!(!checked.is_as_expected());
}

#[test]
fn a_server_that_remembers_whom_a_preflight_was_of_is_found() {
    let policy = POLICY.replace(r#"["GET", "POST", "PUT"]"#, r#"["GET"]"#);
    let policy = policy.replace(r#"["Content-Type", "Authorization"]"#, "[]");
    let mut seen: Vec<String> = Vec::new();
    let (open, strict) = (Shop { trusts: |_| true, ..Shop::right() }, Shop::right());
    let checked = check(&policy, &mut |request| {
        let origin = request.header("Origin").unwrap_or_default();
        if request.is_preflight() {
            seen.push(origin.clone());
        }
        if seen.contains(&origin) && !request.is_preflight() {
            open.answer(request)
        } else {
            strict.answer(request)
        }
    });
    assert!(kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
}

/// One method's answers say nothing of another's.
#[rstest]
#[case::body(422, Kind::NothingProven)]
#[case::handler(501, Kind::NotServed)]
fn a_method_that_is_answered_with_errors_alone_is_not_proven(#[case] status: u16, #[case] kind: Kind) {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        if request.method == "POST" && answer.status == 200 {
            answer.status = status;
        }
        answer
    });
    let found = &finding(&checked, kind).found;
    assert!(found.contains("POST") && found.contains(&status.to_string()), "{found}");
    let is_proven = checked.checklist.iter().any(|line| line.standing == Standing::Pass);
    assert_eq!(is_proven, kind == Kind::NotServed);
}

/// A login that can be read is a login all the same.
#[test]
fn a_login_in_the_place_of_the_answer_is_told() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        let is_data = request.url.path() == "/data";
        if request.method == "GET" && is_data && answer.status == 200 {
            answer.status = 302;
            answer.headers.push(("Location".to_owned(), "https://api.shop.example/login".to_owned()));
        } else if request.url.path() == "/login" {
            answer.status = 200;
        }
        answer
    });
    let found = &finding(&checked, Kind::RedirectsToLogin).found;
    assert!(found.contains("GET /data to https://api.shop.example/login"), "{found}");
}

/// A page that asks whether somebody is a robot has the status of an answer.
#[test]
fn a_stranger_that_gets_something_else_is_not_kept_out() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        let is_declared = request.header("Origin").is_none_or(|origin| is_listed(&origin));
        let media_type = if is_declared { "application/json" } else { "text/html; charset=utf-8" };
        answer.headers.push(("Content-Type".to_owned(), media_type.to_owned()));
        answer
    });
    let why = &checked.unobserved.first().expect("it is not observed").why;
    assert!(why.contains("200 (text/html), a declared page's 200 (application/json)"), "{why}");
}

/// Middlewares answer whom they do not know with these, and say so to nobody else.
#[rstest]
#[case::starlette(400)]
#[case::spring(403)]
#[case::left_to_the_router(404)]
#[case::koa(405)]
fn a_preflight_that_is_refused_by_its_origin_is_a_denial(#[case] status: u16) {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let is_declared = request.header("Origin").is_none_or(|origin| is_listed(&origin));
        if request.is_preflight() && !is_declared { bare(status) } else { shop.answer(request) }
    });
    assert_eq!(checked.unobserved, []);
    assert_eq!(kinds(&checked), []);
}

/// Lists that let in more than they say.
#[rstest]
#[case::one_text(
    |origin: &str| "https://app.shop.example,https://admin.shop.example".contains(origin),
    Kind::TrustsSubstring
)]
#[case::hosting(
    |origin: &str| is_listed(origin) || origin.starts_with("https://") && origin.ends_with(".vercel.app"),
    Kind::TrustsSharedHost
)]
#[case::vite(|origin: &str| is_listed(origin) || origin == "http://localhost:5173", Kind::TrustsLocalhost)]
#[case::home(|origin: &str| is_listed(origin) || origin.starts_with("http://192.168."), Kind::TrustsLocalhost)]
fn more_than_the_list_is_let_in(#[case] trusts: fn(&str) -> bool, #[case] kind: Kind) {
    let shop = Shop { trusts, ..Shop::right() };
    let checked = check(POLICY, &mut |request| shop.answer(request));
    let unsafe_ones: Vec<Kind> =
        kinds(&checked).into_iter().filter(|kind| kind.severity() == Severity::Unsafe).collect();
    assert_eq!(unsafe_ones, [kind]);
}

/// What browsers refuse for the way in which it is written is sent back all the same.
#[rstest]
#[case::slash(|origin: &str| format!("{origin}/"))]
#[case::list(|origin: &str| format!("https://app.shop.example {origin}"))]
#[case::upper_case(|origin: &str| origin.replace("https://a", "https://A"))]
fn an_origin_that_is_sent_back_otherwise_is_sent_back(#[case] says: fn(&str) -> String) {
    let open = Shop { trusts: |_| true, says, ..Shop::right() };
    let strict = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let is_declared = request.header("Origin").is_some_and(|origin| is_listed(&origin));
        if is_declared { strict.answer(request) } else { open.answer(request) }
    });
    assert!(kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
    assert_eq!(line(&checked, Point::Reflection).standing, Standing::Unsafe);
}

#[test]
fn an_error_that_strangers_can_read_is_found() {
    let policy = POLICY.replace("max_age = 600", "max_age = 600\nerrors = [\"/broken\"]");
    let (open, strict) = (Shop { trusts: |_| true, ..Shop::right() }, Shop::right());
    let checked = check(&policy, &mut |request| {
        if request.url.path() == "/broken" { open.answer(request) } else { strict.answer(request) }
    });
    assert!(kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
    let checked = check(&policy, &mut |request| strict.answer(request));
    assert_eq!((kinds(&checked), checked.unobserved), (vec![], vec![]));
}
