//! Cross-Origin-Resource-Policy, <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>.

use super::{header::HeaderList, origin::Origin, reason::Reason, request::Request};

/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>, for pages without an embedder policy.
///
/// # Errors
/// That it is blocked.
pub(super) fn cross_origin_resource_policy_check(
    request: &Request,
    response: &HeaderList,
) -> Result<(), Reason> {
    let Some(url_origin) = Origin::of(request.current_url()) else { return Ok(()) };
    let allowed = match response.get("Cross-Origin-Resource-Policy").as_deref() {
        Some("same-origin") => request.origin.is_same_origin(&url_origin),
        Some("same-site") => {
            request.origin.is_schemelessly_same_site(&url_origin)
                && (request.origin.scheme() == Some("https") || url_origin.scheme() != Some("https"))
        }
        // Anything else, also two of them, is as good as nothing.
        _ => true,
    };
    if allowed { Ok(()) } else { Err(Reason::ResourcePolicy) }
}
