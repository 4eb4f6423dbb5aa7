//! CORS-preflight fetch, <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>.

use super::{
    cors_check::cors_check,
    header::{HeaderList, extract_header_list_values, extract_max_age},
    method::is_cors_safelisted_method,
    modes::{CredentialsMode, RequestMode},
    reason::Reason,
    request::{Request, ResponseTainting, UseCorsPreflight},
    request_header::{cors_unsafe_request_header_names, is_cors_non_wildcard_request_header_name},
    status::{is_ok_status, is_redirect_status},
    user_agent::{Network, UserAgent},
};

/// The max-age, in seconds, of an answer that does not give one.
const DEFAULT_MAX_AGE: u64 = 5;

/// What a preflight's answer grants.
struct Grant {
    methods: Option<Vec<String>>,
    header_names: Vec<String>,
}

impl<N: Network> UserAgent<N> {
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn cors_preflight_fetch(&mut self, request: &Request) -> Result<(), Reason> {
        // 1.-5.
        let preflight = preflight_request(request);
        // 6.
        let response = self.http_network_or_cache_fetch(&preflight).ok_or(Reason::NetworkFailure)?;
        // 7. The check is made on the request, whose credentials mode counts. A status that is no ok status
        // is told first by name, although the standard has no order between the two. One without a Location
        // leads nowhere, so it is like any other that is not ok.
        if is_redirect_status(response.status) && response.header_list.contains("Location") {
            return Err(Reason::PreflightRedirect);
        }
        cors_check(request, &response.header_list)?;
        if !is_ok_status(response.status) {
            return Err(Reason::PreflightStatus);
        }
        // 7.1.-7.4.
        let grant = Grant::extract(request, &response.header_list)?;
        // 7.5.-7.7.
        grant.covers(request)?;
        // 7.8.-7.9. Omitted: the limit that a user agent imposes, which is its own and above any case's.
        let max_age = extract_max_age(&response.header_list).ok().flatten().unwrap_or(DEFAULT_MAX_AGE);
        // 7.11.-7.14.
        let cache = &mut self.cors_preflight_cache;
        for method in grant.methods.iter().flatten() {
            cache.store_method(request, method, max_age, self.now);
        }
        for header_name in &grant.header_names {
            cache.store_header_name(request, header_name, max_age, self.now);
        }
        Ok(())
    }
}

/// The request that asks.
fn preflight_request(request: &Request) -> Request {
    let mut url_list = request.url_list().iter().cloned();
    let first = url_list.next().expect("a URL list is never empty");
    let mut preflight = Request::new(first, request.origin.clone(), request.client.clone());
    for url in url_list {
        preflight.append_url(url);
    }
    "OPTIONS".clone_into(&mut preflight.method);
    preflight.referrer_policy = request.referrer_policy;
    preflight.mode = RequestMode::Cors;
    preflight.response_tainting = ResponseTainting::Cors;
    preflight.header_list.append("Accept", "*/*");
    preflight.header_list.append("Access-Control-Request-Method", &request.method);
    let headers = cors_unsafe_request_header_names(&request.header_list);
    if !headers.is_empty() {
        // Without a space after the comma: not HTTP's usual way of combining.
        preflight.header_list.append("Access-Control-Request-Headers", &headers.join(","));
    }
    preflight
}

impl Grant {
    /// What the answer says, if it can be parsed.
    fn extract(request: &Request, response: &HeaderList) -> Result<Self, Reason> {
        let mut methods = extract_header_list_values("Access-Control-Allow-Methods", response)
            .map_err(|_| Reason::AllowMethodsInvalid)?;
        let header_names = extract_header_list_values("Access-Control-Allow-Headers", response)
            .map_err(|_| Reason::AllowHeadersInvalid)?;
        if methods.is_none() && request.use_cors_preflight == UseCorsPreflight::Set {
            methods = Some(vec![request.method.clone()]);
        }
        Ok(Self { methods, header_names: header_names.unwrap_or_default() })
    }

    /// Whether that is enough for `request`.
    fn covers(&self, request: &Request) -> Result<(), Reason> {
        let wildcard = |items: &[String]| {
            request.credentials_mode != CredentialsMode::Include && items.iter().any(|item| item == "*")
        };
        let methods = self.methods.as_deref().unwrap_or_default();
        if !methods.contains(&request.method)
            && !is_cors_safelisted_method(&request.method)
            && !wildcard(methods)
        {
            return Err(Reason::MethodNotAllowed);
        }
        let lists = |name: &str| self.header_names.iter().any(|item| item.eq_ignore_ascii_case(name));
        if request
            .header_list
            .iter()
            .any(|(name, _)| is_cors_non_wildcard_request_header_name(name) && !lists(name))
        {
            return Err(Reason::HeaderNotAllowed);
        }
        if cors_unsafe_request_header_names(&request.header_list)
            .iter()
            .any(|name| !lists(name) && !wildcard(&self.header_names))
        {
            return Err(Reason::HeaderNotAllowed);
        }
        Ok(())
    }
}
