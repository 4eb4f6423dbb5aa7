//! Referrer Policy, as far as the `Origin` header depends on it.

use super::{header::HeaderList, modes::ReferrerPolicy, request::Request, response::InternalResponse};

/// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>
pub(super) fn set_request_referrer_policy_on_redirect(request: &mut Request, response: &InternalResponse) {
    if let Some(policy) = parse_a_referrer_policy(&response.header_list) {
        request.referrer_policy = policy;
    }
}

/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>; `None` for the empty string.
pub(super) fn parse_a_referrer_policy(headers: &HeaderList) -> Option<ReferrerPolicy> {
    // The last token that is a policy counts; unknown ones are skipped.
    headers.get("Referrer-Policy")?.split(',').rev().find_map(|token| word(token.trim()))
}

fn word(token: &str) -> Option<ReferrerPolicy> {
    ReferrerPolicy::from_word(&token.to_ascii_lowercase())
}
