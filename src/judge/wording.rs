//! How engines word a blocked read, and the reason that their words name.

use browsers::Engine;
use fetch_model::Reason;

use crate::case::{Context, Step};

/// A reason, by words that an engine's message holds in this order (quotes made straight). The first that fits counts.
pub(crate) type Wording = (&'static [&'static str], Reason);

/// How an engine speaks of a block.
struct Speech {
    wordings: &'static [Wording],
    habits: &'static [Habit],
}

/// Where an engine's words mean another thing than they say.
#[derive(PartialEq, Eq)]
enum Habit {
    /// Of a connection that closes without an answer it says, before that nothing came, that there were several values
    /// of a header: there was none at all.
    SeveralValuesOfNothing,
    /// What it says of an XMLHttpRequest in a worker is that it failed, whatever the reason was.
    WorkersFail,
}

fn speech(engine: Engine) -> Speech {
    match engine {
        Engine::Chromium => Speech { wordings: CHROMIUM, habits: &[] },
        Engine::Firefox => {
            Speech { wordings: FIREFOX, habits: &[Habit::SeveralValuesOfNothing, Habit::WorkersFail] }
        }
        // No way to read its words under automation was found.
        Engine::WebKit => Speech { wordings: &[], habits: &[] },
    }
}

/// Chromium's, by its CorsError; <https://source.chromium.org/>, `cors_error_string`.
const CHROMIUM: &[Wording] = &[
    (&["No 'Access-Control-Allow-Origin' header is present"], Reason::AllowOriginMissing),
    (&["'Access-Control-Allow-Origin' header contains multiple values"], Reason::AllowOriginMultiple),
    (&["'Access-Control-Allow-Origin' header contains the invalid value"], Reason::AllowOriginMismatch),
    (
        &["'Access-Control-Allow-Origin' header has a value", "not equal to the supplied origin"],
        Reason::AllowOriginMismatch,
    ),
    (
        &["must not be the wildcard '*' when the request's credentials mode is 'include'"],
        Reason::WildcardWithCredentials,
    ),
    (
        &["'Access-Control-Allow-Credentials' header in the response is", "must be 'true'"],
        Reason::AllowCredentialsNotTrue,
    ),
    (&["It does not have HTTP ok status"], Reason::PreflightStatus),
    (&["Redirect is not allowed for a preflight request"], Reason::PreflightRedirect),
    (&["Cannot parse Access-Control-Allow-Methods"], Reason::AllowMethodsInvalid),
    (&["Cannot parse Access-Control-Allow-Headers"], Reason::AllowHeadersInvalid),
    (&["is not allowed by Access-Control-Allow-Methods"], Reason::MethodNotAllowed),
    (&["is not allowed by Access-Control-Allow-Headers"], Reason::HeaderNotAllowed),
    (&["contains a username and password"], Reason::RedirectCredentials),
    (
        &["(redirected from", "Cross origin requests are only supported for protocol schemes"],
        Reason::RedirectScheme,
    ),
    (&["Cross origin requests are only supported for protocol schemes"], Reason::UrlScheme),
    (&["Cross origin requests are not allowed by request mode"], Reason::RequestMode),
    (&["Mixed Content"], Reason::MixedContent),
    // It calls this a block "by CORS policy", which it is not: the server has no say in it.
    (&["Permission was denied for this request to access the", "address space"], Reason::LocalNetworkAccess),
    (&["more-private address space"], Reason::LocalNetworkAccess),
    (&["Content Security Policy directive"], Reason::ContentSecurityPolicy),
    (&["net::ERR_TOO_MANY_REDIRECTS"], Reason::RedirectLimit),
    (&["net::ERR_UNSAFE_REDIRECT"], Reason::RedirectScheme),
    (&["net::ERR_INVALID_REDIRECT"], Reason::RedirectLocation),
    (&["net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"], Reason::RedirectLocation),
    (&["net::ERR_UNSAFE_PORT"], Reason::BadPort),
    (&["net::ERR_BLOCKED_BY_RESPONSE"], Reason::ResourcePolicy),
    (&["net::ERR_EMPTY_RESPONSE"], Reason::NetworkFailure),
    (&["net::ERR_CONNECTION_"], Reason::NetworkFailure),
    (&["net::ERR_HTTP2_"], Reason::NetworkFailure),
    (&["net::ERR_INVALID_HTTP_RESPONSE"], Reason::NetworkFailure),
    (&["net::ERR_TUNNEL_CONNECTION_FAILED"], Reason::NetworkFailure),
];

/// Firefox's, by its message key; <https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors>.
const FIREFOX: &[Wording] = &[
    (&["A ServiceWorker passed"], Reason::ServiceWorkerResponse),
    (&["CORS header 'Access-Control-Allow-Origin' missing"], Reason::AllowOriginMissing),
    (&["Multiple CORS header 'Access-Control-Allow-Origin' not allowed"], Reason::AllowOriginMultiple),
    (&["CORS header 'Access-Control-Allow-Origin' does not match"], Reason::AllowOriginMismatch),
    (
        &["Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'"],
        Reason::WildcardWithCredentials,
    ),
    (&["expected 'true' in CORS header 'Access-Control-Allow-Credentials'"], Reason::AllowCredentialsNotTrue),
    (&["CORS preflight response did not succeed"], Reason::PreflightStatus),
    (&["CORS request external redirect not allowed"], Reason::PreflightRedirect),
    (&["invalid token", "in CORS header 'Access-Control-Allow-Methods'"], Reason::AllowMethodsInvalid),
    (&["invalid token", "in CORS header 'Access-Control-Allow-Headers'"], Reason::AllowHeadersInvalid),
    (&["Did not find method in CORS header 'Access-Control-Allow-Methods'"], Reason::MethodNotAllowed),
    (&["is not allowed according to header 'Access-Control-Allow-Headers'"], Reason::HeaderNotAllowed),
    (&["CORS request not http"], Reason::RedirectScheme),
    (&["CORS request did not succeed"], Reason::NetworkFailure),
    (&["Blocked loading mixed active content"], Reason::MixedContent),
    (&["Content-Security-Policy: The page's settings blocked"], Reason::ContentSecurityPolicy),
    (&["Cross-Origin-Resource-Policy"], Reason::ResourcePolicy),
];

/// The reason that `messages`, an engine's own words about `step`, name; `None` where they name none.
pub(crate) fn reason_of(engine: Engine, step: &Step, messages: &[String]) -> Option<Reason> {
    let reasons: Vec<Reason> = messages.iter().filter_map(|message| reason_in(engine, message)).collect();
    let has_habit = |habit| speech(engine).habits.contains(&habit);
    let nothing_came = has_habit(Habit::SeveralValuesOfNothing)
        && reasons.first() == Some(&Reason::AllowOriginMultiple)
        && reasons.contains(&Reason::NetworkFailure);
    // Where a service worker leaves a request alone Firefox says first that it failed, and then why.
    let is_controlled = step.service_worker.is_some();
    let reason = match reasons.as_slice() {
        _ if nothing_came => Reason::NetworkFailure,
        [Reason::NetworkFailure, reason, ..] if is_controlled => *reason,
        reasons => *reasons.first()?,
    };
    let is_worker = matches!(step.context, Context::Worker | Context::BlobWorker | Context::DataWorker);
    if has_habit(Habit::WorkersFail) && is_worker && reason == Reason::NetworkFailure {
        return None;
    }
    // Engines have one word for a scheme, whoever asked for it.
    let asked_for_http = step.request.url.starts_with("http:") || step.request.url.starts_with("https:");
    Some(match reason {
        Reason::RedirectScheme if !asked_for_http => Reason::UrlScheme,
        Reason::UrlScheme if asked_for_http => Reason::RedirectScheme,
        reason => reason,
    })
}

/// Whether `message` names a reason at all.
pub(crate) fn says_something_about(engine: Engine, message: &str) -> bool {
    reason_in(engine, message).is_some()
}

/// The words by which verdicts know the reasons that `engine` gives.
pub(crate) fn wordings(engine: Engine) -> &'static [Wording] {
    speech(engine).wordings
}

fn reason_in(engine: Engine, message: &str) -> Option<Reason> {
    let message = message.replace(['\u{2018}', '\u{2019}'], "'");
    let mut wordings = speech(engine).wordings.iter();
    wordings.find(|(words, _)| words.iter().all(|word| message.contains(word))).map(|(_, reason)| *reason)
}

/// Whether two reasons are one step of the standard: engines do not agree when several values are just
/// another mismatch.
pub(super) fn is_same(a: Reason, b: Reason) -> bool {
    let step = |reason| match reason {
        Reason::AllowOriginMultiple => Reason::AllowOriginMismatch,
        other => other,
    };
    step(a) == step(b)
}

/// Whether an engine that says `found` may mean `expected`. Firefox has one sentence, "CORS request did not
/// succeed", for whatever ends a load before or after CORS had its say.
pub(super) fn is_told_by(expected: Reason, found: Reason) -> bool {
    let is_no_matter_of_cors = matches!(
        expected,
        Reason::BadPort
            | Reason::Integrity
            | Reason::KeepaliveLimit
            | Reason::MimeType
            | Reason::Unusable
            | Reason::RedirectCredentials
            | Reason::RedirectLimit
            | Reason::RedirectLocation
            | Reason::RedirectMode
            | Reason::RedirectScheme
            | Reason::RedirectStream
            | Reason::ServiceWorkerResponse
            | Reason::UnaskedRange
    );
    is_same(expected, found) || (found == Reason::NetworkFailure && is_no_matter_of_cors)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// What no table has words for, and no API tells either: observed, it is unreported, or a page's script names the
    /// exception that it caught.
    const IN_NO_TABLE: [Reason; 10] = [
        Reason::RedirectMode,
        Reason::RedirectStream,
        Reason::Integrity,
        Reason::MimeType,
        Reason::Unusable,
        Reason::UnaskedRange,
        Reason::KeepaliveLimit,
        Reason::CrossOriginObject,
        Reason::TargetOrigin,
        Reason::OpaqueStorage,
    ];

    #[test]
    fn every_reason_has_words_or_is_known_to_have_none() {
        for reason in Reason::ALL {
            let mut wordings = Engine::ALL.into_iter().flat_map(|engine| speech(engine).wordings);
            let is_worded = wordings.any(|(_, worded)| worded == reason);
            let says_how = [is_worded, reason.is_told_by_the_api(), IN_NO_TABLE.contains(reason)];
            assert_eq!(says_how.iter().filter(|says| **says).count(), 1, "{}", reason.word());
        }
    }

    #[rstest]
    #[case::the_same(Reason::MethodNotAllowed, Reason::MethodNotAllowed, true)]
    #[case::one_step(Reason::AllowOriginMultiple, Reason::AllowOriginMismatch, true)]
    #[case::one_word_for_many(Reason::RedirectLimit, Reason::NetworkFailure, true)]
    #[case::but_not_for_cors(Reason::AllowOriginMissing, Reason::NetworkFailure, false)]
    #[case::nor_the_other_way(Reason::NetworkFailure, Reason::RedirectLimit, false)]
    fn words_tell_a_reason(#[case] expected: Reason, #[case] found: Reason, #[case] tells: bool) {
        assert_eq!(is_told_by(expected, found), tells);
    }
}
