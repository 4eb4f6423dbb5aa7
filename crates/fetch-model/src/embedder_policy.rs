//! Cross-Origin-Embedder-Policy, <https://html.spec.whatwg.org/multipage/browsers.html#coep>.

use super::{
    header::HeaderList, modes::RequestMode, request::RedirectTaint, request::Request, rules::Rules, words,
};

words! {
    /// <https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value>
    EmbedderPolicy default UnsafeNone {
        /// Whatever loads may be embedded.
        UnsafeNone = "unsafe-none",
        /// What is embedded must say that it may be.
        RequireCorp = "require-corp",
        /// What is asked for without CORS is asked for without credentials.
        Credentialless = "credentialless",
    }
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#obtain-an-embedder-policy>, for a secure context; elsewhere
/// there is none. Omitted: the report-only header, which blocks nothing.
pub(super) fn obtain_an_embedder_policy(headers: &HeaderList) -> EmbedderPolicy {
    // A structured field of one token: what does not parse, two of them too, is none.
    let value = headers.get("Cross-Origin-Embedder-Policy").unwrap_or_default();
    let token = value.split(';').next().unwrap_or_default();
    EmbedderPolicy::from_word(token.trim_matches([' ', '\t'])).unwrap_or_default()
}

/// <https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials>
pub(super) fn cross_origin_embedder_policy_allows_credentials(
    rules: &(impl Rules + ?Sized),
    request: &Request,
) -> bool {
    // Departs: step 5. as it stands asks that a redirect-taint is *not* "same-origin", by which a page would be
    // without credentials at its own server. Before redirect-taint had three values it asked for none, as its name says.
    request.mode != RequestMode::NoCors
        || request.client.policy_container.embedder_policy != EmbedderPolicy::Credentialless
        || (request.is_same_origin() && rules.redirect_taint(request) == RedirectTaint::SameOrigin)
}
