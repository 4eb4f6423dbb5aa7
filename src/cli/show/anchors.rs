//! The algorithms of the standard that decided an outcome.

use crate::{
    case::ResponseType,
    observation::{GivenReason, Read, SentRequest, StepOutcome},
    report::explain::explain,
};

/// The algorithms of the standard that decided, with their anchors.
pub(super) fn anchors(outcome: &StepOutcome, sent: &[SentRequest]) -> Vec<(String, &'static str)> {
    let mut anchors = Vec::new();
    if sent.iter().any(|request| request.headers.contains_key("access-control-request-method")) {
        let anchor = "https://fetch.spec.whatwg.org/#cors-preflight-fetch";
        anchors.push(("CORS-preflight fetch:".to_owned(), anchor));
    }
    let response = match &outcome.read {
        Read::Allowed(response) | Read::Opaque(response) => response,
        Read::Blocked => {
            if let Some(GivenReason::Given(reason)) = outcome.reason {
                let explanation = explain(reason);
                // A preflight that says no is told once.
                anchors.retain(|(_, anchor)| *anchor != explanation.spec);
                anchors.push((explanation.title.to_owned(), explanation.spec));
            }
            return anchors;
        }
    };
    let mut add = |what: &str, anchor| anchors.push((what.to_owned(), anchor));
    if response.redirected == Some(true) {
        add("HTTP-redirect fetch:", "https://fetch.spec.whatwg.org/#http-redirect-fetch");
    }
    match response.response_type {
        Some(ResponseType::Cors) => {
            add("CORS check:", "https://fetch.spec.whatwg.org/#concept-cors-check");
            add("CORS filtered response:", "https://fetch.spec.whatwg.org/#concept-filtered-response-cors");
        }
        Some(ResponseType::Basic) => {
            add("basic filtered response:", "https://fetch.spec.whatwg.org/#concept-filtered-response-basic");
        }
        Some(ResponseType::Opaque) => {
            add(
                "opaque filtered response:",
                "https://fetch.spec.whatwg.org/#concept-filtered-response-opaque",
            );
        }
        Some(ResponseType::OpaqueRedirect) => add(
            "opaque-redirect filtered response:",
            "https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect",
        ),
        Some(ResponseType::Default | ResponseType::Error) | None => {}
    }
    anchors
}
