//! Cookies, as far as cases go: <https://fetch.spec.whatwg.org/#cookies> and RFC 6265bis beneath it.

use url::Url;

use super::{
    mime_type::Destination,
    origin::{Origin, is_potentially_trustworthy},
    request::{Ancestry, Client, RedirectTaint, Request},
    response::InternalResponse,
    rules::Rules,
    user_agent::{Network, UserAgent},
};

/// The cookies that a user agent has stored.
#[derive(Clone, Debug, Default)]
pub(super) struct CookieStore(Vec<Cookie>);

/// A cookie and its attributes, by the fields that RFC 6265bis gives it.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// The cookie's name.
    pub name: String,
    /// The cookie's value.
    pub value: String,
    /// The host that set it, or the one that its `Domain` names.
    pub domain: String,
    /// Whether subdomains are left out: it has no `Domain`.
    pub host_only: bool,
    /// Where it goes: its `Path`, or the folder it was set in.
    pub path: String,
    /// `Secure`
    pub secure: bool,
    /// `HttpOnly`
    pub http_only: bool,
    /// `SameSite`
    pub same_site: SameSite,
}

/// A cookie's `SameSite` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Only requests of the cookie's own site carry it.
    Strict,
    /// Navigations from other sites carry it as well.
    Lax,
    /// Requests of every site get the cookie.
    None,
    /// The attribute is missing: the cookie is treated as `Lax`.
    Unset,
}

impl<N: Network> UserAgent<'_, N> {
    /// <https://fetch.spec.whatwg.org/#append-a-request-cookie-header>
    pub(super) fn append_a_request_cookie_header(&self, request: &mut Request) {
        let mode = self.rules.determine_the_same_site_mode(request);
        let url = request.current_url();
        let cookies: Vec<String> = self
            .cookies
            .0
            .iter()
            .filter(|cookie| self.rules.is_cookie_for(cookie, url) && self.rules.admits_cookie(mode, cookie))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if !cookies.is_empty() {
            request.header_list.append("Cookie", &cookies.join("; "));
        }
    }

    /// <https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers>
    pub(super) fn parse_and_store_response_set_cookie_headers(
        &mut self,
        request: &Request,
        response: &InternalResponse,
    ) {
        let mode = self.rules.determine_the_same_site_mode(request);
        for value in response.header_list.values("Set-Cookie") {
            if let Some((cookie, lifetime)) = Cookie::parse(self.rules, value, request.current_url())
                && may_be_set(self.rules, mode, &cookie)
            {
                self.cookies.store(cookie, lifetime);
            }
        }
    }
}

/// `document.cookie`, <https://html.spec.whatwg.org/multipage/dom.html#dom-document-cookie>: the "non-HTTP" API of
/// RFC 6265bis. `mode` is [`SameSiteMode::of_document`].
impl<N: Network> UserAgent<'_, N> {
    /// The value of a cookie that a document at `url` reads; `None` where it sees none of that name.
    pub fn document_cookie(&self, url: &Url, name: &str, mode: SameSiteMode) -> Option<&str> {
        let is_visible = |cookie: &&Cookie| {
            self.rules.is_cookie_for(cookie, url)
                && self.rules.is_cookie_for_scripts(cookie)
                && self.rules.admits_cookie(mode, cookie)
        };
        let visible = self.cookies.0.iter().filter(is_visible);
        // Longer paths come first.
        let named = visible.filter(|cookie| cookie.name == name);
        named.max_by_key(|cookie| cookie.path.len()).map(|cookie| cookie.value.as_str())
    }

    /// Has a document at `url` set a cookie; one that it may not set is ignored.
    pub fn set_document_cookie(&mut self, url: &Url, text: &str, mode: SameSiteMode) {
        let Some((cookie, lifetime)) = Cookie::parse(self.rules, text, url) else { return };
        let is_in_the_way = |other: &Cookie| {
            !self.rules.is_cookie_for_scripts(other)
                && (&other.name, &other.domain, &other.path) == (&cookie.name, &cookie.domain, &cookie.path)
        };
        let is_out_of_reach = |other: &Cookie| self.rules.is_cookie_out_of_reach(other, &cookie, url);
        if self.rules.is_cookie_for_scripts(&cookie)
            && may_be_set(self.rules, mode, &cookie)
            && !self.cookies.0.iter().any(|other| is_in_the_way(other) || is_out_of_reach(other))
        {
            self.cookies.store(cookie, lifetime);
        }
    }
}

/// The cookies that a request carries and whose response may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSiteMode {
    /// Cookies with every value of `SameSite`.
    StrictOrLess,
    /// All cookies but those with `SameSite=Strict`.
    LaxOrLess,
    /// Only cookies with `SameSite=None`.
    UnsetOrLess,
}

impl SameSiteMode {
    /// What a document of `origin` sees of its own cookies: all, unless some document around it is of another site.
    pub fn of_document(client: &Client, origin: &Origin) -> Self {
        let is_same_site =
            client.ancestry == Ancestry::SameSite && client.top_level_origin.is_same_site(origin);
        if is_same_site { Self::StrictOrLess } else { Self::UnsetOrLess }
    }
}

/// Whether a request or a document of `mode` has `cookie`, <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-retrieval-algorithm>.
pub(super) fn admits_cookie(mode: SameSiteMode, cookie: &Cookie) -> bool {
    match mode {
        SameSiteMode::StrictOrLess => true,
        SameSiteMode::LaxOrLess => cookie.same_site != SameSite::Strict,
        SameSiteMode::UnsetOrLess => cookie.same_site == SameSite::None,
    }
}

/// Whether `cookie` is taken; what a navigation of the top level brings is, whatever it says: RFC 6265bis, "storage
/// model".
fn may_be_set(rules: &dyn Rules, mode: SameSiteMode, cookie: &Cookie) -> bool {
    mode == SameSiteMode::LaxOrLess || rules.admits_cookie(mode, cookie)
}

/// <https://fetch.spec.whatwg.org/#determine-the-same-site-mode>
pub(super) fn determine_the_same_site_mode(rules: &(impl Rules + ?Sized), request: &Request) -> SameSiteMode {
    let goes_to = |from: &Origin| {
        rules.redirect_taint(request) != RedirectTaint::CrossSite
            && Origin::of(request.current_url()).is_some_and(|origin| from.is_same_site(&origin))
    };
    // 2.-3. Departs: to the letter a window that another site opens would get no Lax cookie, and one that its own
    // site opens no Strict one. RFC 6265bis, "same-site and cross-site requests", means it the other way round.
    if request.destination == Destination::Document {
        return match request.method.as_str() {
            _ if goes_to(&request.origin) => SameSiteMode::StrictOrLess,
            "GET" => SameSiteMode::LaxOrLess,
            _ => SameSiteMode::UnsetOrLess,
        };
    }
    // 4.-6. Departs: the standard looks at the client's ancestors and at redirects; that the URL itself must be same
    // site with the client's site for cookies is RFC 6265bis as well.
    if request.client.ancestry == Ancestry::SameSite && goes_to(&request.client.top_level_origin) {
        SameSiteMode::StrictOrLess
    } else {
        SameSiteMode::UnsetOrLess
    }
}

/// Whether a cookie is kept or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lifetime {
    Kept,
    Over,
}

impl CookieStore {
    /// A cookie of the same name, domain and path gives way.
    fn store(&mut self, cookie: Cookie, lifetime: Lifetime) {
        self.0.retain(|other| {
            (&other.name, &other.domain, &other.path) != (&cookie.name, &cookie.domain, &cookie.path)
        });
        if lifetime == Lifetime::Kept {
            self.0.push(cookie);
        }
    }
}

impl Cookie {
    /// RFC 6265bis, "the Set-Cookie header field"; `None` where the cookie is ignored.
    fn parse(rules: &dyn Rules, header: &str, url: &Url) -> Option<(Self, Lifetime)> {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let host = url.host_str()?.to_owned();
        let mut cookie = Self {
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
            domain: host.clone(),
            host_only: true,
            path: default_path(url),
            secure: false,
            http_only: false,
            same_site: SameSite::Unset,
        };
        let mut lifetime = Lifetime::Kept;
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            match key.trim().to_ascii_lowercase().as_str() {
                "domain" => {
                    value.trim().trim_start_matches('.').to_ascii_lowercase().clone_into(&mut cookie.domain);
                    cookie.host_only = false;
                }
                "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
                "secure" => cookie.secure = true,
                "httponly" => cookie.http_only = true,
                "max-age" if value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0) => {
                    lifetime = Lifetime::Over;
                }
                "samesite" => cookie.same_site = same_site(value.trim()),
                _ => {}
            }
        }
        rules.is_cookie_acceptable(&cookie, url).then_some((cookie, lifetime))
    }
}

/// The conditions under which a cookie that `url` sets is stored at all.
pub(super) fn is_cookie_acceptable(rules: &(impl Rules + ?Sized), cookie: &Cookie, url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let domain_is_right = cookie.host_only
        || (domain_matches(host, &cookie.domain) && psl::domain_str(&cookie.domain).is_some());
    let scheme_is_right = !cookie.secure || is_potentially_trustworthy(url);
    let same_site_is_right = cookie.same_site != SameSite::None || cookie.secure;
    domain_is_right && rules.keeps_its_prefix(cookie) && scheme_is_right && same_site_is_right
}

/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-cookie-name-prefixes>
pub(super) fn keeps_its_prefix(cookie: &Cookie) -> bool {
    let name = cookie.name.to_ascii_lowercase();
    if name.starts_with("__host-") {
        cookie.secure && cookie.host_only && cookie.path == "/"
    } else {
        !name.starts_with("__secure-") || cookie.secure
    }
}

/// Whether host, path and scheme of `url` are the cookie's.
pub(super) fn is_cookie_for(cookie: &Cookie, url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host_is_right =
        if cookie.host_only { host == cookie.domain } else { domain_matches(host, &cookie.domain) };
    host_is_right
        && path_matches(url.path(), &cookie.path)
        && (!cookie.secure || is_potentially_trustworthy(url))
}

/// Whether `there` stays although a page at `url`, which is not secure, sets `cookie`: RFC 6265bis, "leave secure
/// cookies alone".
pub(super) fn is_cookie_out_of_reach(there: &Cookie, cookie: &Cookie, url: &Url) -> bool {
    there.secure
        && !is_potentially_trustworthy(url)
        && there.name == cookie.name
        && (domain_matches(&there.domain, &cookie.domain) || domain_matches(&cookie.domain, &there.domain))
        && path_matches(&cookie.path, &there.path)
}

fn same_site(value: &str) -> SameSite {
    match value.to_ascii_lowercase().as_str() {
        "strict" => SameSite::Strict,
        "lax" => SameSite::Lax,
        "none" => SameSite::None,
        _ => SameSite::Unset,
    }
}

fn domain_matches(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie_path.ends_with('/'))
}

/// The path up to its last slash.
fn default_path(url: &Url) -> String {
    match url.path().rsplit_once('/') {
        None | Some(("", _)) => "/".to_owned(),
        Some((directory, _)) => directory.to_owned(),
    }
}
