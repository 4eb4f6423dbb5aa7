//! CORS-preflight fetch, <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>.

use super::{
    cors_preflight_cache::Granted,
    header::{HeaderList, extract_max_age},
    modes::{CredentialsMode, RequestMode},
    reason::Reason,
    request::{Request, ResponseTainting, ServiceWorkersMode, UseCorsPreflight},
    response::InternalResponse,
    rules::Rules,
    service_worker::WorkerResponse,
    user_agent::{Network, UserAgent},
};

/// The max-age, in seconds, of an answer that does not give one.
const DEFAULT_MAX_AGE: u64 = 5;

/// What a preflight's answer grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// `None` where it says nothing of methods.
    pub methods: Option<Vec<String>>,
    /// Empty where it says nothing of headers.
    pub header_names: Vec<String>,
}

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>
    ///
    /// # Errors
    /// A network error, and why.
    pub(super) fn cors_preflight_fetch(&mut self, request: &Request) -> Result<(), Reason> {
        // 1.-5.
        let rules = self.rules;
        let preflight = rules.preflight_request(request);
        // 6. The standard goes past HTTP fetch here; the mode says the same, so that a model may get it wrong.
        let response = match self.handle_fetch(&preflight) {
            Some(Ok(WorkerResponse::Made(response))) => response,
            Some(Ok(WorkerResponse::Filtered(filtered))) => filtered.internal_response,
            Some(Err(reason)) => return Err(reason),
            None => self.http_network_or_cache_fetch(&preflight)?,
        };
        // 7.
        rules.check_preflight_response(request, &response)?;
        // 7.1.-7.4.
        let grant = rules.extract_grant(request, &response.header_list)?;
        // 7.5.-7.7.
        rules.is_covered(request, &grant)?;
        // 7.8.-7.9.
        let granted = Granted { request, max_age: rules.max_age(&response.header_list), now: self.now };
        // 7.11.-7.14.
        for method in grant.methods.iter().flatten() {
            self.cors_preflight_cache.store_method(rules, &granted, method);
        }
        for header_name in &grant.header_names {
            self.cors_preflight_cache.store_header_name(rules, &granted, header_name);
        }
        Ok(())
    }
}

/// Step 7: whether the answer to a preflight counts at all.
pub(super) fn check_preflight_response(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: &InternalResponse,
) -> Result<(), Reason> {
    // The check is made on the request, whose credentials mode counts. A status that is no ok status
    // is told first by name, although the standard has no order between the two. One without a Location
    // leads nowhere, so it is like any other that is not ok.
    if rules.is_redirect_status(response.status) && response.header_list.contains("Location") {
        return Err(Reason::PreflightRedirect);
    }
    rules.cors_check(request, &response.header_list)?;
    if !rules.is_ok_status(response.status) {
        return Err(Reason::PreflightStatus);
    }
    Ok(())
}

/// Steps 7.8. and 7.9.: for how many seconds the answer holds.
pub(super) fn max_age(response: &HeaderList) -> u64 {
    // Omitted: the limit that a user agent imposes, which is its own and above any case's.
    extract_max_age(response).ok().flatten().unwrap_or(DEFAULT_MAX_AGE)
}

/// The CORS-preflight request that is made before `request`.
pub(super) fn preflight_request(rules: &(impl Rules + ?Sized), request: &Request) -> Request {
    let mut url_list = request.url_list().iter().cloned();
    let first = url_list.next().expect("a URL list is never empty");
    let mut preflight = Request::new(first, request.origin.clone(), request.client.clone());
    for url in url_list {
        preflight.append_url(url);
    }
    "OPTIONS".clone_into(&mut preflight.method);
    preflight.destination = request.destination;
    preflight.referrer.clone_from(&request.referrer);
    preflight.referrer_policy = request.referrer_policy;
    preflight.mode = RequestMode::Cors;
    preflight.service_workers_mode = ServiceWorkersMode::None;
    preflight.response_tainting = ResponseTainting::Cors;
    preflight.header_list.append("Accept", "*/*");
    preflight.header_list.append("Access-Control-Request-Method", &request.method);
    let headers = rules.cors_unsafe_request_header_names(&request.header_list);
    if !headers.is_empty() {
        // Without a space after the comma: not HTTP's usual way of combining.
        preflight.header_list.append("Access-Control-Request-Headers", &headers.join(","));
    }
    preflight
}

impl Grant {
    /// What the answer says, if it can be parsed.
    pub(super) fn extract(
        rules: &(impl Rules + ?Sized),
        request: &Request,
        response: &HeaderList,
    ) -> Result<Self, Reason> {
        let mut methods = rules
            .extract_header_list_values("Access-Control-Allow-Methods", response)
            .map_err(|_| Reason::AllowMethodsInvalid)?;
        let header_names = rules
            .extract_header_list_values("Access-Control-Allow-Headers", response)
            .map_err(|_| Reason::AllowHeadersInvalid)?;
        if methods.is_none() && request.use_cors_preflight == UseCorsPreflight::Set {
            methods = Some(vec![request.method.clone()]);
        }
        Ok(Self { methods, header_names: header_names.unwrap_or_default() })
    }

    /// Whether that is enough for `request`.
    pub(super) fn covers(&self, rules: &(impl Rules + ?Sized), request: &Request) -> Result<(), Reason> {
        let wildcard = |items: &[String]| {
            request.credentials_mode != CredentialsMode::Include && items.iter().any(|item| item == "*")
        };
        let methods = self.methods.as_deref().unwrap_or_default();
        if !methods.contains(&request.method)
            && !rules.is_cors_safelisted_method(&request.method)
            && !wildcard(methods)
        {
            return Err(Reason::MethodNotAllowed);
        }
        let lists = |name: &str| self.header_names.iter().any(|item| item.eq_ignore_ascii_case(name));
        if request
            .header_list
            .iter()
            .any(|(name, _)| rules.is_cors_non_wildcard_request_header_name(name) && !lists(name))
        {
            return Err(Reason::HeaderNotAllowed);
        }
        if rules
            .cors_unsafe_request_header_names(&request.header_list)
            .iter()
            .any(|name| !lists(name) && !wildcard(&self.header_names))
        {
            return Err(Reason::HeaderNotAllowed);
        }
        Ok(())
    }
}
