//! Referrer Policy, as far as the `Origin` header depends on it.

use super::{modes::ReferrerPolicy, request::Request, response::InternalResponse};

/// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>
pub(super) fn set_request_referrer_policy_on_redirect(request: &mut Request, response: &InternalResponse) {
    // The last token that is a policy counts; unknown ones are skipped.
    let policy = response
        .header_list
        .get("Referrer-Policy")
        .and_then(|value| value.split(',').rev().find_map(|token| word(token.trim())));
    if let Some(policy) = policy {
        request.referrer_policy = policy;
    }
}

/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>: one token of it.
fn word(token: &str) -> Option<ReferrerPolicy> {
    ReferrerPolicy::from_word(&token.to_ascii_lowercase())
}
