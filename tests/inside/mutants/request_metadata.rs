//! Wrong about what a request tells of where it comes from: Referer, Fetch Metadata, and the Origin of navigations.

use fetch_model::{
    FetchStandard, InternalResponse, Keep, Origin, Reason, Referrer, ReferrerPolicy, Request, RequestMode,
    ResponseTainting, Rules, Site,
};
use url::Url;

use super::mutant::but;

/// The referrer as the standard has it, had the request this policy.
fn as_if(request: &Request, policy: ReferrerPolicy) -> Referrer {
    FetchStandard.determine_requests_referrer(&but(request, |request| request.referrer_policy = policy))
}

/// `request` without its Fetch Metadata headers of these names, and what the standard gives them.
fn with_metadata(request: &mut Request, change: impl FnOnce(&mut Request)) {
    FetchStandard.append_the_fetch_metadata_headers(request);
    change(request);
}

fn replace(request: &mut Request, name: &str, value: &str) {
    if request.header_list.contains(name) {
        request.header_list.delete(name);
        request.header_list.append(name, value);
    }
}

mutants! {
    "a preflight has no referrer" breaks ["R64"] {
        fn preflight_request(&self, request: &Request) -> Request {
            but(&FetchStandard.preflight_request(request), |preflight| preflight.referrer = Referrer::NoReferrer)
        }
    }

    "a preflight tells the page whole" breaks ["R64"] {
        fn preflight_request(&self, request: &Request) -> Request {
            but(&FetchStandard.preflight_request(request), |preflight| {
                preflight.referrer = Referrer::Url(request.client.referrer_source.clone());
            })
        }
    }

    "the default policy tells the page whole" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::StrictOriginWhenCrossOrigin => as_if(request, ReferrerPolicy::UnsafeUrl),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "the default policy tells the page's own server the origin alone" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::StrictOriginWhenCrossOrigin => as_if(request, ReferrerPolicy::StrictOrigin),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "a downgrade is told" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::StrictOriginWhenCrossOrigin => {
                    as_if(request, ReferrerPolicy::OriginWhenCrossOrigin)
                }
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "this machine without TLS is a downgrade" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match FetchStandard.determine_requests_referrer(request) {
                Referrer::Url(url) if url.scheme() == "https" && request.current_url().scheme() == "http" => {
                    Referrer::NoReferrer
                }
                other => other,
            }
        }
    }

    "no-referrer tells the origin" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::NoReferrer => as_if(request, ReferrerPolicy::Origin),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "same-origin tells others the origin" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::SameOrigin => as_if(request, ReferrerPolicy::OriginWhenCrossOrigin),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "origin tells the page's own server the page" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::Origin => as_if(request, ReferrerPolicy::OriginWhenCrossOrigin),
                ReferrerPolicy::StrictOrigin => as_if(request, ReferrerPolicy::StrictOriginWhenCrossOrigin),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "unsafe-url is as careful as the default" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match request.referrer_policy {
                ReferrerPolicy::UnsafeUrl => as_if(request, ReferrerPolicy::StrictOriginWhenCrossOrigin),
                _ => FetchStandard.determine_requests_referrer(request),
            }
        }
    }

    "what was cut off comes back on the way home" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            let request = but(request, |request| {
                if matches!(request.referrer, Referrer::Url(_)) && request.url_list().len() > 1 {
                    request.referrer = Referrer::Client;
                }
            });
            FetchStandard.determine_requests_referrer(&request)
        }
    }

    "an opaque origin tells where it is from" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            if request.origin.scheme().is_none() && request.referrer == Referrer::Client {
                let source = Referrer::Url(request.client.referrer_source.clone());
                let request = but(request, |request| request.referrer = source);
                return FetchStandard.determine_requests_referrer(&request);
            }
            FetchStandard.determine_requests_referrer(request)
        }
    }

    "a worker tells the page that made it" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            let mut request = request.clone();
            if request.client.referrer_source.path().ends_with(".js") {
                request.client.referrer_source.set_path("/.corsproof/page");
            }
            FetchStandard.determine_requests_referrer(&request)
        }
    }

    "a document of a local scheme tells the page's origin" breaks ["R191"] {
        fn strip_url_for_use_as_a_referrer(&self, url: &Url, keep: Keep) -> Option<Url> {
            match url.scheme() {
                "blob" => Url::parse(url.path()).ok(),
                _ => FetchStandard.strip_url_for_use_as_a_referrer(url, keep),
            }
        }
    }

    "a referrer keeps its fragment" breaks ["R191"] {
        fn strip_url_for_use_as_a_referrer(&self, url: &Url, keep: Keep) -> Option<Url> {
            let mut stripped = FetchStandard.strip_url_for_use_as_a_referrer(url, keep)?;
            stripped.set_fragment(url.fragment());
            Some(stripped)
        }
    }

    "a referrer keeps its user" breaks ["R191"] {
        fn strip_url_for_use_as_a_referrer(&self, url: &Url, keep: Keep) -> Option<Url> {
            let mut stripped = FetchStandard.strip_url_for_use_as_a_referrer(url, keep)?;
            let _ = stripped.set_username(url.username());
            Some(stripped)
        }
    }

    "a long referrer is told whole" breaks ["R191"] {
        fn determine_requests_referrer(&self, request: &Request) -> Referrer {
            match (&request.referrer, FetchStandard.determine_requests_referrer(request)) {
                (Referrer::Url(long), Referrer::Url(_)) if long.as_str().len() > 4096 => {
                    Referrer::Url(long.clone())
                }
                (_, other) => other,
            }
        }
    }

    "a redirect's Referrer-Policy is not heard" breaks ["R101"] {
        fn set_request_referrer_policy_on_redirect(&self, _: &mut Request, _: &InternalResponse) {}
    }

    "any foreign page may be named as the referrer" breaks ["R167"] {
        fn referrer_of_init(&self, referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
            match Url::parse(referrer) {
                Ok(url) if url.scheme().starts_with("http") => Ok(Referrer::Url(url)),
                _ => FetchStandard.referrer_of_init(referrer, origin),
            }
        }
    }

    "a foreign referrer is none" breaks ["R167"] {
        fn referrer_of_init(&self, referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
            Ok(match FetchStandard.referrer_of_init(referrer, origin)? {
                Referrer::Client => Referrer::NoReferrer,
                other => other,
            })
        }
    }

    "a foreign referrer is an error" breaks ["R167"] {
        fn referrer_of_init(&self, referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
            match FetchStandard.referrer_of_init(referrer, origin)? {
                Referrer::Client if referrer != "about:client" => Err(Reason::InvalidRequest),
                other => Ok(other),
            }
        }
    }

    "an empty referrer is the client's" breaks ["R167"] {
        fn referrer_of_init(&self, referrer: &str, origin: &Origin) -> Result<Referrer, Reason> {
            if referrer.is_empty() {
                return Ok(Referrer::Client);
            }
            FetchStandard.referrer_of_init(referrer, origin)
        }
    }

    "Sec-Fetch-Site looks at the last URL alone" breaks ["R192"] {
        fn sec_fetch_site(&self, request: &Request) -> Site {
            let last = request.current_url().clone();
            let alone = Request::new(last, request.origin.clone(), request.client.clone());
            FetchStandard.sec_fetch_site(&alone)
        }
    }

    "Sec-Fetch-Site knows no site, only origins" breaks ["R192"] {
        fn sec_fetch_site(&self, request: &Request) -> Site {
            match FetchStandard.sec_fetch_site(request) {
                Site::SameSite => Site::CrossSite,
                other => other,
            }
        }
    }

    "Sec-Fetch-Site takes a site for an origin" breaks ["R192"] {
        fn sec_fetch_site(&self, request: &Request) -> Site {
            match FetchStandard.sec_fetch_site(request) {
                Site::SameSite => Site::SameOrigin,
                other => other,
            }
        }
    }

    "Sec-Fetch-Site does not look at the scheme" breaks ["R192"] {
        fn sec_fetch_site(&self, request: &Request) -> Site {
            let is_of_site = |url: &Url| {
                Origin::of(url).is_some_and(|origin| origin.is_schemelessly_same_site(&request.origin))
            };
            match FetchStandard.sec_fetch_site(request) {
                Site::CrossSite if request.url_list().iter().all(is_of_site) => Site::SameSite,
                other => other,
            }
        }
    }

    "an opaque origin is of the page's site" breaks ["R192"] {
        fn sec_fetch_site(&self, request: &Request) -> Site {
            let page = request.client.top_level_origin.clone();
            let is_opaque = request.origin.scheme().is_none();
            let request = but(request, |request| {
                if is_opaque {
                    request.origin = page;
                }
            });
            FetchStandard.sec_fetch_site(&request)
        }
    }

    "a preflight's Sec-Fetch-Mode is its own" breaks ["R193"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            with_metadata(request, |request| {
                if request.method == "OPTIONS" {
                    replace(request, "Sec-Fetch-Mode", "no-cors");
                }
            });
        }
    }

    "a navigation's Sec-Fetch-Mode is nested-navigate in a frame" breaks ["R193"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            with_metadata(request, |request| {
                if request.mode == RequestMode::Navigate && request.header_list.get("Sec-Fetch-Dest").as_deref() == Some("iframe") {
                    replace(request, "Sec-Fetch-Mode", "nested-navigate");
                }
            });
        }
    }

    "Sec-Fetch-Dest of a frame is document" breaks ["R193"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            with_metadata(request, |request| {
                if request.header_list.get("Sec-Fetch-Dest").as_deref() == Some("iframe") {
                    replace(request, "Sec-Fetch-Dest", "document");
                }
            });
        }
    }

    "Sec-Fetch-Dest of fetch() is script" breaks ["R193"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            with_metadata(request, |request| {
                if request.header_list.get("Sec-Fetch-Dest").as_deref() == Some("empty") {
                    replace(request, "Sec-Fetch-Dest", "script");
                }
            });
        }
    }

    "Sec-Fetch-* go everywhere" breaks ["R194"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            FetchStandard.append_the_fetch_metadata_headers(request);
            if !request.header_list.contains("Sec-Fetch-Site") {
                request.header_list.append("Sec-Fetch-Site", self.sec_fetch_site(request).word());
            }
        }
    }

    "Sec-Fetch-* go by TLS alone" breaks ["R194"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            if request.current_url().scheme() == "https" {
                FetchStandard.append_the_fetch_metadata_headers(request);
            }
        }
    }

    "the first URL says whether Sec-Fetch-* go" breaks ["R194"] {
        fn append_the_fetch_metadata_headers(&self, request: &mut Request) {
            if request.url_list()[0].scheme() == "https" {
                FetchStandard.append_the_fetch_metadata_headers(request);
            }
        }
    }

    "a form's POST has no Origin" breaks ["R18"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            if request.mode != RequestMode::Navigate {
                FetchStandard.append_a_request_origin_header(request);
            }
        }
    }

    "a form's POST has its Origin whatever the policy" breaks ["R18"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let own = request.mode;
            if own == RequestMode::Navigate {
                request.mode = RequestMode::Cors;
            }
            FetchStandard.append_a_request_origin_header(request);
            request.mode = own;
        }
    }

    "a navigation by GET has an Origin" breaks ["R18"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            FetchStandard.append_a_request_origin_header(request);
            if request.mode == RequestMode::Navigate && !request.header_list.contains("Origin") {
                request.header_list.append("Origin", &request.origin.serialize());
            }
        }
    }

    "a navigation keeps its Origin over any border" breaks ["R18"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            match request.mode {
                RequestMode::Navigate => request.origin.serialize(),
                _ => FetchStandard.serialize_a_request_origin(request),
            }
        }
    }

    "a navigation to another origin needs a grant" breaks ["R45"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match request.mode {
                RequestMode::Navigate if !request.is_same_origin() => Ok(ResponseTainting::Cors),
                _ => FetchStandard.response_tainting(request),
            }
        }
    }

    "document.domain is the origin of requests" breaks ["R10"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            match &request.client.document_domain {
                Some(domain) => format!("https://{domain}"),
                None => FetchStandard.serialize_a_request_origin(request),
            }
        }
    }

    "a host below document.domain needs no grant" breaks ["R10"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            let host = request.current_url().host_str().unwrap_or_default();
            match &request.client.document_domain {
                Some(domain) if host.ends_with(domain.as_str()) => Ok(ResponseTainting::Basic),
                _ => FetchStandard.response_tainting(request),
            }
        }
    }
}
