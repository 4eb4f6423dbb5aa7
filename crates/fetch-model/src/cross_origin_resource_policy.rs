//! Cross-Origin-Resource-Policy, <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>.

use super::{
    embedder_policy::EmbedderPolicy, header::HeaderList, http_network_or_cache_fetch::Credentials,
    origin::Origin, reason::Reason, request::Request, rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>. The two passes of the check differ in whom they
/// report to alone, so this is the one that knows the embedder policy.
///
/// # Errors
/// That it is blocked.
pub(super) fn cross_origin_resource_policy_check(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: &HeaderList,
) -> Result<(), Reason> {
    let Some(url_origin) = Origin::of(request.current_url()) else { return Ok(()) };
    // 2.-4. Anything that is no policy, also two of them, is as good as nothing; and what nothing means is the
    // embedder's to say.
    let policy = response.get("Cross-Origin-Resource-Policy");
    let policy = match policy.as_deref() {
        Some(policy @ ("same-origin" | "same-site" | "cross-origin")) => Some(policy),
        _ => match request.client.policy_container.embedder_policy {
            EmbedderPolicy::UnsafeNone => None,
            EmbedderPolicy::Credentialless => {
                (rules.include_credentials(request) == Credentials::Included).then_some("same-origin")
            }
            EmbedderPolicy::RequireCorp => Some("same-origin"),
        },
    };
    // 5.
    let allowed = match policy {
        Some("same-origin") => request.origin.is_same_origin(&url_origin),
        Some("same-site") => {
            request.origin.is_schemelessly_same_site(&url_origin)
                && (request.origin.scheme() == Some("https") || url_origin.scheme() != Some("https"))
        }
        _ => true,
    };
    if allowed { Ok(()) } else { Err(Reason::ResourcePolicy) }
}
