use rstest::rstest;
use url::Url;

use super::rig::{API, APP, answer, client, fetch_request, origin, sent, user_agent};
use crate::{CredentialsMode, Reason, Request, RequestInit, RequestMode, Response};

const ALLOW: &str =
    "Access-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true";

fn visible(credentials: CredentialsMode, expose: &str) -> Vec<String> {
    let init = RequestInit { credentials: Some(credentials), ..RequestInit::default() };
    let headers = format!(
        "{ALLOW}\n{expose}\nX-One: 1\nX-Two: 2\nSet-Cookie: a=b\nContent-Type: text/plain\nETag: x\n*: star"
    );
    match user_agent([answer(200, &headers)]).fetch(fetch_request(API, init)) {
        Response::Cors(response) => response.header_list.sort_and_combine().into_keys().collect(),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("", &["content-type"])]
#[case("Access-Control-Expose-Headers: x-one", &["content-type", "x-one"])]
#[case("Access-Control-Expose-Headers: X-One\nAccess-Control-Expose-Headers: ETag", &["content-type", "etag", "x-one"])]
#[case("Access-Control-Expose-Headers: X-One, X Two", &["content-type"])]
#[case("Access-Control-Expose-Headers: Set-Cookie", &["content-type"])]
fn exposed(#[case] expose: &str, #[case] expected: &[&str]) {
    assert_eq!(visible(CredentialsMode::SameOrigin, expose), expected);
}

#[test]
fn a_wildcard_exposes_all_without_credentials_and_a_star_with_them() {
    let expose = "Access-Control-Expose-Headers: *";
    let all = visible(CredentialsMode::Omit, expose);
    assert!(all.contains(&"x-one".to_owned()) && all.contains(&"etag".to_owned()));
    assert!(!all.contains(&"set-cookie".to_owned()));
    assert_eq!(visible(CredentialsMode::Include, expose), ["*", "content-type"]);
}

#[rstest]
#[case("same-origin", Some(Reason::ResourcePolicy))]
#[case("same-site", None)]
#[case("cross-origin", None)]
#[case("Same-Origin", None)]
#[case("same-origin, same-site", None)]
fn resource_policy_guards_opaque_responses(#[case] policy: &str, #[case] expected: Option<Reason>) {
    let init = RequestInit { mode: Some(RequestMode::NoCors), ..RequestInit::default() };
    let response = user_agent([answer(200, &format!("Cross-Origin-Resource-Policy: {policy}"))])
        .fetch(fetch_request(API, init));
    match expected {
        Some(reason) => assert_eq!(response, Response::NetworkError(reason)),
        None => assert_eq!(response, Response::Opaque),
    }
}

#[rstest]
#[case("HEAD", 200)]
#[case("GET", 204)]
#[case("GET", 205)]
#[case("GET", 304)]
fn null_bodies(#[case] method: &str, #[case] status: u16) {
    let init = RequestInit { method: Some(method.to_owned()), ..RequestInit::default() };
    match user_agent([answer(status, ALLOW)]).fetch(fetch_request(API, init)) {
        Response::Cors(response) => assert!(response.body.is_empty()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_data_url_is_readable() {
    let response = user_agent([]).fetch(fetch_request("data:text/plain,hello", RequestInit::default()));
    assert!(matches!(response, Response::Basic(response) if response.body == b"hello"));
}

#[test]
fn same_origin_mode_sends_nothing_elsewhere() {
    let init = RequestInit { mode: Some(RequestMode::SameOrigin), ..RequestInit::default() };
    let mut user_agent = user_agent([answer(200, ALLOW)]);
    assert_eq!(user_agent.fetch(fetch_request(API, init)), Response::NetworkError(Reason::RequestMode));
    assert!(sent(user_agent).is_empty());
}

#[test]
fn a_server_is_told_neither_user_nor_fragment() {
    let url = Url::parse("https://user:pass@api.example.com/data?q=1#part").expect("a URL");
    let mut user_agent = user_agent([answer(200, ALLOW)]);
    user_agent.fetch(Request::new(url, origin(APP), client()));
    assert_eq!(sent(user_agent)[0].url.as_str(), "https://api.example.com/data?q=1");
}
