//! HTTP-network-or-cache fetch, <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>.

use url::Url;

use super::{
    modes::{CacheMode, CredentialsMode},
    reason::Reason,
    referrer_policy::Referrer,
    request::{Keepalive, Request, ResponseTainting},
    response::InternalResponse,
    rules::Rules,
    user_agent::{HttpRequest, Network, UserAgent},
};

/// Whether credentials go along and come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// They do.
    Included,
    /// They do not.
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
        // 8.3.
        let credentials = self.rules.include_credentials(request);
        // 8.4. Omitted: Cross-Origin-Embedder-Policy, because no page has one.
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
        // 8.23.-8.26. Omitted: proxy authentication, and the HTTP cache: an answer that may be stored is a
        // case's own matter (`needs = ["http-cache"]`).
        if http_request.cache_mode == CacheMode::OnlyIfCached {
            return Err(Reason::NetworkFailure);
        }
        // 9.-10.
        self.http_network_fetch(&http_request).ok_or(Reason::NetworkFailure)
        // 14.-16. Omitted: prompts for 401 and 407, and 421, which needs another connection.
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

/// The condition of step 8.10.
pub(super) fn is_too_much_to_keep_alive(request: &Request) -> bool {
    // Omitted: what is in flight beside it, because the steps of a case follow each other.
    request.body.as_ref().is_some_and(|body| body.bytes.len() > KEEPALIVE_LIMIT)
}

/// Step 8.3.: whether credentials go along.
pub(super) fn include_credentials(request: &Request) -> Credentials {
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
