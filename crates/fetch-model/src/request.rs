//! Requests, <https://fetch.spec.whatwg.org/#concept-request>.

use url::Url;

use super::{
    header::HeaderList,
    mime_type::Destination,
    modes::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
    origin::{Origin, is_same_origin_url},
    policy_container::PolicyContainer,
    referrer_policy::Referrer,
    rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#concept-request>: the fields that CORS looks at.
#[derive(Clone, Debug)]
pub struct Request {
    /// <https://fetch.spec.whatwg.org/#concept-request-method>, normalized.
    pub method: String,
    /// <https://fetch.spec.whatwg.org/#concept-request-url-list>; never empty.
    url_list: Vec<Url>,
    /// <https://fetch.spec.whatwg.org/#concept-request-header-list>
    pub header_list: HeaderList,
    /// <https://fetch.spec.whatwg.org/#request-service-workers-mode>
    pub service_workers_mode: ServiceWorkersMode,
    /// <https://fetch.spec.whatwg.org/#unsafe-request-flag>
    pub unsafe_request: UnsafeRequest,
    /// <https://fetch.spec.whatwg.org/#concept-request-body>
    pub body: Option<Body>,
    /// <https://fetch.spec.whatwg.org/#concept-request-destination>
    pub destination: Destination,
    /// <https://fetch.spec.whatwg.org/#concept-request-origin>, never "client".
    pub origin: Origin,
    /// <https://fetch.spec.whatwg.org/#concept-request-client>: what of it decides.
    pub client: Client,
    /// <https://fetch.spec.whatwg.org/#request-keepalive-flag>
    pub keepalive: Keepalive,
    /// <https://fetch.spec.whatwg.org/#request-user-activation>
    pub user_activation: UserActivation,
    /// <https://fetch.spec.whatwg.org/#concept-request-referrer>
    pub referrer: Referrer,
    /// <https://fetch.spec.whatwg.org/#concept-request-referrer-policy>; the client's, where nothing else is said.
    pub referrer_policy: ReferrerPolicy,
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    pub mode: RequestMode,
    /// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
    pub use_cors_preflight: UseCorsPreflight,
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    pub credentials_mode: CredentialsMode,
    /// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
    pub cache_mode: CacheMode,
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    pub redirect_mode: RedirectMode,
    /// <https://fetch.spec.whatwg.org/#concept-request-integrity-metadata>; none for a script's own fetches.
    pub integrity_metadata: Option<String>,
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-count>
    pub redirect_count: u32,
    /// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
    pub response_tainting: ResponseTainting,
    /// <https://fetch.spec.whatwg.org/#timing-allow-failed>
    pub timing_allow_failed: TimingAllowFailed,
}

/// <https://fetch.spec.whatwg.org/#timing-allow-failed>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingAllowFailed {
    /// A response on the way failed the TAO check.
    Set,
    /// Every response so far passed the TAO check.
    Unset,
}

/// <https://fetch.spec.whatwg.org/#request-service-workers-mode>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceWorkersMode {
    /// The service worker of the client gets the request.
    All,
    /// No service worker gets the request.
    None,
}

/// <https://fetch.spec.whatwg.org/#unsafe-request-flag>: whether a script chose the method and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsafeRequest {
    /// The caller can set any method and headers: `fetch()`, XHR.
    Set,
    /// The caller cannot set them: elements.
    Unset,
}

/// <https://fetch.spec.whatwg.org/#request-keepalive-flag>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keepalive {
    /// The request may outlive its document, and its body is limited to 64 KiB.
    True,
    /// The request ends with its document.
    False,
}

/// <https://fetch.spec.whatwg.org/#request-user-activation>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserActivation {
    /// A click or a key press of the user made the request.
    True,
    /// A script made the request, without a click or key.
    False,
}

/// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseCorsPreflight {
    /// A stream is uploaded, or an upload is listened to.
    Set,
    /// No preflight is made unless the method or a header needs one.
    Unset,
}

/// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseTainting {
    /// Same-origin so far.
    Basic,
    /// Granted by CORS.
    Cors,
    /// A script cannot read the response.
    Opaque,
}

/// The parts of an environment settings object that a fetch asks for.
#[derive(Clone, Debug)]
pub struct Client {
    /// The top-level page's origin: it makes the network partition key, and says whether content is mixed.
    pub top_level_origin: Origin,
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#concept-settings-object-has-cross-site-ancestor>
    pub ancestry: Ancestry,
    /// What its requests tell of it as their referrer, before any policy: its document's URL, for a srcdoc document the
    /// one of the document that it is in, for a worker its creation URL. Step 3 of
    /// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>.
    pub referrer_source: Url,
    /// What its document's `document.domain` was set to. No step of Fetch looks at it.
    pub document_domain: Option<String>,
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#concept-settings-object-policy-container>
    pub policy_container: PolicyContainer,
}

impl Client {
    /// A top-level document at `url` without any policy.
    pub fn at(url: Url) -> Self {
        Self {
            top_level_origin: Origin::of(&url).unwrap_or_else(|| Origin::new_opaque(0)),
            ancestry: Ancestry::SameSite,
            referrer_source: url,
            document_domain: None,
            policy_container: PolicyContainer::default(),
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#concept-settings-object-has-cross-site-ancestor>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ancestry {
    /// Every ancestor is same site.
    SameSite,
    /// Some ancestor is cross-site, as for a document with an opaque origin in any page.
    CrossSite,
}

/// <https://fetch.spec.whatwg.org/#concept-body>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// <https://fetch.spec.whatwg.org/#concept-body-source>: whether they can be sent again.
    pub source: BodySource,
}

/// <https://fetch.spec.whatwg.org/#concept-body-source>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodySource {
    /// The bytes are known, so the request can be sent again.
    Bytes,
    /// A `ReadableStream`, which can be read only once.
    Null,
}

/// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedirectTaint {
    /// No origin but the request's own and the one it went to.
    SameOrigin,
    /// Another origin of the same site took part.
    SameSite,
    /// A redirect led to another site.
    CrossSite,
}

impl Request {
    /// A request for `url` on behalf of `client`, with the standard's defaults
    /// (<https://fetch.spec.whatwg.org/#concept-request>).
    pub fn new(url: Url, origin: Origin, client: Client) -> Self {
        // Main fetch puts it there where nothing else was said.
        let referrer_policy = client.policy_container.referrer_policy;
        Self {
            method: "GET".to_owned(),
            url_list: vec![url],
            header_list: HeaderList::new(),
            service_workers_mode: ServiceWorkersMode::All,
            unsafe_request: UnsafeRequest::Unset,
            body: None,
            destination: Destination::Empty,
            origin,
            client,
            keepalive: Keepalive::False,
            user_activation: UserActivation::False,
            referrer: Referrer::Client,
            referrer_policy,
            mode: RequestMode::NoCors,
            use_cors_preflight: UseCorsPreflight::Unset,
            credentials_mode: CredentialsMode::SameOrigin,
            cache_mode: CacheMode::Default,
            redirect_mode: RedirectMode::Follow,
            integrity_metadata: None,
            redirect_count: 0,
            response_tainting: ResponseTainting::Basic,
            timing_allow_failed: TimingAllowFailed::Unset,
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-current-url>
    pub fn current_url(&self) -> &Url {
        // A request is made with a URL, and URLs are only ever added.
        self.url_list.last().expect("a URL list is never empty")
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-url-list>
    pub fn url_list(&self) -> &[Url] {
        &self.url_list
    }

    /// Appends to the URL list: a redirect.
    pub fn append_url(&mut self, url: Url) {
        self.url_list.push(url);
    }

    /// Takes the way that another request for the same went: where it led, and how tainted its response is.
    pub(super) fn continue_as(&mut self, other: &Self) {
        self.url_list.clone_from(&other.url_list);
        self.response_tainting = other.response_tainting;
    }

    /// Sets the current URL's scheme to https where it is http; a port that was not said is the new scheme's own.
    pub(super) fn upgrade_scheme(&mut self) {
        if let Some(url) = self.url_list.last_mut().filter(|url| url.scheme() == "http") {
            // Between schemes of the same kind it cannot fail.
            let _ = url.set_scheme("https");
        }
    }

    /// Whether the current URL is same origin with the request's origin.
    pub fn is_same_origin(&self) -> bool {
        is_same_origin_url(&self.origin, self.current_url())
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    pub fn redirect_taint(&self) -> RedirectTaint {
        let mut taint = RedirectTaint::SameOrigin;
        for hop in self.url_list.windows(2) {
            // URLs that are followed are HTTP(S) URLs, so each has a tuple origin.
            let (Some(last), Some(next)) = (Origin::of(&hop[0]), Origin::of(&hop[1])) else { continue };
            if !next.is_same_site(&last) && !self.origin.is_same_site(&last) {
                return RedirectTaint::CrossSite;
            }
            if !next.is_same_origin(&last) && !self.origin.is_same_origin(&last) {
                taint = RedirectTaint::SameSite;
            }
        }
        taint
    }
}

/// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
pub fn serialize_a_request_origin(rules: &(impl Rules + ?Sized), request: &Request) -> String {
    match rules.redirect_taint(request) {
        RedirectTaint::SameOrigin => request.origin.serialize(),
        RedirectTaint::SameSite | RedirectTaint::CrossSite => "null".to_owned(),
    }
}
