//! What the body of an error says of a refusal.

use corsproof_fixture::Exchange;
use fetch_model::{Origin, is_cors_safelisted_method};
use url::Url;

use super::{Cause, CauseKind};

/// The words by which people refuse.
const REFUSALS: [&str; 14] = [
    "not allowed",
    "disallowed",
    "isn't allowed",
    "not permitted",
    "forbidden",
    "invalid",
    "denied",
    "rejected",
    "refused",
    "blocked",
    "unauthorized",
    "not trusted",
    "untrusted",
    "does not match",
];

/// What a request needs to be allowed, as it says itself.
pub(super) struct Wishes {
    origin: String,
    is_preflight: bool,
    /// The method, where a preflight asks for one.
    method: Option<String>,
    /// The names of header fields, where a preflight asks for any.
    headers: Option<String>,
}

impl Wishes {
    pub(super) fn of(exchange: &Exchange, from: &Origin) -> Self {
        let asked = |name| exchange.received.header(name);
        Self {
            origin: from.serialize(),
            is_preflight: exchange.received.is_preflight(),
            method: asked("access-control-request-method")
                .filter(|method| !is_cors_safelisted_method(method)),
            headers: asked("access-control-request-headers"),
        }
    }

    /// What to allow, where a server refuses what `is_named`, or does not say what it refuses.
    fn to_allow(&self, is_named: impl Fn(&str) -> bool) -> String {
        let list = "to the list of origins, as browsers send it: no path, no trailing slash, no default port, no upper case";
        let parts = [
            ("origin", Some(format!("add {} {list}", self.origin))),
            ("method", self.method.as_ref().map(|method| format!("allow the method {method}"))),
            ("header", self.headers.as_ref().map(|names| format!("allow the headers {names}"))),
        ];
        let says_which = parts.iter().any(|(part, wish)| wish.is_some() && is_named(part));
        let wished = parts.into_iter().filter(|(part, _)| !says_which || is_named(part));
        wished.filter_map(|(_, wish)| wish).collect::<Vec<_>>().join("; ")
    }
}

/// The cause that a line of an error's body names. That an origin is spoken of is enough in the answer to a preflight, which
/// is about nothing else; an answer may have origins of its own, of goods and of countries.
pub(super) fn cause(line: &str, status: u16, asked: &str, wishes: &Wishes) -> Option<Cause> {
    let origin = wishes.origin.as_str();
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).collect();
    let names = |word: &str| words.iter().any(|other| other.strip_suffix('s').unwrap_or(other) == word);
    let what = format!("The server answered {asked} with {status} and says: {line}");
    // Before the origin: it is named by this protection too.
    if names("csrf") && REFUSALS.iter().chain(&["failed"]).any(|words| lower.contains(words)) {
        let change = format!(
            "This is no CORS but the protection against forged requests: trust {origin} there as well \
             (Django: CSRF_TRUSTED_ORIGINS), or leave this route out of it."
        );
        return Some(Cause::new(CauseKind::CsrfRefused, what, change));
    }
    if !REFUSALS.iter().any(|words| lower.contains(words)) {
        return None;
    }
    let is_of_host = lower.contains("allowed_hosts") || lower.contains("http_host");
    // `cors`, of which an `s` was taken.
    let is_of_cors = names("cor") || lower.contains(origin) || (wishes.is_preflight && names("origin"));
    if is_of_cors && !is_of_host {
        if let Some(other) = other_origin(line, origin) {
            let what = format!("{what}. It was told {other} as the Origin, and the page's is {origin}.");
            let change = "Something between the browser and the server writes another Origin: have it hand the header on as \
                          it came.";
            return Some(Cause::new(CauseKind::RefusedByServer, what, change));
        }
        let what = format!("{what}. It knows CORS, and refuses this request by its own list.");
        let change = format!("In the CORS settings of the server: {}.", wishes.to_allow(names));
        return Some(Cause::new(CauseKind::RefusedByServer, what, change));
    }
    (is_of_host || names("host")).then(|| {
        let change = "Let the server answer for this host name: ALLOWED_HOSTS in Django, server.allowedHosts in Vite, \
                      allowedHosts in webpack, server_name in nginx.";
        Cause::new(CauseKind::HostRefused, what, change)
    })
}

/// The origin that a line names, where that is another one than the page's.
fn other_origin(line: &str, origin: &str) -> Option<String> {
    let ends = |char: char| char.is_whitespace() || "\"'<>()[],;".contains(char);
    let mut named = line.split(ends).filter_map(|word| {
        let url = Url::parse(word.trim_end_matches(['.', ':'])).ok()?;
        Origin::of(&url).map(|origin| origin.serialize())
    });
    let first = named.next()?;
    (first != origin && named.all(|other| other != origin)).then_some(first)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ORIGIN: &str = "https://app.example.com";

    fn wishes() -> Wishes {
        Wishes {
            origin: ORIGIN.to_owned(),
            is_preflight: true,
            method: Some("PUT".to_owned()),
            headers: Some("x-a,x-b".to_owned()),
        }
    }

    #[rstest]
    #[case::starlette(
        "Disallowed CORS origin",
        CauseKind::RefusedByServer,
        "add https://app.example.com to the list"
    )]
    #[case::starlette_headers(
        "Disallowed CORS headers",
        CauseKind::RefusedByServer,
        "In the CORS settings of the server: allow the headers x-a,x-b."
    )]
    #[case::spring("Invalid CORS request", CauseKind::RefusedByServer, "allow the method PUT")]
    #[case::express("Error: Not allowed by CORS", CauseKind::RefusedByServer, "add https://app.example.com")]
    #[case::by_its_name(
        "{\"error\":\"https://app.example.com is not permitted\"}",
        CauseKind::RefusedByServer,
        ""
    )]
    #[case::vite(
        "Blocked request. This host (\"api.example.com\") is not allowed.",
        CauseKind::HostRefused,
        "server.allowedHosts"
    )]
    #[case::django_host(
        "DisallowedHost at /: Invalid HTTP_HOST header: 'api.example.com'.",
        CauseKind::HostRefused,
        "ALLOWED_HOSTS"
    )]
    #[case::django_host_and_more(
        "Invalid HTTP_HOST header: add 'api.test' to ALLOWED_HOSTS. Disallowed host/origin",
        CauseKind::HostRefused,
        "ALLOWED_HOSTS"
    )]
    #[case::django_csrf(
        "CSRF Failed: Origin checking failed - https://app.example.com does not match any trusted origins.",
        CauseKind::CsrfRefused,
        "CSRF_TRUSTED_ORIGINS"
    )]
    fn a_server_that_says_why_is_believed(#[case] line: &str, #[case] kind: CauseKind, #[case] change: &str) {
        let cause = cause(line, 403, "the preflight (OPTIONS)", &wishes()).expect("a cause");
        assert_eq!(cause.kind, kind);
        assert!(cause.change.contains(change), "{}", cause.change);
        assert!(cause.what.contains(line), "{}", cause.what);
    }

    #[rstest]
    #[case("Not Found")]
    #[case("Invalid credentials")]
    #[case("The original invoice was rejected")]
    #[case("TypeError: origin is undefined")]
    fn what_is_about_something_else_is_no_cause(#[case] line: &str) {
        assert_eq!(cause(line, 400, "GET", &wishes()), None);
    }

    /// What is said to a plain request may be about goods and countries.
    #[rstest]
    #[case("Origin ABC is not allowed for this destination")]
    #[case("upstream https://pay.example answered: Origin not allowed")]
    fn an_origin_of_something_else_is_no_cause(#[case] line: &str) {
        let wishes = Wishes { is_preflight: false, ..wishes() };
        assert_eq!(cause(line, 400, "GET", &wishes), None);
    }

    #[test]
    fn an_origin_that_was_changed_on_the_way_is_told() {
        let line = "Origin http://gateway.internal is not allowed by CORS";
        let cause = cause(line, 403, "GET", &wishes()).expect("a cause");
        assert!(cause.what.contains("was told http://gateway.internal as the Origin"), "{}", cause.what);
        assert!(!cause.change.contains("add https://app.example.com"), "{}", cause.change);
    }
}
