//! What the server's own answer tells of a blocked read, beyond the step of the standard that refused it.
//!
//! "No Access-Control-Allow-Origin" is what the browser sees of a handler that crashed, of a proxy without a server
//! behind it, and of a middleware that knows the origin and does not want it. Each is mended elsewhere.

use corsproof_fixture::Exchange;
use fetch_model::{Origin, Reason, is_cors_safelisted_method};

use super::{error_body, outcome::Place};
use crate::{
    evidence::{header, message},
    origin_slip::{OriginSlip, listed},
    words::words,
};

words! {
    /// Why a server answered as it did.
    pub(crate) CauseKind {
        /// Its CORS middleware does not want this request, and says so.
        RefusedByServer = "refused-by-the-server",
        /// It does not answer for this host name.
        HostRefused = "host-refused",
        /// Its protection against forged requests does not want this one.
        CsrfRefused = "csrf-refused",
        /// Its handler failed.
        Crashed = "crashed",
        /// A proxy got no answer from the server behind it.
        Gateway = "gateway",
        /// Nothing is served at this path.
        NotFound = "not-found",
        /// The preflight was asked to log in.
        LoginAtPreflight = "login-at-the-preflight",
        /// The origin is meant, and is written otherwise than browsers send it.
        OriginMiswritten = "origin-miswritten",
    }
}

/// Why the server answered as it did, and what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub kind: CauseKind,
    /// What happened, in sentences.
    pub what: String,
    /// What to change.
    pub change: String,
}

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

impl Cause {
    /// Whether the answer is an error that pages could read with other headers, and would still be one.
    pub(super) fn is_beside_cors(&self) -> bool {
        match self.kind {
            CauseKind::HostRefused
            | CauseKind::CsrfRefused
            | CauseKind::Crashed
            | CauseKind::Gateway
            | CauseKind::NotFound => true,
            CauseKind::RefusedByServer | CauseKind::LoginAtPreflight | CauseKind::OriginMiswritten => false,
        }
    }

    /// The cause of a block for `reason` at `place`, as the last answer of `log` shows it; `None` where the reason says
    /// all.
    pub(crate) fn of(reason: Reason, place: Place, log: &[Exchange], from: &Origin) -> Option<Self> {
        let last = log.last()?;
        let answer = message(last)?;
        let origin = from.serialize();
        if matches!(reason, Reason::AllowOriginMismatch | Reason::AllowOriginMultiple)
            && let Some(miswritten) = miswritten(&header(answer, "access-control-allow-origin")?, from)
        {
            return Some(miswritten);
        }
        let is_at_the_door = matches!(reason, Reason::AllowOriginMissing | Reason::PreflightStatus);
        if !is_at_the_door || answer.status < 400 {
            return None;
        }
        let asked = match place {
            Place::Preflight => "the preflight (OPTIONS)".to_owned(),
            _ => last.received.method.clone(),
        };
        let status = answer.status;
        let wishes = Wishes::of(last, origin);
        error_body::first_lines(answer)
            .iter()
            .find_map(|line| said(line, status, &asked, &wishes))
            .or_else(|| by_status(status, place, &asked))
    }
}

/// What a request needs to be allowed, as it says itself.
struct Wishes {
    origin: String,
    /// The method, where a preflight asks for one.
    method: Option<String>,
    /// The names of header fields, where a preflight asks for any.
    headers: Option<String>,
}

impl Wishes {
    fn of(exchange: &Exchange, origin: String) -> Self {
        let asked = |name| exchange.received.header(name);
        Self {
            origin,
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

/// The cause that a line of an error's body names.
fn said(line: &str, status: u16, asked: &str, wishes: &Wishes) -> Option<Cause> {
    let origin = &wishes.origin;
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).collect();
    let names = |word: &str| words.iter().any(|other| other.strip_suffix('s').unwrap_or(other) == word);
    let what = format!("The server answered {asked} with {status} and says: {line}");
    // Before the origin: it is named by this protection too.
    if names("csrf") {
        let change = format!(
            "This is no CORS but the protection against forged requests: trust {origin} there as well \
             (Django: CSRF_TRUSTED_ORIGINS), or leave this route out of it."
        );
        return Some(Cause { kind: CauseKind::CsrfRefused, what, change });
    }
    if !REFUSALS.iter().any(|words| lower.contains(words)) {
        return None;
    }
    // `cors`, of which an `s` was taken.
    if names("cor") || names("origin") || lower.contains(origin.as_str()) {
        let what = format!("{what}. It knows CORS, and refuses this request by its own list.");
        let change = format!("In the CORS settings of the server: {}.", wishes.to_allow(names));
        return Some(Cause { kind: CauseKind::RefusedByServer, what, change });
    }
    names("host").then(|| Cause {
        kind: CauseKind::HostRefused,
        what,
        change:
            "Let the server answer for this host name: ALLOWED_HOSTS in Django, server.allowedHosts in Vite, \
                 allowedHosts in webpack, server_name in nginx."
                .to_owned(),
    })
}

/// The cause that a status alone gives away.
fn by_status(status: u16, place: Place, asked: &str) -> Option<Cause> {
    let (kind, what, change) = match status {
        502..=504 => (
            CauseKind::Gateway,
            format!(
                "A proxy answered {asked} with {status}: the server behind it is not there, or did not answer in time."
            ),
            "Start the server behind the proxy, or mend how the proxy reaches it. That the browser names CORS only means \
             that the proxy's error has no CORS headers.",
        ),
        500 | 505..=599 => (
            CauseKind::Crashed,
            format!("The handler of {asked} failed: the server answered {status}."),
            "Mend the error first (see the server's log); the request is not refused for its origin. Then set the CORS headers \
             before anything can fail, so that pages can read errors as well.",
        ),
        401 | 403 | 407 if place == Place::Preflight => (
            CauseKind::LoginAtPreflight,
            format!(
                "The server answered {asked} with {status}: a preflight never has cookies or an Authorization header, so \
                 who asks for a login, or for a known origin, before CORS is handled refuses every one."
            ),
            "Answer preflights before the login: put the CORS middleware first. If it is there already, its list of origins \
             may lack this one: some middlewares refuse strangers by 403 and an empty body.",
        ),
        404 if place != Place::Preflight => (
            CauseKind::NotFound,
            format!("The server answered {asked} with 404: nothing is served at this path."),
            "Ask for a path that is there. Add the CORS headers to errors as well, so that pages can read a 404.",
        ),
        _ => return None,
    };
    Some(Cause { kind, what, change: change.to_owned() })
}

/// The cause where a value of Access-Control-Allow-Origin, or an element of the list in it, means `from`.
fn miswritten(value: &str, from: &Origin) -> Option<Cause> {
    let elements: Vec<&str> =
        value.split([',', ' ']).map(str::trim).filter(|element| !element.is_empty()).collect();
    let origin = from.serialize();
    let (element, slips) = elements.iter().find_map(|element| {
        let slips = OriginSlip::of(element, from);
        (!slips.is_empty()).then_some((*element, slips))
    })?;
    let slips = listed(&slips);
    let what = match elements.as_slice() {
        [_] => {
            format!("Access-Control-Allow-Origin is {element}, and the page's origin is {origin}: {slips}.")
        }
        _ => format!(
            "Access-Control-Allow-Origin is a list, where one origin is allowed; and the one in it that means {origin} is \
             {element}: {slips}."
        ),
    };
    let change = format!(
        "Write the origin as browsers send it, {origin}: they compare byte by byte. Send back the one that asks, if it is \
         on your list, and Vary: Origin."
    );
    Some(Cause { kind: CauseKind::OriginMiswritten, what, change })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ORIGIN: &str = "https://app.example.com";

    fn wishes() -> Wishes {
        Wishes {
            origin: ORIGIN.to_owned(),
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
    #[case::django_csrf(
        "CSRF Failed: Origin checking failed - https://app.example.com does not match any trusted origins.",
        CauseKind::CsrfRefused,
        "CSRF_TRUSTED_ORIGINS"
    )]
    fn a_server_that_says_why_is_believed(#[case] line: &str, #[case] kind: CauseKind, #[case] change: &str) {
        let cause = said(line, 403, "the preflight (OPTIONS)", &wishes()).expect("a cause");
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
        assert_eq!(said(line, 400, "GET", &wishes()), None);
    }

    #[rstest]
    #[case(500, Place::Answer, Some(CauseKind::Crashed))]
    #[case(501, Place::Preflight, None)]
    #[case(503, Place::Answer, Some(CauseKind::Gateway))]
    #[case(404, Place::Answer, Some(CauseKind::NotFound))]
    #[case(404, Place::Preflight, None)]
    #[case(403, Place::Preflight, Some(CauseKind::LoginAtPreflight))]
    #[case(401, Place::Answer, None)]
    #[case(405, Place::Preflight, None)]
    fn a_status_tells_what_a_body_does_not(
        #[case] status: u16,
        #[case] place: Place,
        #[case] kind: Option<CauseKind>,
    ) {
        assert_eq!(by_status(status, place, "GET").map(|cause| cause.kind), kind);
    }

    #[test]
    fn an_origin_is_found_in_a_list() {
        let from = Origin::parse(ORIGIN).expect("an origin");
        let cause = miswritten("https://a.example, https://App.example.com/", &from).expect("a cause");
        assert!(
            cause.what.contains("a list") && cause.what.contains("upper case and a trailing slash"),
            "{}",
            cause.what
        );
        assert_eq!(miswritten("https://a.example", &from), None);
        assert_eq!(miswritten(&format!("https://a.example, {ORIGIN}"), &from), None);
    }
}
