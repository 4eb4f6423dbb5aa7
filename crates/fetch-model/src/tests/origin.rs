use rstest::rstest;
use url::Url;

use super::rig::{API, fetch_request, origin, request_through, user_agent};
use crate::{
    FetchStandard, Origin, ReferrerPolicy, RequestInit, RequestMode, Response, Rules,
    origin_header::append_a_request_origin_header, request::ResponseTainting,
};

#[rstest]
#[case("https://example.com/a?b#c", "https://example.com")]
#[case("https://EXAMPLE.com:443/", "https://example.com")]
#[case("http://example.com:80", "http://example.com")]
#[case("http://example.com:443", "http://example.com:443")]
#[case("http://b\u{FC}cher.example/", "http://xn--bcher-kva.example")]
#[case("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080")]
#[case("https://example.com./", "https://example.com.")]
fn serialization(#[case] url: &str, #[case] expected: &str) {
    let url = Url::parse(url).unwrap();
    assert_eq!(Origin::of(&url).unwrap().serialize(), expected);
}

#[test]
fn opaque_origins_are_null_and_equal_themselves_alone() {
    let (one, two) = (Origin::new_opaque(1), Origin::new_opaque(2));
    assert_eq!(one.serialize(), "null");
    assert!(one.is_same_origin(&one) && !one.is_same_origin(&two) && !one.is_same_site(&two));
}

#[rstest]
#[case("https://a.example.com", "https://a.example.com", true, true)]
#[case("https://a.example.com", "https://b.example.com", false, true)]
#[case("https://a.example.com", "https://example.com:8443", false, true)]
#[case("https://a.example.com", "http://a.example.com", false, false)]
#[case("https://a.github.io", "https://b.github.io", false, false)]
#[case("https://a.co.uk", "https://b.co.uk", false, false)]
#[case("http://127.0.0.1", "http://127.0.0.1:81", false, true)]
#[case("http://127.0.0.1", "http://127.0.0.2", false, false)]
fn same_origin_and_same_site(
    #[case] a: &str,
    #[case] b: &str,
    #[case] same_origin: bool,
    #[case] same_site: bool,
) {
    assert_eq!(origin(a).is_same_origin(&origin(b)), same_origin);
    assert_eq!(origin(a).is_same_site(&origin(b)), same_site);
    assert_eq!(origin(b).is_same_site(&origin(a)), same_site);
}

#[rstest]
#[case("https://example.com/")]
#[case("https://example.com:443")]
#[case("HTTPS://example.com")]
#[case("example.com")]
#[case("null")]
fn only_a_serialized_origin_is_read(#[case] text: &str) {
    assert!(Origin::parse(text).is_err());
}

// A: the page, B and C: others.
#[rstest]
#[case("https://a.com", &["https://a.com/1", "https://b.com/2"], "https://a.com")]
#[case("https://a.com", &["https://b.com/1"], "https://a.com")]
#[case("https://a.com", &["https://b.com/1", "https://b.com/2"], "https://a.com")]
#[case("https://a.com", &["https://b.com/1", "https://a.com/2"], "null")]
#[case("https://a.com", &["https://b.com/1", "https://c.com/2"], "null")]
#[case("https://a.com", &["https://a.com/1", "https://b.com/2", "https://a.com/3"], "null")]
#[case("https://w.a.com", &["https://x.a.com/1", "https://y.a.com/2"], "null")]
fn redirects_taint_the_origin(#[case] from: &str, #[case] urls: &[&str], #[case] expected: &str) {
    assert_eq!(FetchStandard.serialize_a_request_origin(&request_through(from, urls)), expected);
}

#[rstest]
// A CORS request always tells.
#[case(
    "GET",
    RequestMode::Cors,
    ResponseTainting::Cors,
    ReferrerPolicy::NoReferrer,
    Some("https://app.example.com")
)]
// Others do not for GET and HEAD.
#[case("GET", RequestMode::NoCors, ResponseTainting::Opaque, ReferrerPolicy::UnsafeUrl, None)]
#[case("HEAD", RequestMode::Cors, ResponseTainting::Basic, ReferrerPolicy::UnsafeUrl, None)]
// And by the referrer policy elsewhere, unless the mode is cors.
#[case("POST", RequestMode::NoCors, ResponseTainting::Opaque, ReferrerPolicy::NoReferrer, Some("null"))]
#[case("POST", RequestMode::NoCors, ResponseTainting::Opaque, ReferrerPolicy::SameOrigin, Some("null"))]
#[case("POST", RequestMode::NoCors, ResponseTainting::Opaque, ReferrerPolicy::StrictOrigin, Some("null"))]
#[case(
    "POST",
    RequestMode::NoCors,
    ResponseTainting::Opaque,
    ReferrerPolicy::Origin,
    Some("https://app.example.com")
)]
#[case(
    "POST",
    RequestMode::Cors,
    ResponseTainting::Basic,
    ReferrerPolicy::NoReferrer,
    Some("https://app.example.com")
)]
#[case(
    "GET",
    RequestMode::Websocket,
    ResponseTainting::Basic,
    ReferrerPolicy::NoReferrer,
    Some("https://app.example.com")
)]
fn the_origin_header(
    #[case] method: &str,
    #[case] mode: RequestMode,
    #[case] tainting: ResponseTainting,
    #[case] policy: ReferrerPolicy,
    #[case] expected: Option<&str>,
) {
    let mut request = request_through("https://app.example.com", &["http://api.example.com/"]);
    method.clone_into(&mut request.method);
    (request.mode, request.response_tainting, request.referrer_policy) = (mode, tainting, policy);
    append_a_request_origin_header(&FetchStandard, &mut request);
    assert_eq!(request.header_list.get("Origin").as_deref(), expected);
}

#[test]
fn a_bad_port_is_never_asked() {
    let mut user_agent = user_agent([]);
    let request = fetch_request("https://api.example.com:6000/", RequestInit::default());
    assert!(matches!(user_agent.fetch(request), Response::NetworkError(crate::Reason::BadPort)));
    assert!(fetch_request(API, RequestInit::default()).current_url().port().is_none());
}
