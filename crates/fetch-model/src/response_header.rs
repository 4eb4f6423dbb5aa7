//! Which response headers a script may see.

use super::rules::Rules;

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>, given the names that the server exposes.
pub fn is_cors_safelisted_response_header_name(
    rules: &(impl Rules + ?Sized),
    name: &str,
    exposed: &[String],
) -> bool {
    [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ]
    .iter()
    .any(|safe| name.eq_ignore_ascii_case(safe))
        || (exposed.iter().any(|item| name.eq_ignore_ascii_case(item))
            && !rules.is_forbidden_response_header_name(name))
}

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
pub fn is_forbidden_response_header_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("Set-Cookie") || name.eq_ignore_ascii_case("Set-Cookie2")
}
