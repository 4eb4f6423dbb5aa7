//! The outcome of a step, from what the page returned for it.

use std::collections::BTreeMap;

use corsproof_fixture::Token;
use fetch_model::Reason;

use super::{ScriptError, ScriptRead, ScriptResponse, StepResult};
use crate::{
    case::{Loaded, ResponseType},
    observation::{GivenReason, Read, SeenResponse, StepOutcome},
};

/// Header fields that no server sent: Firefox tells so of a response that it came over HTTP/2.
const ADDED_BY_ENGINES: [&str; 1] = ["x-firefox-spdy"];

/// Why a step shows nothing. None of these says anything about what a script may read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoOutcome {
    /// There was no answer in time.
    #[error("the request had neither an answer nor an error within {limit_ms} ms")]
    TimedOut { limit_ms: u64 },
    /// The engine lacks the feature that the step needs.
    #[error("the engine does not support {0}")]
    Unsupported(String),
    /// The request was taken back, as happens where the page is about to go: no answer is refused so.
    #[error("the browser aborted the request: {0}")]
    Aborted(String),
    /// The script inside the page failed, or returned what it never should.
    #[error("the script inside the page failed: {0}")]
    Broken(String),
}

/// What a step's result shows, without the case's token in any text.
///
/// # Errors
/// Where it shows nothing: no answer in time, a missing feature, a failure of the harness.
pub(crate) fn outcome(token: &Token, result: &StepResult) -> Result<StepOutcome, NoOutcome> {
    match result {
        StepResult::Resolved { response, .. } => resolved(token, response),
        StepResult::Rejected { error, .. } if error.name == "AbortError" => {
            Err(NoOutcome::Aborted(token.strip_from(&error.message)))
        }
        StepResult::Rejected { error, .. } => Ok(rejected(token, error)),
        StepResult::Embedded { loaded, read, .. } => embedded(token, (*loaded).into(), read),
        StepResult::TimedOut { limit_ms } => Err(NoOutcome::TimedOut { limit_ms: *limit_ms }),
        StepResult::Unsupported { what } => Err(NoOutcome::Unsupported(what.clone())),
        StepResult::Broken { what } => Err(NoOutcome::Broken(token.strip_from(what))),
    }
}

fn resolved(token: &Token, response: &ScriptResponse) -> Result<StepOutcome, NoOutcome> {
    let response_type = response.r#type.as_deref().map(response_type).transpose()?;
    let seen = SeenResponse {
        response_type,
        status: response.status,
        url: token.strip_from(&response.url),
        redirected: response.redirected,
        headers: headers(token, &response.headers),
        body: token.strip_from(&response.body),
    };
    let read = match response_type {
        Some(ResponseType::Opaque | ResponseType::OpaqueRedirect) => Read::Opaque(seen),
        _ => Read::Allowed(seen),
    };
    Ok(StepOutcome { loaded: Loaded::Yes, read, reason: None, messages: Vec::new(), leaks: Vec::new() })
}

/// Why it was rejected is told elsewhere, in the engine's console, except where the API throws.
fn rejected(token: &Token, error: &ScriptError) -> StepOutcome {
    let told = error.reason.as_deref().and_then(Reason::from_word);
    let thrown = error.thrown.then_some(Reason::InvalidRequest);
    let reason = told.or(thrown).map_or(GivenReason::Unreported, GivenReason::Given);
    let message = format!("{}: {}", error.name, token.strip_from(&error.message));
    let leaks = error.leaks.iter().map(|leak| token.strip_from(leak)).collect();
    let messages = if error.message.is_empty() { Vec::new() } else { vec![message] };
    StepOutcome { loaded: Loaded::No, read: Read::Blocked, reason: Some(reason), messages, leaks }
}

/// The outcome of an element. A script gets no response object; what it reads is taken as the body.
fn embedded(token: &Token, loaded: Loaded, read: &ScriptRead) -> Result<StepOutcome, NoOutcome> {
    let outcome = |read| StepOutcome { loaded, read, reason: None, messages: Vec::new(), leaks: Vec::new() };
    let (reason, message, leaks) = match read {
        ScriptRead::Allowed { body } => {
            return Ok(outcome(Read::Allowed(SeenResponse::of_text(token.strip_from(body)))));
        }
        ScriptRead::Opaque => return Ok(outcome(Read::Opaque(SeenResponse::of_text(String::new())))),
        ScriptRead::Blocked { reason, message, leaks } => (reason, message, leaks),
    };
    let reason = match reason.as_deref() {
        None => GivenReason::Unreported,
        Some(word) => GivenReason::Given(
            Reason::from_word(word)
                .ok_or_else(|| NoOutcome::Broken(format!("it gave the reason '{word}', which is none")))?,
        ),
    };
    let strip = |texts: &[String]| texts.iter().map(|text| token.strip_from(text)).collect();
    let messages = if message.is_empty() { Vec::new() } else { strip(std::slice::from_ref(message)) };
    Ok(StepOutcome { reason: Some(reason), messages, leaks: strip(leaks), ..outcome(Read::Blocked) })
}

fn headers(token: &Token, pairs: &[(String, String)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .filter(|(name, _)| !ADDED_BY_ENGINES.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), token.strip_from(value)))
        .collect()
}

fn response_type(word: &str) -> Result<ResponseType, NoOutcome> {
    match word {
        "basic" => Ok(ResponseType::Basic),
        "cors" => Ok(ResponseType::Cors),
        "default" => Ok(ResponseType::Default),
        "error" => Ok(ResponseType::Error),
        "opaque" => Ok(ResponseType::Opaque),
        "opaqueredirect" => Ok(ResponseType::OpaqueRedirect),
        _ => Err(NoOutcome::Broken(format!("it saw a response of the type '{word}', which is none"))),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    fn shown(result: Value) -> Result<StepOutcome, NoOutcome> {
        outcome(&Token::new(1, 7), &serde_json::from_value(result).unwrap())
    }

    fn response(r#type: &Value) -> Value {
        json!({"outcome": "resolved", "duration_ms": 1.5, "response": {
            "type": r#type, "status": 200, "status_text": "OK", "redirected": false,
            "url": "https://api.example.com/?corsproof=t1n7t",
            "headers": [["x-b", "t1n7t"], ["x-a", "n-t1n7t=1, 2"]], "body": "at /?a=b&corsproof=t1n7t" }})
    }

    #[rstest]
    #[case(json!("cors"), Some(ResponseType::Cors))]
    #[case(json!("basic"), Some(ResponseType::Basic))]
    #[case::xhr(Value::Null, None)]
    fn a_readable_response_is_allowed_and_without_its_token(
        #[case] word: Value,
        #[case] response_type: Option<ResponseType>,
    ) {
        let shown = shown(response(&word)).unwrap();
        let Read::Allowed(seen) = shown.read else { panic!("{shown:?}") };
        assert_eq!((shown.loaded, shown.reason, shown.messages), (Loaded::Yes, None, vec![]));
        assert_eq!(seen.response_type, response_type);
        assert_eq!(seen.url, "https://api.example.com/");
        assert_eq!(seen.body, "at /?a=b");
        let headers: Vec<(&str, &str)> =
            seen.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(headers, [("x-a", "n=1, 2"), ("x-b", "{token}")]);
    }

    #[rstest]
    #[case("opaque")]
    #[case("opaqueredirect")]
    fn a_filtered_response_is_opaque(#[case] word: &str) {
        assert!(matches!(shown(response(&json!(word))).unwrap().read, Read::Opaque(_)));
    }

    #[rstest]
    #[case::fetch("TypeError", "no /?corsproof=t1n7t", false, GivenReason::Unreported, vec!["TypeError: no /"])]
    #[case::xhr("NetworkError", "", false, GivenReason::Unreported, vec![])]
    #[case::thrown("SyntaxError", "bad", true, GivenReason::Given(Reason::InvalidRequest), vec!["SyntaxError: bad"])]
    fn an_error_is_a_blocked_read(
        #[case] name: &str,
        #[case] message: &str,
        #[case] thrown: bool,
        #[case] reason: GivenReason,
        #[case] messages: Vec<&str>,
    ) {
        let error = json!({"name": name, "message": message, "thrown": thrown, "leaks": []});
        let shown = shown(json!({"outcome": "rejected", "error": error, "duration_ms": 0})).unwrap();
        assert_eq!((shown.loaded, shown.read), (Loaded::No, Read::Blocked));
        assert_eq!(
            (shown.reason, shown.messages),
            (Some(reason), messages.into_iter().map(str::to_owned).collect())
        );
    }

    #[test]
    fn what_an_engine_adds_to_a_response_is_left_out() {
        let pairs =
            [("x-firefox-spdy", "h2"), ("etag", "a-t1n7t")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let kept = headers(&Token::new(1, 7), &pairs);
        assert_eq!(kept, BTreeMap::from([("etag".to_owned(), "a".to_owned())]));
    }

    #[rstest]
    #[case(json!({"outcome": "timed-out", "limit_ms": 2000}), "the request had neither an answer nor an error within 2000 ms")]
    #[case(json!({"outcome": "unsupported", "what": "streams"}), "the engine does not support streams")]
    #[case(json!({"outcome": "broken", "what": "Error: x"}), "the script inside the page failed: Error: x")]
    #[case(response(&json!("odd")), "the script inside the page failed: it saw a response of the type 'odd', which is none")]
    fn what_shows_nothing_is_no_verdict(#[case] result: Value, #[case] words: &str) {
        assert_eq!(shown(result).unwrap_err().to_string(), words);
    }
}
