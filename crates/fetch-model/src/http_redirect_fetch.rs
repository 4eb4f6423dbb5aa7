//! HTTP-redirect fetch, <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>.

use url::Url;

use super::{
    http_fetch::Fetched,
    main_fetch::is_http_scheme,
    modes::RequestMode,
    origin::{Origin, is_same_origin_url},
    reason::Reason,
    request::{BodySource, Request, ResponseTainting},
    response::{InternalResponse, LocationUrl},
    user_agent::{Network, UserAgent},
};

/// The standard's bound on redirects.
pub(super) const MAXIMUM_REDIRECT_COUNT: u32 = 20;

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn http_redirect_fetch(
        &mut self,
        request: &mut Request,
        response: InternalResponse,
    ) -> Result<Fetched, Reason> {
        // 3.-5. A redirect that does not say where to is an answer like any other.
        let location_url = match self.rules.location_url(&response, request.current_url()) {
            LocationUrl::Null => return Ok(Fetched::Response(response)),
            LocationUrl::Failure => return Err(Reason::RedirectLocation),
            LocationUrl::Url(url) => url,
        };
        // 6.
        if !self.rules.may_be_redirected_to(&location_url) {
            return Err(Reason::RedirectScheme);
        }
        // 7.-8.
        if request.redirect_count == self.rules.maximum_redirect_count() {
            return Err(Reason::RedirectLimit);
        }
        request.redirect_count += 1;
        // 9.-10.
        if self.rules.carries_credentials_across(request, &location_url) {
            return Err(Reason::RedirectCredentials);
        }
        // 11.
        if self.rules.cannot_be_sent_again(request, &response) {
            return Err(Reason::RedirectStream);
        }
        // 12. What servers have always meant by these.
        if self.rules.becomes_get(response.status, &request.method) {
            "GET".clone_into(&mut request.method);
            request.body = None;
            for name in self.rules.request_body_header_names() {
                request.header_list.delete(name);
            }
        }
        // 13.
        if !self.rules.keeps_authorization(request.current_url(), &location_url) {
            request.header_list.delete("Authorization");
        }
        // 14. The body has its source, so it is still whole. 15.-17. Omitted: timing.
        // 18.-19.
        request.append_url(location_url);
        self.rules.set_request_referrer_policy_on_redirect(request, &response);
        // 20.-22. Main fetch again, to get the response tainting right.
        self.main_fetch(request)
    }
}

/// The condition of step 6.: a server can send a request to another, not into the page's own schemes.
pub(super) fn may_be_redirected_to(location: &Url) -> bool {
    is_http_scheme(location.scheme())
}

/// The conditions of steps 9. and 10.: a server must not choose another origin's credentials.
pub(super) fn carries_credentials_across(request: &Request, location: &Url) -> bool {
    includes_credentials(location)
        && (request.response_tainting == ResponseTainting::Cors
            || (request.mode == RequestMode::Cors && !is_same_origin_url(&request.origin, location)))
}

/// The condition of step 11.: a stream flows once.
pub(super) fn cannot_be_sent_again(request: &Request, response: &InternalResponse) -> bool {
    response.status != 303 && request.body.as_ref().is_some_and(|body| body.source == BodySource::Null)
}

/// The condition of step 13.: what a script gave one origin is not for another.
pub(super) fn keeps_authorization(from: &Url, to: &Url) -> bool {
    Origin::of(from).is_some_and(|origin| is_same_origin_url(&origin, to))
}

/// The condition of step 12., under which a redirect drops method and body.
pub(super) fn becomes_get(status: u16, method: &str) -> bool {
    match status {
        301 | 302 => method == "POST",
        303 => !matches!(method, "GET" | "HEAD"),
        _ => false,
    }
}

/// <https://url.spec.whatwg.org/#include-credentials>
pub(super) fn includes_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some_and(|password| !password.is_empty())
}
