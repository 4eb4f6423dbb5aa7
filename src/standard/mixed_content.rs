//! Mixed content, <https://w3c.github.io/webappsec-mixed-content/>.

use super::{
    main_fetch::is_http_scheme, mime_type::Destination, origin::is_potentially_trustworthy, request::Request,
};

/// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>: a window may go anywhere, what is in it may not.
pub(super) fn should_fetching_request_be_blocked_as_mixed_content(request: &Request) -> bool {
    request.destination != Destination::Document
        && request.client.top_level_origin.scheme() == Some("https")
        && is_http_scheme(request.current_url().scheme())
        && !is_potentially_trustworthy(request.current_url())
}
