//! The response of a fetch as a script sees it.

use std::collections::BTreeMap;

use corsproof_fixture::Token;
use fetch_model::{ReadableResponse, Reason, Response};
use url::Url;

use crate::{
    case::{Disclosure, Loaded, ResponseType, Step},
    observation::{GivenReason, Read, SeenResponse, StepOutcome},
};

/// The outcome of a step that fetches, as its script sees it.
pub(super) fn outcome(token: &Token, step: &Step, fetched: &Result<Response, Reason>) -> StepOutcome {
    let response_type = |of| match step.request.via.disclosure() {
        Disclosure::ResponseObject => Some(of),
        Disclosure::Response | Disclosure::Content => None,
    };
    let read = match fetched {
        Err(reason) | Ok(Response::NetworkError(reason)) => {
            return StepOutcome {
                loaded: Loaded::No,
                read: Read::Blocked,
                reason: Some(GivenReason::Given(*reason)),
                messages: Vec::new(),
                leaks: Vec::new(),
            };
        }
        Ok(Response::Basic(response)) => {
            Read::Allowed(seen(token, response, response_type(ResponseType::Basic)))
        }
        Ok(Response::Cors(response)) => {
            Read::Allowed(seen(token, response, response_type(ResponseType::Cors)))
        }
        Ok(Response::Opaque) => Read::Opaque(unseen(ResponseType::Opaque, String::new())),
        Ok(Response::OpaqueRedirect { url }) => {
            Read::Opaque(unseen(ResponseType::OpaqueRedirect, shown(token, url)))
        }
    };
    StepOutcome { loaded: Loaded::Yes, read, reason: None, messages: Vec::new(), leaks: Vec::new() }
}

/// A readable response. An XHR does not tell the type, nor whether it was redirected.
fn seen(token: &Token, response: &ReadableResponse, response_type: Option<ResponseType>) -> SeenResponse {
    SeenResponse {
        response_type,
        status: response.status,
        url: response.url_list.last().map(|url| shown(token, url)).unwrap_or_default(),
        redirected: response_type.map(|_| response.url_list.len() > 1),
        headers: response
            .header_list
            .sort_and_combine()
            .into_iter()
            .map(|(name, value)| (name, token.strip_from(&value)))
            .collect(),
        body: token.strip_from(&String::from_utf8_lossy(&response.body)),
    }
}

/// A response of which a script sees nothing but that it is there.
fn unseen(response_type: ResponseType, url: String) -> SeenResponse {
    SeenResponse {
        response_type: Some(response_type),
        status: 0,
        url,
        redirected: Some(false),
        headers: BTreeMap::new(),
        body: String::new(),
    }
}

/// `response.url`: without the fragment, and here without the token.
fn shown(token: &Token, url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    token.strip_from(url.as_str())
}
