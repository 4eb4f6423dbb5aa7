//! What the status of an error gives away.

use corsproof_fixture::Message;

use super::{Cause, CauseKind};
use crate::{diagnose::outcome::Place, evidence::header};

/// What to do about the headers once the error itself is mended.
const THEN: &str =
    "Then set the CORS headers before anything can fail, so that pages can read errors as well.";

/// The cause that an answer with an error status shows; `None` where the step of the standard says all.
pub(super) fn cause(answer: &Message, place: Place, asked: &str) -> Option<Cause> {
    let status = answer.status;
    let field = |name| header(answer, name);
    if let Some(challenged) = challenge(answer, asked) {
        return Some(challenged);
    }
    let is_preflight = place == Place::Preflight;
    let (kind, what, change) = match status {
        502..=504 => (
            CauseKind::Gateway,
            format!(
                "A proxy answered {asked} with {status}: the server behind it is not there, or did not answer in time."
            ),
            "Start the server behind the proxy, or mend how the proxy reaches it. That the browser names CORS only means \
             that the proxy's error has no CORS headers."
                .to_owned(),
        ),
        500 | 505..=599 => (
            CauseKind::Crashed,
            format!("The handler of {asked} failed: the server answered {status}."),
            format!("Mend the error first (see the server's log); the request is not refused for its origin. {THEN}"),
        ),
        429 => (
            CauseKind::TooManyRequests,
            match field("retry-after") {
                Some(after) => format!(
                    "The server answered {asked} with 429: it was asked too often, and may be asked again after {after} \
                     (Retry-After)."
                ),
                None => format!("The server answered {asked} with 429: it was asked too often."),
            },
            format!("Ask again later, or raise the limit. {THEN}"),
        ),
        401 | 403 | 407 if is_preflight => (
            CauseKind::LoginAtPreflight,
            format!(
                "The server answered {asked} with {status}: a preflight never has cookies or an Authorization header, so \
                 who asks for a login, or for a known origin, before CORS is handled refuses every one."
            ),
            "Answer preflights before the login: put the CORS middleware first. If it is there already, its list of \
             origins may lack this one: some middlewares refuse strangers by 403 and an empty body."
                .to_owned(),
        ),
        _ if is_preflight => return None,
        401 | 407 => (
            CauseKind::LoginWanted,
            match field("www-authenticate") {
                Some(scheme) => format!("The server answered {asked} with {status}: it wants a login ({scheme})."),
                None => format!("The server answered {asked} with {status}: it wants a login."),
            },
            format!(
                "Ask as the page does once it has logged in: --credentials for cookies, --header 'Authorization: ...' for a \
                 token. {THEN}"
            ),
        ),
        403 => (
            CauseKind::Forbidden,
            format!("The server answered {asked} with 403: it refuses this request, and does not say that it is for its origin."),
            format!("See why it refuses it: a right that is missing, a key, a firewall. {THEN}"),
        ),
        404 => (
            CauseKind::NotFound,
            format!("The server answered {asked} with 404: nothing is served at this path."),
            "Ask for a path that is there. Add the CORS headers to errors as well, so that pages can read a 404."
                .to_owned(),
        ),
        405 | 501 => (
            CauseKind::MethodNotServed,
            match field("allow") {
                Some(allowed) => format!("The server answered {asked} with {status}: this path takes {allowed}."),
                None => format!("The server answered {asked} with {status}: this path takes other methods."),
            },
            format!("Ask by a method that is served: --method METHOD. {THEN}"),
        ),
        400 | 406 | 408..=428 | 431 => (
            CauseKind::BadRequest,
            format!("The server answered {asked} with {status}: it does not take the request as it is."),
            format!("Ask as the page does: with its body (--body), its headers (--header), its parameters. {THEN}"),
        ),
        _ => return None,
    };
    Some(Cause::new(kind, what, change))
}

/// The page by which a content delivery network asks whether a person is there.
fn challenge(answer: &Message, asked: &str) -> Option<Cause> {
    let is_challenge = header(answer, "cf-mitigated").is_some_and(|value| value == "challenge");
    is_challenge.then(|| {
        let what = format!(
            "Something in front of the server answered {asked} with {}: it asks whether a person is there, and no script can \
             answer that.",
            answer.status
        );
        let change = "Except this path from the challenge, or ask the server behind it.";
        Cause::new(CauseKind::Challenge, what, change)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn answer(status: u16, fields: &[(&str, &str)]) -> Message {
        let headers = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Message { status, headers, body: Vec::new() }
    }

    #[rstest]
    #[case(500, Place::Answer, Some(CauseKind::Crashed))]
    #[case(501, Place::Preflight, None)]
    #[case(501, Place::Answer, Some(CauseKind::MethodNotServed))]
    #[case(503, Place::Answer, Some(CauseKind::Gateway))]
    #[case(404, Place::Answer, Some(CauseKind::NotFound))]
    #[case(404, Place::Preflight, None)]
    #[case(403, Place::Preflight, Some(CauseKind::LoginAtPreflight))]
    #[case(403, Place::Answer, Some(CauseKind::Forbidden))]
    #[case(401, Place::Answer, Some(CauseKind::LoginWanted))]
    #[case(405, Place::Preflight, None)]
    #[case(413, Place::Answer, Some(CauseKind::BadRequest))]
    #[case(422, Place::Answer, Some(CauseKind::BadRequest))]
    #[case(429, Place::Preflight, Some(CauseKind::TooManyRequests))]
    fn a_status_tells_what_a_body_does_not(
        #[case] status: u16,
        #[case] place: Place,
        #[case] kind: Option<CauseKind>,
    ) {
        assert_eq!(cause(&answer(status, &[]), place, "GET").map(|cause| cause.kind), kind);
    }

    #[rstest]
    #[case(401, "WWW-Authenticate", "Bearer", "it wants a login (Bearer)")]
    #[case(405, "Allow", "POST", "this path takes POST")]
    #[case(429, "Retry-After", "60", "after 60 (Retry-After)")]
    #[case(403, "cf-mitigated", "challenge", "whether a person is there")]
    fn what_its_fields_say_is_told(
        #[case] status: u16,
        #[case] name: &str,
        #[case] value: &str,
        #[case] says: &str,
    ) {
        let cause = cause(&answer(status, &[(name, value)]), Place::Answer, "GET").expect("a cause");
        assert!(cause.what.contains(says), "{}", cause.what);
    }
}
