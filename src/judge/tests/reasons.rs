use browsers::Engine;
use fetch_model::Reason;
use rstest::rstest;

use super::rig::case;
use crate::judge::reason_of;

// Sentences as the engines of this year wrote them to their consoles.
#[rstest]
#[case(
    Engine::Chromium,
    "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by CORS \
     policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    Reason::AllowOriginMissing
)]
#[case(
    Engine::Chromium,
    "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by CORS \
     policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
    Reason::PreflightStatus
)]
#[case(
    Engine::Chromium,
    "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by CORS \
     policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    Reason::MethodNotAllowed
)]
#[case(
    Engine::Chromium,
    "https://api.example.com/data - Failed to load resource: net::ERR_TOO_MANY_REDIRECTS",
    Reason::RedirectLimit
)]
// It says CORS, and means something else.
#[case(
    Engine::Chromium,
    "Access to fetch at 'http://localhost:3000/data' from origin 'https://app.example.com' has been blocked by CORS \
     policy: Permission was denied for this request to access the `loopback` address space.",
    Reason::LocalNetworkAccess
)]
#[case(
    Engine::Firefox,
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
     https://api.example.com/data. (Reason: CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing). Status code: 200.",
    Reason::AllowOriginMissing
)]
#[case(
    Engine::Firefox,
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
     https://api.example.com/data. (Reason: Did not find method in CORS header \u{2018}Access-Control-Allow-Methods\u{2019}).",
    Reason::MethodNotAllowed
)]
fn words_name_a_reason(#[case] engine: Engine, #[case] words: &str, #[case] reason: Reason) {
    assert_eq!(reason_of(engine, &case("refused").steps[0], &[words.to_owned()]), Some(reason));
}

#[rstest]
#[case(Engine::Chromium, "TypeError: Failed to fetch")]
#[case(Engine::Chromium, "https://api.example.com/data - Failed to load resource: net::ERR_FAILED")]
#[case(Engine::Firefox, "TypeError: NetworkError when attempting to fetch resource.")]
#[case(Engine::WebKit, "Origin https://app.example.com is not allowed by Access-Control-Allow-Origin.")]
fn words_that_name_none(#[case] engine: Engine, #[case] words: &str) {
    assert_eq!(reason_of(engine, &case("refused").steps[0], &[words.to_owned()]), None);
}

#[test]
fn firefox_says_two_things_of_an_answer_that_never_came() {
    let messages = [
        "(Reason: Multiple CORS header \u{2018}Access-Control-Allow-Origin\u{2019} not allowed).",
        "(Reason: CORS request did not succeed). Status code: (null).",
    ];
    let step = &case("refused").steps[0];
    let both = messages.map(str::to_owned);
    assert_eq!(reason_of(Engine::Firefox, step, &both), Some(Reason::NetworkFailure));
    assert_eq!(reason_of(Engine::Firefox, step, &both[..1]), Some(Reason::AllowOriginMultiple));
}
