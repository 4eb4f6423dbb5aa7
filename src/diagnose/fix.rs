//! The answers with which a request would succeed.

use fetch_model::{Reason, RefusingStep, is_cors_safelisted_method};

use super::outcome::Place;
use crate::evidence::{ShownExchange, header_of};

/// The header fields that are enough, for the answers that need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    /// Of the answer to the preflight, whose status is 204; `None` where that one passes.
    pub preflight: Option<Vec<(String, String)>>,
    /// The method of the request itself.
    pub method: String,
    /// Of the answer to the request itself.
    pub answer: Vec<(String, String)>,
}

/// Whether a page asks with credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CredentialsUse {
    With,
    Without,
}

impl Fix {
    /// For a request that was stopped at `place` of its `conversation`; `None` where no header helps.
    pub(super) fn of(
        reason: Reason,
        place: Place,
        conversation: &[ShownExchange],
        credentials: CredentialsUse,
    ) -> Option<Self> {
        if !is_up_to_the_server(reason) {
            return None;
        }
        let last = conversation.last()?;
        let origin = header_of(&last.request_headers, "origin")?;
        let granted = |origin: &str| {
            let mut fields = vec![pair("Access-Control-Allow-Origin", origin)];
            if credentials == CredentialsUse::With {
                fields.push(pair("Access-Control-Allow-Credentials", "true"));
            }
            fields
        };
        let mut answer = granted(origin);
        answer.push(pair("Vary", "Origin"));
        let method = || last.request.split(' ').next().unwrap_or_default().to_owned();
        if place != Place::Preflight {
            return Some(Self { preflight: None, method: method(), answer });
        }
        let asked = header_of(&last.request_headers, "access-control-request-method")?;
        let mut preflight = granted(origin);
        if !is_cors_safelisted_method(asked) {
            preflight.push(pair("Access-Control-Allow-Methods", asked));
        }
        if let Some(names) = header_of(&last.request_headers, "access-control-request-headers") {
            preflight.push(pair("Access-Control-Allow-Headers", names));
        }
        preflight.push(pair("Vary", "Origin"));
        Some(Self { preflight: Some(preflight), method: asked.to_owned(), answer })
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Whether other header fields, or another status of the preflight, are enough.
fn is_up_to_the_server(reason: Reason) -> bool {
    match reason.step() {
        RefusingStep::CorsCheck | RefusingStep::CorsPreflightFetch => true,
        RefusingStep::HttpRedirectFetch
        | RefusingStep::MixedContent
        | RefusingStep::LocalNetworkAccess
        | RefusingStep::PortBlocking
        | RefusingStep::ContentSecurityPolicy
        | RefusingStep::Fetch => false,
    }
}
