//! HTTP fetch, <https://fetch.spec.whatwg.org/#concept-http-fetch>.

use url::Url;

use super::{
    cors_preflight_cache::CorsPreflightCache,
    modes::{RedirectMode, RequestMode},
    reason::Reason,
    request::{Request, ResponseTainting, ServiceWorkersMode, UseCorsPreflight},
    response::{FilteredResponse, InternalResponse, Response},
    rules::Rules,
    service_worker::{WorkerResponse, as_if_it_went_to},
    user_agent::{Network, UserAgent},
};

/// The parameter `makeCORSPreflight`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MakeCorsPreflight {
    /// A preflight is made, unless the CORS-preflight cache has an entry.
    Yes,
    /// No preflight is made.
    No,
}

/// A response on its way back: not filtered yet, or beyond reading already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fetched {
    /// A response.
    Response(InternalResponse),
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>
    OpaqueRedirect(InternalResponse, Url),
    /// A service worker's, filtered in its own fetch.
    Filtered(FilteredResponse),
}

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn http_fetch(
        &mut self,
        request: &mut Request,
        make_cors_preflight: MakeCorsPreflight,
    ) -> Result<Fetched, Reason> {
        // 3.
        if let Some(response) = self.handle_fetch(request) {
            return self
                .service_worker_response(request, response.map_err(|_| Reason::ServiceWorkerResponse)?);
        }
        // 4.1. Ask first, where the cache does not know the answer.
        if make_cors_preflight == MakeCorsPreflight::Yes
            && self.rules.lacks_a_cache_entry(&self.cors_preflight_cache, request)
        {
            self.cors_preflight_fetch(request)?;
        }
        // 4.2. Redirects that come from the network are not for service workers.
        if request.redirect_mode == RedirectMode::Follow {
            request.service_workers_mode = ServiceWorkersMode::None;
        }
        // 4.3.
        let response = self.http_network_or_cache_fetch(request)?;
        // 4.4. The actual answer, too, must grant the read.
        if self.rules.needs_a_cors_check(request, &response) {
            self.rules.cors_check(request, &response.header_list)?;
        }
        // 4.5.
        request.timing_allow_failed = self.rules.tao_check(request, &response.header_list);
        // 5. What is opaque may not be embedded against the server's will.
        if request.response_tainting == ResponseTainting::Opaque {
            self.rules.cross_origin_resource_policy_check(request, &response.header_list)?;
        }
        // 6.
        if !self.rules.is_redirect_status(response.status) {
            return Ok(Fetched::Response(response));
        }
        match request.redirect_mode {
            RedirectMode::Error => Err(Reason::RedirectMode),
            RedirectMode::Manual if request.mode != RequestMode::Navigate => {
                Ok(Fetched::OpaqueRedirect(response, request.current_url().clone()))
            }
            RedirectMode::Manual | RedirectMode::Follow => self.http_redirect_fetch(request, response),
        }
    }

    /// The end of step 3., and steps 5. and 6., for what a service worker responds with: it is not checked by CORS.
    fn service_worker_response(
        &self,
        request: &Request,
        response: WorkerResponse,
    ) -> Result<Fetched, Reason> {
        // 3.5.7.
        self.rules.check_service_worker_response(request, &response)?;
        let filtered = match response {
            WorkerResponse::Made(response) => return Ok(Fetched::Response(response)),
            WorkerResponse::Filtered(filtered) => filtered,
        };
        let FilteredResponse { response, internal_response, url_list } = &filtered;
        let url = url_list.last().unwrap_or(request.current_url());
        // 5.
        if *response == Response::Opaque {
            let request = as_if_it_went_to(request, url);
            self.rules.cross_origin_resource_policy_check(&request, &internal_response.header_list)?;
        }
        // 6. A redirect that could be followed was followed in the service worker's own fetch.
        let is_redirect = self.rules.is_redirect_status(internal_response.status);
        match request.redirect_mode {
            RedirectMode::Error if is_redirect => Err(Reason::RedirectMode),
            RedirectMode::Manual if is_redirect => {
                Ok(Fetched::OpaqueRedirect(internal_response.clone(), url.clone()))
            }
            _ => Ok(Fetched::Filtered(filtered)),
        }
    }
}

/// The conditions of step 4.1.: whether the CORS-preflight cache leaves anything of `request` open.
pub(super) fn lacks_a_cache_entry(
    rules: &(impl Rules + ?Sized),
    cache: &CorsPreflightCache,
    request: &Request,
) -> bool {
    let lacks_method = !cache.has_method_cache_entry_match(rules, &request.method, request)
        && (!rules.is_cors_safelisted_method(&request.method)
            || request.use_cors_preflight == UseCorsPreflight::Set);
    lacks_method
        || rules
            .cors_unsafe_request_header_names(&request.header_list)
            .iter()
            .any(|name| !cache.has_header_name_cache_entry_match(rules, name, request))
}

/// The condition of step 4.4.: redirects are checked like any other response, whatever their status.
pub(super) fn needs_a_cors_check(request: &Request, _response: &InternalResponse) -> bool {
    request.response_tainting == ResponseTainting::Cors
}
