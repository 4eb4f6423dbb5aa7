//! What a script hands to `fetch()`: <https://fetch.spec.whatwg.org/#request-class>.

use url::Url;

use super::{
    header::HeaderList,
    headers_class::{Guard, append},
    http_redirect_fetch::includes_credentials,
    method::is_method,
    modes::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
    origin::{Origin, is_same_origin_url},
    reason::Reason,
    referrer_policy::Referrer,
    request::{Body, BodySource, Client, Keepalive, Request, UnsafeRequest, UseCorsPreflight},
    rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#requestinit>: what is `None` does not exist in it.
#[derive(Clone, Debug, Default)]
pub struct RequestInit {
    /// `method`
    pub method: Option<String>,
    /// `headers`, in order.
    pub headers: Vec<(String, String)>,
    /// `body`
    pub body: Option<BodyInit>,
    /// `referrer`
    pub referrer: Option<String>,
    /// `referrerPolicy`
    pub referrer_policy: Option<ReferrerPolicy>,
    /// `mode`
    pub mode: Option<RequestMode>,
    /// `credentials`
    pub credentials: Option<CredentialsMode>,
    /// `cache`
    pub cache: Option<CacheMode>,
    /// `redirect`
    pub redirect: Option<RedirectMode>,
    /// `integrity`
    pub integrity: Option<String>,
    /// `keepalive`
    pub keepalive: Option<Keepalive>,
}

/// <https://fetch.spec.whatwg.org/#bodyinit>, already extracted (<https://fetch.spec.whatwg.org/#concept-bodyinit-extract>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyInit {
    /// The bytes and whether they can be sent again.
    pub body: Body,
    /// The type that goes into `Content-Type`, unless a script gave one.
    pub r#type: Option<String>,
}

/// The steps of <https://fetch.spec.whatwg.org/#dom-request> with a string, then those of `fetch()`.
///
/// # Errors
/// [`Reason::InvalidRequest`] for a TypeError: nothing is fetched.
pub fn new_request(
    rules: &(impl Rules + ?Sized),
    input: &str,
    init: RequestInit,
    origin: Origin,
    client: Client,
) -> Result<Request, Reason> {
    const TYPE_ERROR: Reason = Reason::InvalidRequest;
    // 5. The URL. Cases write absolute ones, so there is no base.
    let url = Url::parse(input).map_err(|_| TYPE_ERROR)?;
    if includes_credentials(&url) {
        return Err(TYPE_ERROR);
    }
    // 12.
    let mut request = Request::new(url, origin, client);
    request.unsafe_request = UnsafeRequest::Set;
    // 14.
    if let Some(referrer) = init.referrer {
        request.referrer = rules.referrer_of_init(&referrer, &request.origin)?;
    }
    // 15.
    if let Some(policy) = init.referrer_policy {
        request.referrer_policy = policy;
    }
    // 16.-18.
    request.mode = init.mode.unwrap_or(RequestMode::Cors);
    if matches!(request.mode, RequestMode::Navigate | RequestMode::Websocket) {
        return Err(TYPE_ERROR);
    }
    // 19.-22.
    request.credentials_mode = init.credentials.unwrap_or(CredentialsMode::SameOrigin);
    request.cache_mode = init.cache.unwrap_or(CacheMode::Default);
    if request.cache_mode == CacheMode::OnlyIfCached && request.mode != RequestMode::SameOrigin {
        return Err(TYPE_ERROR);
    }
    request.redirect_mode = init.redirect.unwrap_or(RedirectMode::Follow);
    // 23.-24.
    request.integrity_metadata = init.integrity.filter(|metadata| !metadata.is_empty());
    request.keepalive = init.keepalive.unwrap_or(Keepalive::False);
    // 25.
    if let Some(method) = init.method {
        if !is_method(&method) || rules.is_forbidden_method(&method) {
            return Err(TYPE_ERROR);
        }
        request.method = rules.normalize(&method);
    }
    // 32.
    if request.mode == RequestMode::NoCors && !rules.is_cors_safelisted_method(&request.method) {
        return Err(TYPE_ERROR);
    }
    let guard = if request.mode == RequestMode::NoCors { Guard::RequestNoCors } else { Guard::Request };
    // 33.
    for (name, value) in &init.headers {
        append(rules, &mut request.header_list, guard, name, value)?;
    }
    // 34.-42.
    set_body(rules, &mut request, init.body, guard)?;
    // https://fetch.spec.whatwg.org/#fetching: what a fetch adds that a script left open.
    append_default_accept(&mut request.header_list);
    Ok(request)
}

/// Step 14: what `referrer` stands for.
///
/// # Errors
/// Where it is no URL.
pub(super) fn referrer_of_init(referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
    if referrer.is_empty() {
        return Ok(Referrer::NoReferrer);
    }
    // Cases write absolute URLs, so there is no base.
    let url = Url::parse(referrer).map_err(|_| Reason::InvalidRequest)?;
    let is_client = url.scheme() == "about" && url.path() == "client";
    // A page cannot put words into another's mouth.
    if is_client || !is_same_origin_url(origin, &url) { Ok(Referrer::Client) } else { Ok(Referrer::Url(url)) }
}

/// The steps about the body.
fn set_body(
    rules: &(impl Rules + ?Sized),
    request: &mut Request,
    init: Option<BodyInit>,
    guard: Guard,
) -> Result<(), Reason> {
    let Some(BodyInit { body, r#type }) = init else { return Ok(()) };
    if matches!(request.method.as_str(), "GET" | "HEAD") {
        return Err(Reason::InvalidRequest);
    }
    if let Some(r#type) = r#type.filter(|_| !request.header_list.contains("Content-Type")) {
        append(rules, &mut request.header_list, guard, "Content-Type", &r#type)?;
    }
    if body.source == BodySource::Null {
        // https://fetch.spec.whatwg.org/#concept-bodyinit-extract: nobody knows how much a stream is.
        if request.keepalive == Keepalive::True {
            return Err(Reason::InvalidRequest);
        }
        // `duplex` is always "half" in a case.
        if !matches!(request.mode, RequestMode::SameOrigin | RequestMode::Cors) {
            return Err(Reason::InvalidRequest);
        }
        request.use_cors_preflight = UseCorsPreflight::Set;
    }
    request.body = Some(body);
    Ok(())
}

/// `Accept: */*`, where a script said nothing else.
pub(super) fn append_default_accept(headers: &mut HeaderList) {
    if !headers.contains("Accept") {
        headers.append("Accept", "*/*");
    }
}
