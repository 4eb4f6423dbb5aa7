//! Policy containers: what a document's response says of everything that the document asks for.

use super::{
    content_security_policy::{ContentSecurityPolicy, parse_a_responses_content_security_policies},
    embedder_policy::{EmbedderPolicy, obtain_an_embedder_policy},
    header::HeaderList,
    modes::ReferrerPolicy,
    origin::{Origin, is_potentially_trustworthy_origin},
    referrer_policy::parse_a_referrer_policy,
};

/// <https://html.spec.whatwg.org/multipage/browsers.html#policy-container>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyContainer {
    /// The CSP list: every Content Security Policy of the document.
    pub csp_list: Vec<ContentSecurityPolicy>,
    /// The embedder policy, from Cross-Origin-Embedder-Policy.
    pub embedder_policy: EmbedderPolicy,
    /// The referrer policy, from Referrer-Policy or a `meta` element.
    pub referrer_policy: ReferrerPolicy,
}

impl Default for PolicyContainer {
    fn default() -> Self {
        Self {
            csp_list: Vec::new(),
            embedder_policy: EmbedderPolicy::UnsafeNone,
            referrer_policy: ReferrerPolicy::StrictOriginWhenCrossOrigin,
        }
    }
}

impl PolicyContainer {
    /// <https://html.spec.whatwg.org/multipage/browsers.html#creating-a-policy-container-from-a-fetch-response>, for
    /// a response of `origin`.
    pub fn of_response(headers: &HeaderList, origin: &Origin) -> Self {
        Self {
            csp_list: parse_a_responses_content_security_policies(headers, origin),
            embedder_policy: if is_potentially_trustworthy_origin(origin) {
                obtain_an_embedder_policy(headers)
            } else {
                EmbedderPolicy::UnsafeNone
            },
            referrer_policy: parse_a_referrer_policy(headers)
                .unwrap_or(ReferrerPolicy::StrictOriginWhenCrossOrigin),
        }
    }
}
