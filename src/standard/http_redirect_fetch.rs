//! HTTP-redirect fetch, <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>.

use url::Url;

use super::{
    http_fetch::Fetched,
    main_fetch::is_http_scheme,
    modes::RequestMode,
    origin::{Origin, is_same_origin_url},
    reason::Reason,
    referrer_policy::set_request_referrer_policy_on_redirect,
    request::{BodySource, Request, ResponseTainting},
    request_header::REQUEST_BODY_HEADER_NAMES,
    response::{InternalResponse, LocationUrl},
    user_agent::{Network, UserAgent},
};

/// The standard's bound on redirects.
const MAXIMUM_REDIRECT_COUNT: u32 = 20;

impl<N: Network> UserAgent<N> {
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
        let location_url = match response.location_url(request.current_url()) {
            LocationUrl::Null => return Ok(Fetched::Response(response)),
            LocationUrl::Failure => return Err(Reason::RedirectLocation),
            LocationUrl::Url(url) => url,
        };
        // 6.
        if !is_http_scheme(location_url.scheme()) {
            return Err(Reason::RedirectScheme);
        }
        // 7.-8.
        if request.redirect_count == MAXIMUM_REDIRECT_COUNT {
            return Err(Reason::RedirectLimit);
        }
        request.redirect_count += 1;
        // 9.-10. A server must not choose another origin's credentials.
        if includes_credentials(&location_url)
            && (request.response_tainting == ResponseTainting::Cors
                || (request.mode == RequestMode::Cors && !is_same_origin_url(&request.origin, &location_url)))
        {
            return Err(Reason::RedirectCredentials);
        }
        // 11. A stream cannot be sent twice.
        if response.status != 303 && request.body.as_ref().is_some_and(|body| body.source == BodySource::Null)
        {
            return Err(Reason::RedirectStream);
        }
        // 12. What servers have always meant by these.
        if becomes_get(response.status, &request.method) {
            "GET".clone_into(&mut request.method);
            request.body = None;
            for name in REQUEST_BODY_HEADER_NAMES {
                request.header_list.delete(name);
            }
        }
        // 13. What a script gave one origin is not for another.
        let stays = Origin::of(request.current_url())
            .is_some_and(|origin| is_same_origin_url(&origin, &location_url));
        if !stays {
            request.header_list.delete("Authorization");
        }
        // 14. The body has its source, so it is still whole. 15.-17. Omitted: timing.
        // 18.-19.
        request.append_url(location_url);
        set_request_referrer_policy_on_redirect(request, &response);
        // 20.-22. Main fetch again, to get the response tainting right.
        self.main_fetch(request)
    }
}

/// The condition under which a redirect drops method and body.
fn becomes_get(status: u16, method: &str) -> bool {
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
