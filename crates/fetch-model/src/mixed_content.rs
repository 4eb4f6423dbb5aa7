//! Mixed content, <https://w3c.github.io/webappsec-mixed-content/>.

use url::Host;

use super::{
    main_fetch::is_http_scheme, mime_type::Destination, origin::is_potentially_trustworthy, request::Request,
};

/// <https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm>: images, audio and video by their own element are
/// asked for over https instead.
pub(super) fn upgrade_a_mixed_content_request(request: &mut Request) {
    let url = request.current_url();
    let is_address = matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
    // Omitted: srcset, which no case has.
    if is_potentially_trustworthy(url)
        || is_address
        || !prohibits_mixed_security_contexts(request)
        || !matches!(request.destination, Destination::Image | Destination::Audio | Destination::Video)
    {
        return;
    }
    request.upgrade_scheme();
}

/// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>
pub(super) fn should_fetching_request_be_blocked_as_mixed_content(request: &Request) -> bool {
    // A window may go anywhere; what is in it may not.
    request.destination != Destination::Document
        && prohibits_mixed_security_contexts(request)
        && is_http_scheme(request.current_url().scheme())
        && !is_potentially_trustworthy(request.current_url())
}

/// <https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object>
fn prohibits_mixed_security_contexts(request: &Request) -> bool {
    // Departs: a page of this machine's own is trustworthy over http too, but was not brought by https.
    request.client.top_level_origin.scheme() == Some("https") || request.origin.scheme() == Some("https")
}
