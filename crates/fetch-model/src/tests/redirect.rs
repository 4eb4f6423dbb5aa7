use rstest::rstest;

use super::rig::{answer, fetch_request, sent, user_agent};
use crate::{Body, BodyInit, BodySource, Reason, RedirectMode, RequestInit, Response};

const ANY: &str = "Access-Control-Allow-Origin: *";

fn redirect(status: u16, to: &str) -> crate::InternalResponse {
    answer(status, &format!("{ANY}\nLocation: {to}"))
}

#[rstest]
#[case(20, Ok(()))]
#[case(21, Err(Reason::RedirectLimit))]
fn at_most_twenty(#[case] redirects: usize, #[case] expected: Result<(), Reason>) {
    let hops = std::iter::repeat_n(redirect(302, "/"), redirects).chain([answer(200, ANY)]);
    let response = user_agent(hops).fetch(fetch_request("https://app.example.com/", RequestInit::default()));
    let result = match response {
        Response::NetworkError(reason) => Err(reason),
        _ => Ok(()),
    };
    assert_eq!(result, expected);
}

#[rstest]
#[case("https://app.example.com/", "https://user@app.example.com/", None)]
#[case("https://app.example.com/", "https://user@api.example.com/", Some(Reason::RedirectCredentials))]
#[case("https://api.example.com/", "https://user:pass@app.example.com/", Some(Reason::RedirectCredentials))]
#[case("https://api.example.com/", "https://@api.example.com/", None)]
#[case("https://api.example.com/", "https://:@api.example.com/", None)]
#[case("https://api.example.com/", "data:,x", Some(Reason::RedirectScheme))]
#[case("https://api.example.com/", "https://[/", Some(Reason::RedirectLocation))]
fn targets(#[case] url: &str, #[case] to: &str, #[case] expected: Option<Reason>) {
    let response =
        user_agent([redirect(302, to), answer(200, ANY)]).fetch(fetch_request(url, RequestInit::default()));
    let reason = match response {
        Response::NetworkError(reason) => Some(reason),
        _ => None,
    };
    assert_eq!(reason, expected);
}

#[test]
fn neither_user_nor_fragment_goes_on_the_wire() {
    let mut user_agent =
        user_agent([redirect(302, "https://user:pass@app.example.com/end#part"), answer(200, "")]);
    user_agent.fetch(fetch_request("https://app.example.com/", RequestInit::default()));
    assert_eq!(sent(user_agent).pop().unwrap().url.as_str(), "https://app.example.com/end");
}

#[rstest]
#[case(301, "POST", "GET")]
#[case(302, "POST", "GET")]
#[case(303, "POST", "GET")]
#[case(307, "POST", "POST")]
#[case(308, "POST", "POST")]
#[case(301, "PUT", "PUT")]
#[case(303, "PUT", "GET")]
fn methods(#[case] status: u16, #[case] method: &str, #[case] expected: &str) {
    let body = BodyInit {
        body: Body { bytes: b"x".to_vec(), source: BodySource::Bytes },
        r#type: Some("text/plain;charset=UTF-8".to_owned()),
    };
    let init = RequestInit { method: Some(method.to_owned()), body: Some(body), ..RequestInit::default() };
    let mut user_agent = user_agent([redirect(status, "/next"), answer(200, "")]);
    user_agent.fetch(fetch_request("https://app.example.com/", init));
    let last = sent(user_agent).pop().unwrap();
    assert_eq!(last.method, expected);
    assert_eq!(last.header_list.contains("Content-Type"), expected != "GET");
    assert_eq!(last.body.is_empty(), expected == "GET");
}

#[test]
fn authorization_does_not_cross_origins_nor_come_back() {
    let init =
        RequestInit { headers: vec![("Authorization".to_owned(), "x".to_owned())], ..RequestInit::default() };
    let mut user_agent = user_agent([
        redirect(302, "https://api.example.com/"),
        redirect(302, "https://app.example.com/end"),
        answer(200, ANY),
    ]);
    user_agent.fetch(fetch_request("https://app.example.com/", init));
    let with: Vec<bool> =
        sent(user_agent).iter().map(|request| request.header_list.contains("Authorization")).collect();
    assert_eq!(with, [true, false, false]);
}

#[rstest]
#[case(RedirectMode::Error, Response::NetworkError(Reason::RedirectMode))]
#[case(RedirectMode::Manual, Response::OpaqueRedirect { url: "https://api.example.com/".parse().unwrap() })]
fn modes(#[case] mode: RedirectMode, #[case] expected: Response) {
    let init = RequestInit { redirect: Some(mode), ..RequestInit::default() };
    let response = user_agent([redirect(302, "/")]).fetch(fetch_request("https://api.example.com/", init));
    assert_eq!(response, expected);
}

#[test]
fn tainting_stays_when_the_way_leads_home() {
    let mut user_agent = user_agent([
        redirect(302, "https://app.example.com/"),
        answer(200, "Access-Control-Allow-Origin: null"),
    ]);
    let response = user_agent.fetch(fetch_request("https://api.example.com/", RequestInit::default()));
    assert!(matches!(response, Response::Cors(response) if response.url_list.len() == 2));
    assert_eq!(sent(user_agent)[1].header_list.get("Origin").as_deref(), Some("null"));
}
