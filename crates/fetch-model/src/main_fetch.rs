//! Main fetch, <https://fetch.spec.whatwg.org/#concept-main-fetch>: which way a request takes.

use super::{
    html::{Preload, PreloadKey},
    http_fetch::{Fetched, MakeCorsPreflight},
    mime_type::Destination,
    modes::{RedirectMode, RequestMode},
    reason::Reason,
    request::{Request, ResponseTainting, UnsafeRequest, UseCorsPreflight},
    response::{FilteredResponse, Response, UnsafeResponse},
    rules::Rules,
    user_agent::{Network, UserAgent},
};

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#concept-fetch>: fetches `request` to its end.
    pub fn fetch(&mut self, request: Request) -> Response {
        self.fetch_filtered(request).map_or_else(Response::NetworkError, |filtered| filtered.response)
    }

    /// The same, with the response before it is filtered.
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn fetch_filtered(&mut self, mut request: Request) -> Result<FilteredResponse, Reason> {
        self.fetch_in_place(&mut request)
    }

    /// The same, where what has become of the request is of interest.
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn fetch_in_place(&mut self, request: &mut Request) -> Result<FilteredResponse, Reason> {
        let filtered = match self.fetch_or_consume(request)? {
            Fetched::OpaqueRedirect(internal_response, url) => FilteredResponse {
                response: Response::OpaqueRedirect { url: url.clone() },
                internal_response,
                url_list: vec![url],
            },
            Fetched::Filtered(filtered) => filtered,
            Fetched::Response(mut response) => {
                // Omitted: the checks by MIME type and nosniff, because no destination here is a script or
                // a style sheet.
                let has_null_body =
                    request.method == "HEAD" || self.rules.is_null_body_status(response.status);
                if has_null_body {
                    response.body.clear();
                }
                let body = (!has_null_body).then_some(response.body.as_slice());
                self.rules.check_integrity(request, body)?;
                FilteredResponse {
                    response: self.rules.filtered_response(request, response.clone()),
                    internal_response: response,
                    url_list: request.url_list().to_vec(),
                }
            }
        };
        // 20.
        if self.rules.is_part_that_nobody_asked_for(request, &filtered) {
            return Err(Reason::UnaskedRange);
        }
        Ok(filtered)
    }

    /// The same for an element: the response is not filtered, and its kind must fit `destination`.
    ///
    /// # Errors
    /// A network error, and why.
    pub fn fetch_for(
        &mut self,
        destination: Destination,
        mut request: Request,
    ) -> Result<UnsafeResponse, Reason> {
        request.destination = destination;
        let (response, url, tainting) = match self.fetch_or_consume(&mut request)? {
            Fetched::Response(response) => {
                (response, request.current_url().clone(), request.response_tainting)
            }
            Fetched::Filtered(filtered) => {
                if self.rules.is_part_that_nobody_asked_for(&request, &filtered) {
                    return Err(Reason::UnaskedRange);
                }
                let url = filtered.url_list.last().unwrap_or(request.current_url()).clone();
                let tainting = filtered.tainting();
                (filtered.internal_response, url, tainting)
            }
            // Elements follow redirects.
            Fetched::OpaqueRedirect(..) => return Err(Reason::RedirectMode),
        };
        self.rules.should_be_blocked_due_to_mime_type(destination, &response.header_list)?;
        self.rules.should_be_blocked_due_to_nosniff(destination, &response.header_list)?;
        let response = UnsafeResponse { response, url, tainting };
        self.rules.check_integrity(&request, Some(&response.response.body))?;
        Ok(response)
    }

    /// The same for a preload: keeps what came of it for the request that will want it.
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn preload(&mut self, destination: Destination, mut request: Request) -> Result<(), Reason> {
        request.destination = destination;
        let key = PreloadKey::of(&request);
        let response = self.main_fetch(&mut request);
        let came = response.as_ref().map(drop).map_err(|reason| *reason);
        self.preloads.push(Preload { key, fetched: (request, response) });
        came
    }

    /// The step of <https://fetch.spec.whatwg.org/#concept-fetch> that takes a preloaded response, once, where there
    /// is one, and main fetch.
    fn fetch_or_consume(&mut self, request: &mut Request) -> Result<Fetched, Reason> {
        let key = PreloadKey::of(request);
        // Departs: no header but Accept stands for an empty list, which gets its Accept earlier here.
        // Omitted: that the client is a window, because only documents preload.
        let may_consume =
            matches!(request.mode, RequestMode::SameOrigin | RequestMode::Cors | RequestMode::NoCors)
                && request.method == "GET"
                && (request.unsafe_request == UnsafeRequest::Unset
                    || request.header_list.iter().all(|(name, _)| name == "Accept"));
        let preload = self.preloads.iter().position(|preload| self.rules.is_preload_for(&preload.key, &key));
        match preload.filter(|_| may_consume) {
            None => self.main_fetch(request),
            Some(index) => {
                let (preloaded, response) = self.preloads.remove(index).fetched;
                request.continue_as(&preloaded);
                response
            }
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>, recursive: without the filter at its end.
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn main_fetch(&mut self, request: &mut Request) -> Result<Fetched, Reason> {
        // 5.-6. What is asked for over https whatever the page wrote: before origins are compared.
        self.rules.upgrade_request_to_a_potentially_trustworthy_url(request);
        self.rules.upgrade_a_mixed_content_request(request);
        // 7. What is blocked whatever CORS may say. Omitted: Integrity Policy, because no page has any.
        if self.rules.should_request_be_blocked_due_to_a_bad_port(request.current_url()) {
            return Err(Reason::BadPort);
        }
        if self.rules.should_fetching_request_be_blocked_as_mixed_content(request) {
            return Err(Reason::MixedContent);
        }
        self.rules.should_request_be_blocked_by_content_security_policy(request)?;
        // 8. is done by Request::new. 9.
        request.referrer = self.rules.determine_requests_referrer(request);
        // 10. Omitted: HSTS.
        // 11.
        request.response_tainting = self.rules.response_tainting(request)?;
        match request.response_tainting {
            ResponseTainting::Basic | ResponseTainting::Opaque => self.scheme_or_http_fetch(request),
            ResponseTainting::Cors if self.rules.needs_a_cors_preflight(request) => {
                self.http_fetch(request, MakeCorsPreflight::Yes).inspect_err(|_| {
                    self.rules.clear_cache_entries(&mut self.cors_preflight_cache, request);
                })
            }
            ResponseTainting::Cors => self.http_fetch(request, MakeCorsPreflight::No),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>
    fn scheme_or_http_fetch(&mut self, request: &mut Request) -> Result<Fetched, Reason> {
        if is_http_scheme(request.current_url().scheme()) {
            return self.http_fetch(request, MakeCorsPreflight::No);
        }
        self.rules.scheme_fetch(request.current_url()).map(Fetched::Response)
    }
}

/// Step 11.: which way `request` takes, by the first condition that holds.
///
/// # Errors
/// A network error, and why.
pub(super) fn response_tainting(request: &Request) -> Result<ResponseTainting, Reason> {
    if (request.is_same_origin() && request.response_tainting == ResponseTainting::Basic)
        || request.current_url().scheme() == "data"
        || matches!(request.mode, RequestMode::Navigate | RequestMode::Websocket)
    {
        return Ok(ResponseTainting::Basic);
    }
    match request.mode {
        RequestMode::SameOrigin => Err(Reason::RequestMode),
        RequestMode::NoCors if request.redirect_mode != RedirectMode::Follow => Err(Reason::RequestMode),
        RequestMode::NoCors => Ok(ResponseTainting::Opaque),
        _ if !is_http_scheme(request.current_url().scheme()) => Err(Reason::UrlScheme),
        _ => Ok(ResponseTainting::Cors),
    }
}

/// The condition of step 11. that leads to a preflight.
pub(super) fn needs_a_cors_preflight(rules: &(impl Rules + ?Sized), request: &Request) -> bool {
    request.use_cors_preflight == UseCorsPreflight::Set
        || (request.unsafe_request == UnsafeRequest::Set
            && (!rules.is_cors_safelisted_method(&request.method)
                || !rules.cors_unsafe_request_header_names(&request.header_list).is_empty()))
}

/// <https://fetch.spec.whatwg.org/#http-scheme>
pub(super) fn is_http_scheme(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}
