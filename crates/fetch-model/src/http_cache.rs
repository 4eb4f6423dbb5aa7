//! The HTTP cache that a fetch leans on: a private one, <https://httpwg.org/specs/rfc9111.html>.
//!
//! Omitted: `Expires`, because the model has no wall clock; heuristic freshness, which is a cache's own affair, so
//! that what does not say how long it is fresh is stale at once; parts of a whole; answers to HEAD; and
//! stale-while-revalidate, whose request goes when it likes.

use url::Url;

use super::{
    header::HeaderList, method::is_safe_method, modes::CacheMode, origin::Origin, request::Request,
    response::InternalResponse, rules::Rules, status::is_heuristically_cacheable,
};

/// All partitions of the HTTP cache.
#[derive(Clone, Debug, Default)]
pub struct HttpCache(Vec<StoredResponse>);

/// A response in the cache, and the request it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// <https://fetch.spec.whatwg.org/#http-cache-partitions>: the top-level page's origin, of which the site counts.
    pub partition: Origin,
    /// The URL that answered, without its fragment.
    pub url: Url,
    /// The request's header fields, for `Vary`.
    pub request_header_list: HeaderList,
    /// The stored response.
    pub response: InternalResponse,
    /// When it came or was last found valid: in the seconds of the caller's clock.
    pub stored: u64,
}

/// Whether a stored response may be used without asking, <https://httpwg.org/specs/rfc9111.html#expiration.model>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The stored response can be used without validation.
    Fresh,
    /// The stored response needs validation before it is used.
    Stale,
}

impl HttpCache {
    /// <https://httpwg.org/specs/rfc9111.html#constructing.responses.from.caches>: the most recent response that fits.
    pub(super) fn select(&self, rules: &dyn Rules, request: &Request) -> Option<&StoredResponse> {
        if request.method != "GET" {
            return None;
        }
        self.0
            .iter()
            .rev()
            .find(|stored| rules.is_stored_for(stored, request) && rules.matches_vary(stored, request))
    }

    /// <https://httpwg.org/specs/rfc9111.html#response.cacheability>
    pub(super) fn store(
        &mut self,
        rules: &dyn Rules,
        request: &Request,
        response: &InternalResponse,
        now: u64,
    ) {
        if !rules.may_be_stored(request, response) {
            return;
        }
        // A new response takes the place of what would have been selected in its stead.
        self.0.retain(|stored| !rules.is_stored_for(stored, request) || !rules.matches_vary(stored, request));
        self.0.push(StoredResponse {
            partition: request.client.top_level_origin.clone(),
            url: without_fragment(request.current_url()),
            request_header_list: request.header_list.clone(),
            response: response.clone(),
            stored: now,
        });
    }

    /// <https://httpwg.org/specs/rfc9111.html#freshening.responses>: gives the stored response as it is now.
    pub(super) fn freshen(
        &mut self,
        rules: &dyn Rules,
        request: &Request,
        validation: &InternalResponse,
        now: u64,
    ) -> Option<InternalResponse> {
        let stored = self
            .0
            .iter_mut()
            .rev()
            .find(|stored| rules.is_stored_for(stored, request) && rules.matches_vary(stored, request))?;
        rules.update_stored_headers(&mut stored.response.header_list, &validation.header_list);
        stored.stored = now;
        Some(stored.response.clone())
    }

    /// <https://httpwg.org/specs/rfc9111.html#invalidation>
    pub(super) fn invalidate(&mut self, rules: &dyn Rules, request: &Request, response: &InternalResponse) {
        if rules.invalidates(request, response) {
            self.0.retain(|stored| !rules.is_stored_for(stored, request));
        }
    }
}

/// Whether partition and URL of a stored response are those of `request`.
pub(super) fn is_stored_for(stored: &StoredResponse, request: &Request) -> bool {
    // The partition is the top-level site: https://fetch.spec.whatwg.org/#network-partition-keys
    stored.partition.is_same_site(&request.client.top_level_origin)
        && stored.url == without_fragment(request.current_url())
}

/// <https://httpwg.org/specs/rfc9111.html#caching.negotiated.responses>: whether the fields that `Vary` nominates say the same.
pub(super) fn matches_vary(stored: &StoredResponse, request: &Request) -> bool {
    let vary = stored.response.header_list.get("Vary").unwrap_or_default();
    vary.split(',')
        .map(|name| name.trim_matches([' ', '\t']))
        .filter(|name| !name.is_empty())
        .all(|name| name != "*" && stored.request_header_list.get(name) == request.header_list.get(name))
}

/// <https://httpwg.org/specs/rfc9111.html#response.cacheability>, for a private cache.
pub(super) fn may_be_stored(request: &Request, response: &InternalResponse) -> bool {
    let says = |name: &str| directive(&response.header_list, name).is_some();
    request.method == "GET"
        && request.cache_mode != CacheMode::NoStore
        && response.status != 206
        && response.status != 304
        && !says("no-store")
        && directive(&request.header_list, "no-store").is_none()
        && (says("max-age")
            || says("public")
            || says("private")
            || is_heuristically_cacheable(response.status))
}

/// <https://httpwg.org/specs/rfc9111.html#invalidation>: whether the server has changed what it serves there.
pub(super) fn invalidates(request: &Request, response: &InternalResponse) -> bool {
    !is_safe_method(&request.method) && (200..400).contains(&response.status)
}

/// <https://httpwg.org/specs/rfc9111.html#expiration.model>, at the time `now`.
pub(super) fn freshness(stored: &StoredResponse, now: u64) -> Freshness {
    let header_list = &stored.response.header_list;
    if directive(header_list, "no-cache").is_some() {
        return Freshness::Stale;
    }
    let seconds = |text: Option<String>| text.and_then(|text| text.trim().parse::<u64>().ok()).unwrap_or(0);
    let lifetime = seconds(directive(header_list, "max-age"));
    let age = seconds(header_list.get("Age")).saturating_add(now.saturating_sub(stored.stored));
    if lifetime > age { Freshness::Fresh } else { Freshness::Stale }
}

/// <https://httpwg.org/specs/rfc9111.html#update>: fields that frame the stored body stay as they are.
pub(super) fn update_stored_headers(stored: &mut HeaderList, validation: &HeaderList) {
    const KEPT: [&str; 8] = [
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Range",
        "Content-Type",
        "Keep-Alive",
        "TE",
        "Transfer-Encoding",
    ];
    let replaces = |name: &str| !KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name));
    for (name, _) in validation.iter().filter(|(name, _)| replaces(name)) {
        stored.delete(name);
    }
    for (name, value) in validation.iter().filter(|(name, _)| replaces(name)) {
        stored.append(name, value);
    }
}

/// The steps of <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch> that say whether a stored response
/// must be found valid before it is used.
pub(super) fn must_be_validated(request: &Request, freshness: Freshness) -> bool {
    match request.cache_mode {
        CacheMode::ForceCache | CacheMode::OnlyIfCached => false,
        // <https://fetch.spec.whatwg.org/#concept-stale-response>, for which a request's max-age=0 makes everything stale.
        CacheMode::NoCache => true,
        CacheMode::Default | CacheMode::NoStore | CacheMode::Reload => freshness == Freshness::Stale,
    }
}

/// The argument of a `Cache-Control` directive; empty where it has none.
fn directive(header_list: &HeaderList, name: &str) -> Option<String> {
    let value = header_list.get("Cache-Control")?;
    value.split(',').map(|member| member.trim_matches([' ', '\t'])).find_map(|member| {
        let (key, argument) = member.split_once('=').unwrap_or((member, ""));
        key.eq_ignore_ascii_case(name).then(|| argument.trim_matches('"').to_owned())
    })
}

/// A fragment is never sent, so no response is of one.
fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
