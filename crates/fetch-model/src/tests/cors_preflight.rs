use rstest::rstest;

use super::rig::{API, answer, fetch_request, sent, user_agent};
use crate::{CredentialsMode, Reason, RequestInit, Response};

const GRANT: &str = "Access-Control-Allow-Origin: https://app.example.com";

fn put() -> RequestInit {
    RequestInit { method: Some("PUT".to_owned()), ..RequestInit::default() }
}

fn with_headers(names: &[&str]) -> RequestInit {
    let headers = names.iter().map(|name| ((*name).to_owned(), "1".to_owned())).collect();
    RequestInit { headers, ..RequestInit::default() }
}

fn outcome(init: RequestInit, status: u16, preflight: &str) -> Result<(), Reason> {
    let mut user_agent = user_agent([answer(status, &format!("{GRANT}\n{preflight}")), answer(200, GRANT)]);
    match user_agent.fetch(fetch_request(API, init)) {
        Response::NetworkError(reason) => Err(reason),
        _ => Ok(()),
    }
}

#[rstest]
#[case("Access-Control-Allow-Methods: PUT", Ok(()))]
#[case("Access-Control-Allow-Methods: GET, PUT", Ok(()))]
#[case("Access-Control-Allow-Methods: *", Ok(()))]
#[case("Access-Control-Allow-Methods: put", Err(Reason::MethodNotAllowed))]
#[case("Access-Control-Allow-Methods: GET", Err(Reason::MethodNotAllowed))]
#[case("", Err(Reason::MethodNotAllowed))]
#[case("Access-Control-Allow-Methods: P UT", Err(Reason::AllowMethodsInvalid))]
#[case(
    "Access-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: a b",
    Err(Reason::AllowHeadersInvalid)
)]
fn methods(#[case] preflight: &str, #[case] expected: Result<(), Reason>) {
    assert_eq!(outcome(put(), 204, preflight), expected);
}

#[rstest]
#[case(&["X-One"], "x-one", Ok(()))]
#[case(&["X-One"], "X-ONE, X-Two", Ok(()))]
#[case(&["X-One"], "*", Ok(()))]
#[case(&["X-One"], "X-Two", Err(Reason::HeaderNotAllowed))]
#[case(&["Authorization"], "*", Err(Reason::HeaderNotAllowed))]
#[case(&["Authorization"], "*, authorization", Ok(()))]
#[case(&["Authorization", "X-One"], "*, Authorization", Ok(()))]
fn header_names(#[case] names: &[&str], #[case] allowed: &str, #[case] expected: Result<(), Reason>) {
    assert_eq!(
        outcome(with_headers(names), 204, &format!("Access-Control-Allow-Headers: {allowed}")),
        expected
    );
}

#[rstest]
#[case(200, Ok(()))]
#[case(204, Ok(()))]
#[case(299, Ok(()))]
#[case(300, Err(Reason::PreflightStatus))]
#[case(301, Err(Reason::PreflightStatus))]
#[case(304, Err(Reason::PreflightStatus))]
#[case(401, Err(Reason::PreflightStatus))]
#[case(500, Err(Reason::PreflightStatus))]
fn statuses(#[case] status: u16, #[case] expected: Result<(), Reason>) {
    assert_eq!(outcome(put(), status, "Access-Control-Allow-Methods: PUT"), expected);
}

#[test]
fn it_follows_no_redirect() {
    let answer = "Access-Control-Allow-Methods: PUT\nLocation: /elsewhere";
    assert_eq!(outcome(put(), 307, answer), Err(Reason::PreflightRedirect));
}

#[test]
fn a_wildcard_is_a_name_like_any_other_under_credentials() {
    let init = |method: &str| RequestInit {
        method: Some(method.to_owned()),
        credentials: Some(CredentialsMode::Include),
        ..RequestInit::default()
    };
    let grant = "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Methods: *";
    assert_eq!(outcome(init("PUT"), 204, grant), Err(Reason::MethodNotAllowed));
    // The method `*` itself is allowed, so it is the answer without credentials that blocks here.
    assert_eq!(outcome(init("*"), 204, grant), Err(Reason::AllowCredentialsNotTrue));
}

#[test]
fn it_asks_with_the_names_alone() {
    let mut user_agent =
        user_agent([answer(204, &format!("{GRANT}\nAccess-Control-Allow-Headers: *")), answer(200, GRANT)]);
    user_agent.fetch(fetch_request(API, with_headers(&["X-Two", "x-one"])));
    let sent = sent(user_agent);
    assert_eq!(sent[0].method, "OPTIONS");
    assert_eq!(sent[0].header_list.get("Access-Control-Request-Method").as_deref(), Some("GET"));
    assert_eq!(sent[0].header_list.get("Access-Control-Request-Headers").as_deref(), Some("x-one,x-two"));
    assert_eq!(sent[0].header_list.get("Origin").as_deref(), Some("https://app.example.com"));
    assert!(!sent[0].header_list.contains("X-Two"));
    assert_eq!(sent[1].header_list.get("x-two").as_deref(), Some("1"));
}

/// How many preflights two PUTs need, the second `after` seconds later.
fn preflights(max_age: &str, after: u64) -> usize {
    let preflight = || answer(204, &format!("{GRANT}\nAccess-Control-Allow-Methods: PUT\n{max_age}"));
    // The second request takes an answer that serves as either.
    let mut user_agent = user_agent([preflight(), answer(200, GRANT), preflight(), answer(200, GRANT)]);
    user_agent.fetch(fetch_request(API, put()));
    user_agent.advance(after);
    user_agent.fetch(fetch_request(API, put()));
    sent(user_agent).iter().filter(|request| request.method == "OPTIONS").count()
}

#[rstest]
#[case("", 4, 1)]
#[case("", 5, 2)]
#[case("Access-Control-Max-Age: 0", 0, 2)]
#[case("Access-Control-Max-Age: 10", 9, 1)]
#[case("Access-Control-Max-Age: 10", 10, 2)]
#[case("Access-Control-Max-Age: ten", 4, 1)]
#[case("Access-Control-Max-Age: ten", 5, 2)]
#[case("Access-Control-Max-Age: 60\nAccess-Control-Max-Age: 60", 5, 2)]
fn the_cache_keeps_for_max_age(#[case] max_age: &str, #[case] after: u64, #[case] expected: usize) {
    assert_eq!(preflights(max_age, after), expected);
}

#[test]
fn a_failed_actual_request_clears_the_cache() {
    let preflight =
        || answer(204, &format!("{GRANT}\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Max-Age: 60"));
    let mut user_agent = user_agent([preflight(), answer(200, ""), preflight(), answer(200, GRANT)]);
    user_agent.fetch(fetch_request(API, put()));
    user_agent.fetch(fetch_request(API, put()));
    assert_eq!(sent(user_agent).len(), 4);
}

#[test]
fn what_was_granted_without_credentials_does_not_serve_with_them() {
    let grant = format!("{GRANT}\nAccess-Control-Allow-Credentials: true");
    let preflight =
        || answer(204, &format!("{grant}\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Max-Age: 60"));
    let mut user_agent =
        user_agent([preflight(), answer(200, &grant), preflight(), answer(200, &grant), answer(200, &grant)]);
    user_agent.fetch(fetch_request(API, put()));
    user_agent
        .fetch(fetch_request(API, RequestInit { credentials: Some(CredentialsMode::Include), ..put() }));
    user_agent.fetch(fetch_request(API, put()));
    let methods: Vec<String> = sent(user_agent).into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["OPTIONS", "PUT", "OPTIONS", "PUT", "PUT"]);
}
