//! The rules that the fetch algorithms consult, as a seam: what makes a request safe, a grant enough, a
//! redirect harmless.
//!
//! It exists for one purpose. A suite of cases is worth what it catches, so the suite is run against models
//! that are each wrong in one rule (`tests/inside/mutants`): an `impl Rules` that overrides one method. One that no
//! case catches is a missing case. The standard itself is [`FetchStandard`], which overrides nothing: every
//! body below is the standard's own function, in the file that is named after it.

use url::Url;

use super::{
    content_security_policy::should_request_be_blocked_by_content_security_policy,
    cookie::{
        Cookie, SameSiteMode, admits_cookie, determine_the_same_site_mode, is_cookie_acceptable,
        is_cookie_for, is_cookie_out_of_reach, keeps_its_prefix,
    },
    cors_check::cors_check,
    cors_preflight_cache::{
        CacheEntry, CorsPreflightCache, is_cache_entry_match, is_for, permits_header_name,
    },
    cors_preflight_fetch::{Grant, check_preflight_response, max_age, preflight_request},
    cross_origin_resource_policy::cross_origin_resource_policy_check,
    embedder_policy::cross_origin_embedder_policy_allows_credentials,
    fetch_metadata::{Site, append_the_fetch_metadata_headers, sec_fetch_site},
    header::{HeaderList, Unparsable, extract_header_list_values},
    headers_class::remove_privileged_no_cors_request_headers,
    html::{
        CacheOperation, HtmlRules, cache::may_be_put_into_a_cache,
        service_worker::service_worker_script_request,
    },
    http_cache::{
        Freshness, StoredResponse, freshness, invalidates, is_stored_for, matches_vary, may_be_stored,
        must_be_validated, update_stored_headers,
    },
    http_fetch::{lacks_a_cache_entry, needs_a_cors_check},
    http_network_or_cache_fetch::{
        Credentials, honours_set_cookie, include_credentials, is_too_much_to_keep_alive,
    },
    http_redirect_fetch::{
        MAXIMUM_REDIRECT_COUNT, becomes_get, cannot_be_sent_again, carries_credentials_across,
        keeps_authorization, may_be_redirected_to,
    },
    integrity::check_integrity,
    main_fetch::{needs_a_cors_preflight, response_tainting},
    method::{is_cors_safelisted_method, is_forbidden_method, normalize},
    mime_type::{Destination, should_be_blocked_due_to_mime_type, should_be_blocked_due_to_nosniff},
    mixed_content::{should_fetching_request_be_blocked_as_mixed_content, upgrade_a_mixed_content_request},
    origin::Origin,
    origin_header::append_a_request_origin_header,
    port_blocking::should_request_be_blocked_due_to_a_bad_port,
    reason::Reason,
    referrer_policy::{
        Keep, Referrer, determine_requests_referrer, set_request_referrer_policy_on_redirect,
        strip_url_for_use_as_a_referrer,
    },
    request::{
        Client, RedirectTaint, Request, ResponseTainting, TimingAllowFailed, serialize_a_request_origin,
    },
    request_class::{RequestInit, new_request, referrer_of_init},
    request_header::{
        REQUEST_BODY_HEADER_NAMES, cors_unsafe_request_header_names,
        is_cors_non_wildcard_request_header_name, is_cors_safelisted_request_header,
        is_forbidden_request_header, is_no_cors_safelisted_request_header,
    },
    resource_timing::tao_check,
    response::{
        FilteredResponse, InternalResponse, LocationUrl, Response, cors_exposed_header_names,
        filtered_response,
    },
    response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name},
    scheme_fetch::scheme_fetch,
    service_worker::{WorkerResponse, check_service_worker_response, is_part_that_nobody_asked_for},
    status::{is_null_body_status, is_ok_status, is_redirect_status},
    upgrade_insecure_requests::upgrade_request_to_a_potentially_trustworthy_url,
    xml_http_request::{XhrInit, send},
};

/// The Fetch Standard as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct FetchStandard;

impl HtmlRules for FetchStandard {}

impl Rules for FetchStandard {}

/// One method a rule; each is documented where its body is.
#[expect(missing_docs, reason = "a method is the function of its name, and documented there")]
#[expect(clippy::missing_errors_doc, reason = "as above")]
pub trait Rules: HtmlRules {
    // Methods.

    fn normalize(&self, method: &str) -> String {
        normalize(method)
    }

    fn is_forbidden_method(&self, method: &str) -> bool {
        is_forbidden_method(method)
    }

    fn is_cors_safelisted_method(&self, method: &str) -> bool {
        is_cors_safelisted_method(method)
    }

    // Request headers.

    fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
        is_forbidden_request_header(self, name, value)
    }

    fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
        is_cors_safelisted_request_header(name, value)
    }

    fn is_no_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
        is_no_cors_safelisted_request_header(self, name, value)
    }

    fn is_cors_non_wildcard_request_header_name(&self, name: &str) -> bool {
        is_cors_non_wildcard_request_header_name(name)
    }

    fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
        cors_unsafe_request_header_names(self, headers)
    }

    fn request_body_header_names(&self) -> &[&str] {
        &REQUEST_BODY_HEADER_NAMES
    }

    // What a script hands over.

    fn new_request(
        &self,
        input: &str,
        init: RequestInit,
        origin: Origin,
        client: Client,
    ) -> Result<Request, Reason> {
        new_request(self, input, init, origin, client)
    }

    fn referrer_of_init(&self, referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
        referrer_of_init(referrer, origin)
    }

    fn send(&self, input: &str, init: XhrInit, origin: Origin, client: Client) -> Result<Request, Reason> {
        send(self, input, init, origin, client)
    }

    // Origins.

    fn redirect_taint(&self, request: &Request) -> RedirectTaint {
        request.redirect_taint()
    }

    fn serialize_a_request_origin(&self, request: &Request) -> String {
        serialize_a_request_origin(self, request)
    }

    fn append_a_request_origin_header(&self, request: &mut Request) {
        append_a_request_origin_header(self, request);
    }

    // What a request tells of where it comes from.

    fn determine_requests_referrer(&self, request: &Request) -> Referrer {
        determine_requests_referrer(self, request)
    }

    fn strip_url_for_use_as_a_referrer(&self, url: &Url, keep: Keep) -> Option<Url> {
        strip_url_for_use_as_a_referrer(url, keep)
    }

    fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
        append_the_fetch_metadata_headers(self, request);
    }

    fn sec_fetch_site(&self, request: &Request) -> Site {
        sec_fetch_site(request)
    }

    // Main fetch.

    fn upgrade_request_to_a_potentially_trustworthy_url(&self, request: &mut Request) {
        upgrade_request_to_a_potentially_trustworthy_url(request);
    }

    fn upgrade_a_mixed_content_request(&self, request: &mut Request) {
        upgrade_a_mixed_content_request(request);
    }

    fn should_request_be_blocked_by_content_security_policy(&self, request: &Request) -> Result<(), Reason> {
        should_request_be_blocked_by_content_security_policy(request)
    }

    fn should_request_be_blocked_due_to_a_bad_port(&self, url: &Url) -> bool {
        should_request_be_blocked_due_to_a_bad_port(url)
    }

    fn should_fetching_request_be_blocked_as_mixed_content(&self, request: &Request) -> bool {
        should_fetching_request_be_blocked_as_mixed_content(request)
    }

    fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
        response_tainting(request)
    }

    fn should_be_blocked_due_to_mime_type(
        &self,
        destination: Destination,
        headers: &HeaderList,
    ) -> Result<(), Reason> {
        should_be_blocked_due_to_mime_type(destination, headers)
    }

    fn should_be_blocked_due_to_nosniff(
        &self,
        destination: Destination,
        headers: &HeaderList,
    ) -> Result<(), Reason> {
        should_be_blocked_due_to_nosniff(destination, headers)
    }

    fn needs_a_cors_preflight(&self, request: &Request) -> bool {
        needs_a_cors_preflight(self, request)
    }

    fn scheme_fetch(&self, url: &Url) -> Result<InternalResponse, Reason> {
        scheme_fetch(url)
    }

    fn is_too_much_to_keep_alive(&self, request: &Request) -> bool {
        is_too_much_to_keep_alive(request)
    }

    // Credentials.

    fn include_credentials(&self, request: &Request) -> Credentials {
        include_credentials(self, request)
    }

    fn cross_origin_embedder_policy_allows_credentials(&self, request: &Request) -> bool {
        cross_origin_embedder_policy_allows_credentials(self, request)
    }

    fn honours_set_cookie(&self, request: &Request, _response: &InternalResponse) -> bool {
        honours_set_cookie(self, request)
    }

    fn determine_the_same_site_mode(&self, request: &Request) -> SameSiteMode {
        determine_the_same_site_mode(self, request)
    }

    // Cookies.

    fn is_cookie_acceptable(&self, cookie: &Cookie, url: &Url) -> bool {
        is_cookie_acceptable(self, cookie, url)
    }

    fn keeps_its_prefix(&self, cookie: &Cookie) -> bool {
        keeps_its_prefix(cookie)
    }

    fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
        is_cookie_for(cookie, url)
    }

    /// Whether `document.cookie` shows and sets it, <https://html.spec.whatwg.org/multipage/dom.html#dom-document-cookie>.
    fn is_cookie_for_scripts(&self, cookie: &Cookie) -> bool {
        !cookie.http_only
    }

    fn is_cookie_out_of_reach(&self, there: &Cookie, cookie: &Cookie, url: &Url) -> bool {
        is_cookie_out_of_reach(there, cookie, url)
    }

    fn admits_cookie(&self, mode: SameSiteMode, cookie: &Cookie) -> bool {
        admits_cookie(mode, cookie)
    }

    // The CORS-preflight fetch.

    fn preflight_request(&self, request: &Request) -> Request {
        preflight_request(self, request)
    }

    fn check_preflight_response(&self, request: &Request, response: &InternalResponse) -> Result<(), Reason> {
        check_preflight_response(self, request, response)
    }

    fn extract_header_list_values(
        &self,
        name: &str,
        list: &HeaderList,
    ) -> Result<Option<Vec<String>>, Unparsable> {
        extract_header_list_values(name, list)
    }

    fn extract_grant(&self, request: &Request, response: &HeaderList) -> Result<Grant, Reason> {
        Grant::extract(self, request, response)
    }

    fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
        grant.covers(self, request)
    }

    fn max_age(&self, response: &HeaderList) -> u64 {
        max_age(response)
    }

    // The CORS-preflight cache.

    fn lacks_a_cache_entry(&self, cache: &CorsPreflightCache, request: &Request) -> bool {
        lacks_a_cache_entry(self, cache, request)
    }

    fn is_cache_entry_for(&self, entry: &CacheEntry, request: &Request) -> bool {
        is_for(self, entry, request)
    }

    fn is_cache_entry_match(&self, entry: &CacheEntry, request: &Request) -> bool {
        is_cache_entry_match(self, entry, request)
    }

    fn permits_header_name(&self, entry: &CacheEntry, header_name: &str) -> bool {
        permits_header_name(self, entry, header_name)
    }

    fn clear_cache_entries(&self, cache: &mut CorsPreflightCache, request: &Request) {
        cache.clear_entries(|entry| self.is_cache_entry_for(entry, request));
    }

    // The HTTP cache.

    fn is_stored_for(&self, stored: &StoredResponse, request: &Request) -> bool {
        is_stored_for(stored, request)
    }

    fn matches_vary(&self, stored: &StoredResponse, request: &Request) -> bool {
        matches_vary(stored, request)
    }

    fn may_be_stored(&self, request: &Request, response: &InternalResponse) -> bool {
        may_be_stored(request, response)
    }

    fn freshness(&self, stored: &StoredResponse, now: u64) -> Freshness {
        freshness(stored, now)
    }

    fn must_be_validated(&self, request: &Request, freshness: Freshness) -> bool {
        must_be_validated(request, freshness)
    }

    fn update_stored_headers(&self, stored: &mut HeaderList, validation: &HeaderList) {
        update_stored_headers(stored, validation);
    }

    fn invalidates(&self, request: &Request, response: &InternalResponse) -> bool {
        invalidates(request, response)
    }

    // What comes back.

    fn is_ok_status(&self, status: u16) -> bool {
        is_ok_status(status)
    }

    fn is_redirect_status(&self, status: u16) -> bool {
        is_redirect_status(status)
    }

    fn is_null_body_status(&self, status: u16) -> bool {
        is_null_body_status(status)
    }

    fn needs_a_cors_check(&self, request: &Request, response: &InternalResponse) -> bool {
        needs_a_cors_check(request, response)
    }

    fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
        cors_check(self, request, response)
    }

    fn tao_check(&self, request: &Request, response: &HeaderList) -> TimingAllowFailed {
        tao_check(self, request, response)
    }

    fn cross_origin_resource_policy_check(
        &self,
        request: &Request,
        response: &HeaderList,
    ) -> Result<(), Reason> {
        cross_origin_resource_policy_check(self, request, response)
    }

    fn check_integrity(&self, request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
        check_integrity(request, body)
    }

    fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
        filtered_response(self, request, response)
    }

    fn cors_exposed_header_names(&self, request: &Request, response: &HeaderList) -> Vec<String> {
        cors_exposed_header_names(self, request, response)
    }

    fn is_cors_safelisted_response_header_name(&self, name: &str, exposed: &[String]) -> bool {
        is_cors_safelisted_response_header_name(self, name, exposed)
    }

    fn is_forbidden_response_header_name(&self, name: &str) -> bool {
        is_forbidden_response_header_name(name)
    }

    // Service workers and caches.

    fn may_be_put_into_a_cache(&self, response: &FilteredResponse, operation: CacheOperation) -> bool {
        may_be_put_into_a_cache(response, operation)
    }

    fn service_worker_script_request(&self, request: Request) -> Result<Request, Reason> {
        service_worker_script_request(request)
    }

    fn check_service_worker_response(
        &self,
        request: &Request,
        response: &WorkerResponse,
    ) -> Result<(), Reason> {
        check_service_worker_response(request, response)
    }

    fn is_part_that_nobody_asked_for(&self, request: &Request, response: &FilteredResponse) -> bool {
        is_part_that_nobody_asked_for(request, response)
    }

    fn remove_privileged_no_cors_request_headers(&self, headers: &mut HeaderList) {
        remove_privileged_no_cors_request_headers(headers);
    }

    // Redirects.

    fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
        response.location_url(current)
    }

    fn may_be_redirected_to(&self, location: &Url) -> bool {
        may_be_redirected_to(location)
    }

    fn maximum_redirect_count(&self) -> u32 {
        MAXIMUM_REDIRECT_COUNT
    }

    fn carries_credentials_across(&self, request: &Request, location: &Url) -> bool {
        carries_credentials_across(request, location)
    }

    fn cannot_be_sent_again(&self, request: &Request, response: &InternalResponse) -> bool {
        cannot_be_sent_again(request, response)
    }

    fn becomes_get(&self, status: u16, method: &str) -> bool {
        becomes_get(status, method)
    }

    fn keeps_authorization(&self, from: &Url, to: &Url) -> bool {
        keeps_authorization(from, to)
    }

    fn set_request_referrer_policy_on_redirect(&self, request: &mut Request, response: &InternalResponse) {
        set_request_referrer_policy_on_redirect(request, response);
    }
}
