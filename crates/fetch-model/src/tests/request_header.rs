use rstest::rstest;

use super::rig::headers;
use crate::FetchStandard;
use crate::request_header::{
    cors_unsafe_request_header_names, is_cors_safelisted_request_header, is_forbidden_request_header,
    is_no_cors_safelisted_request_header,
};

#[rstest]
#[case("Accept", "text/html, */*;q=0.8", true)]
#[case("accept", "a\tb", true)]
#[case("accept", "a\u{1}b", false)]
#[case("accept", "a\u{7F}b", false)]
#[case("accept", "a:b", false)]
#[case("accept", "(a)", false)]
#[case("accept", "a@b", false)]
#[case("accept", "{}", false)]
#[case("accept", "\u{E9}", true)]
#[case("Accept-Language", "de, en;q=0.5, *", true)]
#[case("Accept-Language", "de_DE", false)]
#[case("Accept-Language", "a\tb", false)]
#[case("Content-Language", "en-GB", true)]
#[case("Content-Language", "en/GB", false)]
#[case("X-Custom", "1", false)]
#[case("Authorization", "Bearer token", false)]
#[case("DPR", "1.0", false)]
#[case("Save-Data", "on", false)]
fn by_name_and_value(#[case] name: &str, #[case] value: &str, #[case] safe: bool) {
    assert_eq!(is_cors_safelisted_request_header(name, value), safe);
}

#[rstest]
#[case("text/plain", true)]
#[case("TEXT/Plain", true)]
#[case("text/plain;charset=utf-8", true)]
#[case("text/plain; anything=goes", true)]
#[case("application/x-www-form-urlencoded", true)]
#[case("multipart/form-data; boundary=x", true)]
#[case("application/json", false)]
#[case("text/plain, application/json", false)]
#[case("text/plain; x=\"q\"", false)]
#[case("text", false)]
#[case("", false)]
#[case("text/plain2", false)]
fn by_content_type(#[case] value: &str, #[case] safe: bool) {
    assert_eq!(is_cors_safelisted_request_header("Content-Type", value), safe);
}

#[rstest]
#[case("bytes=0-", true)]
#[case("bytes=0-499", true)]
#[case("bytes=5-5", true)]
#[case("bytes=-500", false)]
#[case("bytes=500-0", false)]
#[case("bytes=0-1,2-3", false)]
#[case("bytes = 0-1", false)]
#[case("Bytes=0-1", false)]
#[case("bytes=-", false)]
#[case("bytes=a-b", false)]
#[case("bytes=99999999999999999999-", true)]
fn by_range(#[case] value: &str, #[case] safe: bool) {
    assert_eq!(is_cors_safelisted_request_header("Range", value), safe);
}

#[rstest]
#[case(128, true)]
#[case(129, false)]
fn by_length(#[case] length: usize, #[case] safe: bool) {
    assert_eq!(is_cors_safelisted_request_header("Accept", &"a".repeat(length)), safe);
}

#[test]
fn names_are_lower_case_sorted_and_unique() {
    let list =
        headers(&[("X-B", "1"), ("x-a", "1"), ("X-b", "2"), ("Accept", "*/*"), ("Authorization", "x")]);
    assert_eq!(cors_unsafe_request_header_names(&FetchStandard, &list), ["authorization", "x-a", "x-b"]);
}

#[rstest]
#[case(1024, &[])]
#[case(1025, &["accept", "accept-language"])]
fn safe_values_are_unsafe_together_past_1024_bytes(#[case] size: usize, #[case] names: &[&str]) {
    let value = "a".repeat(128);
    let mut fields = vec![("Accept", value.as_str()); 7];
    let rest = "a".repeat(size - 7 * 128 - 64);
    let half = "a".repeat(64);
    fields.push(("Accept-Language", &half));
    fields.push(("Accept", &rest));
    assert_eq!(cors_unsafe_request_header_names(&FetchStandard, &headers(&fields)), names);
}

#[rstest]
#[case("Cookie", "", true)]
#[case("ORIGIN", "x", true)]
#[case("Sec-Anything", "", true)]
#[case("Proxy-Anything", "", true)]
#[case("Security", "", false)]
#[case("X-HTTP-Method-Override", "TRACE", true)]
#[case("X-HTTP-Method", "GET, track", true)]
#[case("X-Method-Override", "\"GET, TRACE\"", false)]
#[case("X-Method-Override", "PUT", false)]
#[case("Access-Control-Request-Method", "GET", true)]
#[case("User-Agent", "x", false)]
fn forbidden_request_headers(#[case] name: &str, #[case] value: &str, #[case] forbidden: bool) {
    assert_eq!(is_forbidden_request_header(&FetchStandard, name, value), forbidden);
}

#[rstest]
#[case("Accept", "a", true)]
#[case("Content-Type", "text/plain", true)]
#[case("Content-Type", "application/json", false)]
#[case("Range", "bytes=0-", false)]
#[case("X-Custom", "a", false)]
fn without_cors(#[case] name: &str, #[case] value: &str, #[case] safe: bool) {
    assert_eq!(is_no_cors_safelisted_request_header(&FetchStandard, name, value), safe);
}
