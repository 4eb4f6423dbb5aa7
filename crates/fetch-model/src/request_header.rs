//! Which request headers a script may set, and which need a server's permission.

use super::{
    header::{HeaderList, convert_header_names_to_a_sorted_lowercase_set},
    range::parse_a_single_range_header_value,
    rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
pub fn is_cors_safelisted_request_header(name: &str, value: &str) -> bool {
    // 1. Long values could carry an exploit.
    if value.chars().count() > 128 {
        return false;
    }
    // 2. By the name.
    match name.to_ascii_lowercase().as_str() {
        "accept" => !value.chars().any(is_cors_unsafe_request_header_byte),
        "accept-language" | "content-language" => value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '*' | ',' | '-' | '.' | ';' | '=')),
        "content-type" => is_safelisted_content_type(value),
        "range" => is_safelisted_range(value),
        _ => false,
    }
}

/// The step of the above for `content-type`.
fn is_safelisted_content_type(value: &str) -> bool {
    if value.chars().any(is_cors_unsafe_request_header_byte) {
        return false;
    }
    // Parsed strictly, not extracted: a list of two types is no type.
    value.parse::<data_url::mime::Mime>().is_ok_and(|mime_type| {
        matches!(
            (mime_type.type_.as_str(), mime_type.subtype.as_str()),
            ("application", "x-www-form-urlencoded") | ("multipart", "form-data") | ("text", "plain")
        )
    })
}

/// The step of the above for `range`: browsers never made suffix ranges of themselves.
fn is_safelisted_range(value: &str) -> bool {
    parse_a_single_range_header_value(value).is_some_and(|range| range.start.is_some())
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
fn is_cors_unsafe_request_header_byte(c: char) -> bool {
    (c < '\u{20}' && c != '\t')
        || matches!(
            c,
            '"' | '(' | ')' | ':' | '<' | '>' | '?' | '@' | '[' | '\\' | ']' | '{' | '}' | '\u{7F}'
        )
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
pub fn cors_unsafe_request_header_names(rules: &(impl Rules + ?Sized), headers: &HeaderList) -> Vec<String> {
    let mut unsafe_names = Vec::new();
    let mut potentially_unsafe_names = Vec::new();
    let mut safelist_value_size = 0;
    for (name, value) in headers.iter() {
        if rules.is_cors_safelisted_request_header(name, value) {
            potentially_unsafe_names.push(name);
            safelist_value_size += value.chars().count();
        } else {
            unsafe_names.push(name);
        }
    }
    // Many short safe values make one long unsafe message.
    if safelist_value_size > 1024 {
        unsafe_names.extend(potentially_unsafe_names);
    }
    convert_header_names_to_a_sorted_lowercase_set(unsafe_names).into_iter().collect()
}

/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
pub fn is_cors_non_wildcard_request_header_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("Authorization")
}

/// <https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name>
pub fn is_privileged_no_cors_request_header_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("Range")
}

/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>
pub fn is_no_cors_safelisted_request_header(rules: &(impl Rules + ?Sized), name: &str, value: &str) -> bool {
    ["accept", "accept-language", "content-language", "content-type"]
        .iter()
        .any(|safe| name.eq_ignore_ascii_case(safe))
        && rules.is_cors_safelisted_request_header(name, value)
}

/// The names of <https://fetch.spec.whatwg.org/#forbidden-request-header> that no value can redeem.
const FORBIDDEN: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>: fields that are the user agent's own.
pub fn is_forbidden_request_header(rules: &(impl Rules + ?Sized), name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if FORBIDDEN.contains(&name.as_str()) || name.starts_with("proxy-") || name.starts_with("sec-") {
        return true;
    }
    // Headers that some servers take for the method must not smuggle in a forbidden one.
    matches!(name.as_str(), "x-http-method" | "x-http-method-override" | "x-method-override")
        && get_decode_and_split(value).iter().any(|method| rules.is_forbidden_method(method))
}

/// <https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>: commas inside quotes do not split.
fn get_decode_and_split(value: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    let mut escaped = false;
    for c in value.chars() {
        match c {
            ',' if !quoted => {
                values.push(String::new());
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
        if let Some(last) = values.last_mut() {
            last.push(c);
        }
    }
    values.iter().map(|value| value.trim_matches(['\t', ' ']).to_owned()).collect()
}

/// <https://fetch.spec.whatwg.org/#request-body-header-name>
pub const REQUEST_BODY_HEADER_NAMES: [&str; 4] =
    ["Content-Encoding", "Content-Language", "Content-Location", "Content-Type"];
