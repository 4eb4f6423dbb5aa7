//! The `Origin` header, <https://fetch.spec.whatwg.org/#origin-header>.

use super::{
    modes::{ReferrerPolicy, RequestMode},
    request::{Request, ResponseTainting},
    rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
pub fn append_a_request_origin_header(rules: &(impl Rules + ?Sized), request: &mut Request) {
    // 2.
    let mut serialized_origin = rules.serialize_a_request_origin(request);
    // 3. CORS and WebSocket requests always tell.
    if request.response_tainting == ResponseTainting::Cors || request.mode == RequestMode::Websocket {
        request.header_list.append("Origin", &serialized_origin);
        return;
    }
    // 4. Others tell where they may change something, as far as the referrer policy lets them.
    if matches!(request.method.as_str(), "GET" | "HEAD") {
        return;
    }
    if request.mode != RequestMode::Cors && is_withheld(request) {
        "null".clone_into(&mut serialized_origin);
    }
    request.header_list.append("Origin", &serialized_origin);
}

/// Whether the referrer policy keeps the origin back.
fn is_withheld(request: &Request) -> bool {
    match request.referrer_policy {
        ReferrerPolicy::NoReferrer => true,
        ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
            request.origin.scheme() == Some("https") && request.current_url().scheme() != "https"
        }
        ReferrerPolicy::SameOrigin => !request.is_same_origin(),
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
    }
}
