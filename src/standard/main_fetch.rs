//! Main fetch, <https://fetch.spec.whatwg.org/#concept-main-fetch>: which way a request takes.

use super::{
    http_fetch::{Fetched, MakeCorsPreflight},
    method::is_cors_safelisted_method,
    mixed_content::should_fetching_request_be_blocked_as_mixed_content,
    modes::{RedirectMode, RequestMode},
    port_blocking::should_request_be_blocked_due_to_a_bad_port,
    reason::Reason,
    request::{Request, ResponseTainting, UnsafeRequest, UseCorsPreflight},
    request_header::cors_unsafe_request_header_names,
    response::Response,
    scheme_fetch::scheme_fetch,
    status::is_null_body_status,
    user_agent::{Network, UserAgent},
};

impl<N: Network> UserAgent<N> {
    /// <https://fetch.spec.whatwg.org/#concept-fetch>: fetches `request` to its end.
    pub fn fetch(&mut self, mut request: Request) -> Response {
        match self.main_fetch(&mut request) {
            Err(reason) => Response::NetworkError(reason),
            Ok(Fetched::OpaqueRedirect) => Response::OpaqueRedirect { url: request.current_url().clone() },
            Ok(Fetched::Response(mut response)) => {
                // Omitted: the checks by MIME type and nosniff, because no destination here is a script or
                // a style sheet; integrity metadata; range responses from service workers.
                if request.method == "HEAD" || is_null_body_status(response.status) {
                    response.body.clear();
                }
                response.filter(&request)
            }
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>, recursive: without the filter at its end.
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn main_fetch(&mut self, request: &mut Request) -> Result<Fetched, Reason> {
        // 1.-7. What is blocked whatever CORS may say.
        // Omitted: Content Security Policy, upgrades and Integrity Policy, because no page has any; HSTS.
        if should_request_be_blocked_due_to_a_bad_port(request.current_url()) {
            return Err(Reason::BadPort);
        }
        if should_fetching_request_be_blocked_as_mixed_content(request) {
            return Err(Reason::MixedContent);
        }
        // 11. The first that matches.
        // Omitted: preloaded response candidates.
        if (request.is_same_origin() && request.response_tainting == ResponseTainting::Basic)
            || request.current_url().scheme() == "data"
            || matches!(request.mode, RequestMode::Navigate | RequestMode::Websocket)
        {
            request.response_tainting = ResponseTainting::Basic;
            return self.scheme_or_http_fetch(request);
        }
        match request.mode {
            RequestMode::SameOrigin => return Err(Reason::RequestMode),
            RequestMode::NoCors => {
                if request.redirect_mode != RedirectMode::Follow {
                    return Err(Reason::RequestMode);
                }
                request.response_tainting = ResponseTainting::Opaque;
                return self.scheme_or_http_fetch(request);
            }
            RequestMode::Cors | RequestMode::Navigate | RequestMode::Websocket => {}
        }
        if !is_http_scheme(request.current_url().scheme()) {
            return Err(Reason::UrlScheme);
        }
        request.response_tainting = ResponseTainting::Cors;
        if needs_a_cors_preflight(request) {
            return self.http_fetch(request, MakeCorsPreflight::Yes).inspect_err(|_| {
                self.cors_preflight_cache.clear_entries(request);
            });
        }
        self.http_fetch(request, MakeCorsPreflight::No)
    }

    /// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>
    fn scheme_or_http_fetch(&mut self, request: &mut Request) -> Result<Fetched, Reason> {
        if is_http_scheme(request.current_url().scheme()) {
            return self.http_fetch(request, MakeCorsPreflight::No);
        }
        scheme_fetch(request.current_url()).map(Fetched::Response)
    }
}

/// The condition of <https://fetch.spec.whatwg.org/#concept-main-fetch> that leads to a preflight.
fn needs_a_cors_preflight(request: &Request) -> bool {
    request.use_cors_preflight == UseCorsPreflight::Set
        || (request.unsafe_request == UnsafeRequest::Set
            && (!is_cors_safelisted_method(&request.method)
                || !cors_unsafe_request_header_names(&request.header_list).is_empty()))
}

/// <https://fetch.spec.whatwg.org/#http-scheme>
pub(super) fn is_http_scheme(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}
