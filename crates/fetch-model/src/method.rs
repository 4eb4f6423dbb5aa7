//! Methods, <https://fetch.spec.whatwg.org/#methods>.

use super::header::is_token;

/// <https://fetch.spec.whatwg.org/#concept-method>
pub fn is_method(method: &str) -> bool {
    is_token(method)
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>; `method` is normalized.
pub fn is_cors_safelisted_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// <https://httpwg.org/specs/rfc9110.html#safe.methods>
pub fn is_safe_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE")
}

/// <https://fetch.spec.whatwg.org/#forbidden-method>
pub fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>: six methods are upper-cased, no others
/// (`patch` stays as it is).
pub fn normalize(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    match upper.as_str() {
        "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" => upper,
        _ => method.to_owned(),
    }
}
