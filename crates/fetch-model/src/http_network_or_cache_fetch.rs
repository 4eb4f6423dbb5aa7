//! HTTP-network-or-cache fetch, <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>.

use url::Url;

use super::{
    modes::{CacheMode, CredentialsMode},
    reason::Reason,
    referrer_policy::Referrer,
    request::{Keepalive, Request, ResponseTainting},
    response::{CacheState, InternalResponse, RangeRequested},
    rules::Rules,
    user_agent::{HttpRequest, Network, UserAgent},
};

/// Whether credentials go along and come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// The request carries credentials.
    Included,
    /// The request carries no credentials.
    Excluded,
}

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn http_network_or_cache_fetch(
        &mut self,
        request: &Request,
    ) -> Result<InternalResponse, Reason> {
        // 8.1. Redirects are possible, so what is added here is added to a copy.
        let mut http_request = request.clone();
        // 8.3.-8.4.
        let credentials = self.rules.include_credentials(request);
        // 8.5.-8.9. Omitted: Content-Length, because it decides nothing here.
        // 8.10.
        if request.keepalive == Keepalive::True && self.rules.is_too_much_to_keep_alive(request) {
            return Err(Reason::KeepaliveLimit);
        }
        // 8.11.
        if let Referrer::Url(referrer) = &http_request.referrer {
            http_request.header_list.append("Referer", referrer.as_str());
        }
        // 8.12.
        self.rules.append_a_request_origin_header(&mut http_request);
        // 8.13.
        self.rules.append_the_fetch_metadata_headers(&mut http_request);
        // 8.14.-8.16. Omitted: Sec-Purpose, User-Agent.
        // 8.17.-8.19.
        append_cache_headers(&mut http_request);
        // 8.20.
        if http_request.header_list.contains("Range") {
            http_request.header_list.append("Accept-Encoding", "identity");
        }
        // 8.22.
        if credentials == Credentials::Included {
            self.append_a_request_cookie_header(&mut http_request);
            // Omitted: authentication entries, because no case makes one.
        }
        // 8.23.-8.24. Omitted: proxy authentication; there always is a partition.
        // 8.25.-11.
        let mut response = self.cached_or_forwarded(&mut http_request).ok_or(Reason::NetworkFailure)?;
        // 12.
        if http_request.header_list.contains("Range") {
            response.range = RangeRequested::Set;
        }
        Ok(response)
        // 14.-16. Omitted: prompts for 401 and 407, and 421, which needs another connection.
    }

    /// Steps 8.25. to 10.: from the HTTP cache, or from the network and into it.
    fn cached_or_forwarded(&mut self, request: &mut Request) -> Option<InternalResponse> {
        let rules = self.rules;
        let mut revalidating = false;
        // 8.25.
        if !matches!(request.cache_mode, CacheMode::NoStore | CacheMode::Reload)
            && let Some(stored) = self.http_cache.select(rules, request)
        {
            if !rules.must_be_validated(request, rules.freshness(stored, self.now)) {
                return Some(InternalResponse { cache_state: CacheState::Local, ..stored.response.clone() });
            }
            revalidating = true;
            for (condition, validator) in [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
            {
                if let Some(value) = stored.response.header_list.get(validator) {
                    request.header_list.append(condition, &value);
                }
            }
        }
        // 10.1.
        if request.cache_mode == CacheMode::OnlyIfCached {
            return None;
        }
        // 10.2.-10.3.
        let response = self.http_network_fetch(request)?;
        self.http_cache.invalidate(rules, request, &response);
        // 10.4.
        if revalidating && response.status == 304 {
            let stored = self.http_cache.freshen(rules, request, &response, self.now)?;
            return Some(InternalResponse { cache_state: CacheState::Validated, ..stored });
        }
        // 10.5.
        self.http_cache.store(rules, request, &response, self.now);
        Some(response)
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-network-fetch>
    fn http_network_fetch(&mut self, request: &Request) -> Option<InternalResponse> {
        let response = self.network.send(&HttpRequest {
            method: request.method.clone(),
            url: on_the_wire(request.current_url()),
            header_list: request.header_list.clone(),
            body: request.body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default(),
        })?;
        if self.rules.honours_set_cookie(request, &response) {
            self.parse_and_store_response_set_cookie_headers(request, &response);
        }
        Some(response)
    }
}

/// The most that requests which may outlive their document carry together, in bytes.
const KEEPALIVE_LIMIT: usize = 64 * 1024;

/// Whether the body exceeds the quota for keepalive requests, step 8.10.
pub(super) fn is_too_much_to_keep_alive(request: &Request) -> bool {
    // Omitted: what is in flight beside it, because the steps of a case follow each other.
    request.body.as_ref().is_some_and(|body| body.bytes.len() > KEEPALIVE_LIMIT)
}

/// Steps 8.3. and 8.4.: whether credentials go along.
pub(super) fn include_credentials(rules: &(impl Rules + ?Sized), request: &Request) -> Credentials {
    if !rules.cross_origin_embedder_policy_allows_credentials(request) {
        return Credentials::Excluded;
    }
    match request.credentials_mode {
        CredentialsMode::Include => Credentials::Included,
        CredentialsMode::SameOrigin if request.response_tainting == ResponseTainting::Basic => {
            Credentials::Included
        }
        CredentialsMode::SameOrigin | CredentialsMode::Omit => Credentials::Excluded,
    }
}

/// Whether cookies come back: where they went along, and whatever else the response says.
pub(super) fn honours_set_cookie(rules: &(impl Rules + ?Sized), request: &Request) -> bool {
    rules.include_credentials(request) == Credentials::Included
}

/// What of a URL a server is told: a request target has neither a fragment nor user information,
/// <https://httpwg.org/specs/rfc9110.html#http.userinfo>.
fn on_the_wire(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // These fail for URLs without a host, which have no user either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// The steps about `Cache-Control` and `Pragma`.
fn append_cache_headers(request: &mut Request) {
    let conditional = ["If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range"];
    if request.cache_mode == CacheMode::Default
        && conditional.iter().any(|name| request.header_list.contains(name))
    {
        request.cache_mode = CacheMode::NoStore;
    }
    let (pragma, cache_control) = match request.cache_mode {
        CacheMode::NoCache => (None, Some("max-age=0")),
        CacheMode::NoStore | CacheMode::Reload => (Some("no-cache"), Some("no-cache")),
        CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => (None, None),
    };
    for (name, value) in [("Pragma", pragma), ("Cache-Control", cache_control)] {
        if let Some(value) = value.filter(|_| !request.header_list.contains(name)) {
            request.header_list.append(name, value);
        }
    }
}
