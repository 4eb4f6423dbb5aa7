//! Cross-Origin-Opener-Policy, <https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies>.

use super::super::{
    EmbedderPolicy, HeaderList, Origin, PolicyContainer, origin::is_potentially_trustworthy_origin, words,
};

words! {
    /// <https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policy-value>
    OpenerPolicy {
        /// Whoever opens and is opened keep each other.
        UnsafeNone = "unsafe-none",
        /// The document keeps those popups that say nothing.
        SameOriginAllowPopups = "same-origin-allow-popups",
        /// Only documents of the same origin and policy keep each other.
        SameOrigin = "same-origin",
        /// The same, of documents with an embedder policy.
        SameOriginPlusCoep = "same-origin-plus-COEP",
        /// Nobody who opened the document keeps it.
        NoopenerAllowPopups = "noopener-allow-popups",
    }
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#obtain-coop>, of a response of `origin`.
pub fn obtain_an_opener_policy(headers: &HeaderList, origin: &Origin) -> OpenerPolicy {
    if !is_potentially_trustworthy_origin(origin) {
        return OpenerPolicy::UnsafeNone;
    }
    let value = headers.get("Cross-Origin-Opener-Policy").unwrap_or_default();
    match value.split(';').next().unwrap_or_default().trim_matches([' ', '\t']) {
        "same-origin" => match PolicyContainer::of_response(headers, origin).embedder_policy {
            EmbedderPolicy::UnsafeNone => OpenerPolicy::SameOrigin,
            EmbedderPolicy::RequireCorp | EmbedderPolicy::Credentialless => OpenerPolicy::SameOriginPlusCoep,
        },
        "same-origin-allow-popups" => OpenerPolicy::SameOriginAllowPopups,
        "noopener-allow-popups" => OpenerPolicy::NoopenerAllowPopups,
        _ => OpenerPolicy::UnsafeNone,
    }
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#check-browsing-context-group-switch-coop-value-popup>: whether a
/// document that is opened loses its opener, and that one it. Each is a document's origin and policy.
pub fn requires_a_browsing_context_group_switch(
    opener: (&Origin, OpenerPolicy),
    opened: (&Origin, OpenerPolicy),
) -> bool {
    match (opener.1, opened.1) {
        (_, OpenerPolicy::NoopenerAllowPopups) => true,
        (
            OpenerPolicy::SameOriginAllowPopups | OpenerPolicy::NoopenerAllowPopups,
            OpenerPolicy::UnsafeNone,
        ) => false,
        _ => !matches(opener, opened),
    }
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#matching-coop>
fn matches(a: (&Origin, OpenerPolicy), b: (&Origin, OpenerPolicy)) -> bool {
    match (a.1, b.1) {
        (OpenerPolicy::UnsafeNone, OpenerPolicy::UnsafeNone) => true,
        (OpenerPolicy::UnsafeNone, _) | (_, OpenerPolicy::UnsafeNone) => false,
        (one, other) => one == other && a.0.is_same_origin(b.0),
    }
}
