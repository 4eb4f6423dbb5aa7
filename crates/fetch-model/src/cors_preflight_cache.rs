//! The CORS-preflight cache, <https://fetch.spec.whatwg.org/#concept-cache>.

use url::Url;

use super::{modes::CredentialsMode, origin::Origin, request::Request, rules::Rules};

/// <https://fetch.spec.whatwg.org/#concept-cache>
#[derive(Clone, Debug, Default)]
pub struct CorsPreflightCache(Vec<CacheEntry>);

/// <https://fetch.spec.whatwg.org/#cache-entry>
#[derive(Clone, Debug)]
pub struct CacheEntry {
    /// The network partition key.
    pub key: Origin,
    /// The serialized origin of the request, which may be `null`.
    pub byte_serialized_origin: String,
    /// The URL that answered the preflight, without its fragment.
    pub url: Url,
    /// When the entry expires, in the seconds of the user agent's clock.
    pub expires: u64,
    /// The credentials mode of the request for which the preflight was made.
    pub credentials: CredentialsMode,
    /// The method or the header name that the entry permits.
    pub permits: Permits,
}

/// The fields `method` and `header name`, of which one is always null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permits {
    /// This method, or any if it is `*`.
    Method(String),
    /// This header name, or any if it is `*`.
    HeaderName(String),
}

impl CorsPreflightCache {
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method>
    pub fn has_method_cache_entry_match(
        &self,
        rules: &(impl Rules + ?Sized),
        method: &str,
        request: &Request,
    ) -> bool {
        self.0.iter().any(|entry| rules.is_cache_entry_match(entry, request) && entry.permits_method(method))
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match-header>
    pub fn has_header_name_cache_entry_match(
        &self,
        rules: &(impl Rules + ?Sized),
        header_name: &str,
        request: &Request,
    ) -> bool {
        self.0.iter().any(|entry| {
            rules.is_cache_entry_match(entry, request) && rules.permits_header_name(entry, header_name)
        })
    }

    /// Updates the entries that match `method`, or makes one.
    pub fn store_method(&mut self, rules: &dyn Rules, grant: &Granted<'_>, method: &str) {
        let matches = |entry: &CacheEntry| {
            rules.is_cache_entry_match(entry, grant.request) && entry.permits_method(method)
        };
        self.store(rules, grant, matches, Permits::Method(method.to_owned()));
    }

    /// Updates the entries that match `header_name`, or makes one.
    pub fn store_header_name(&mut self, rules: &dyn Rules, grant: &Granted<'_>, header_name: &str) {
        let matches = |entry: &CacheEntry| {
            rules.is_cache_entry_match(entry, grant.request) && rules.permits_header_name(entry, header_name)
        };
        self.store(rules, grant, matches, Permits::HeaderName(header_name.to_owned()));
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>, of those entries that `is_for` names.
    pub(super) fn clear_entries(&mut self, is_for: impl Fn(&CacheEntry) -> bool) {
        self.0.retain(|entry| !is_for(entry));
    }

    /// Removes what has outlived its max-age at the time `now`, in seconds.
    pub fn remove_expired(&mut self, now: u64) {
        self.0.retain(|entry| now < entry.expires);
    }

    /// The end of <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, for one method or header name.
    fn store(
        &mut self,
        rules: &dyn Rules,
        Granted { request, max_age, now }: &Granted<'_>,
        matches: impl Fn(&CacheEntry) -> bool,
        permits: Permits,
    ) {
        let expires = now.saturating_add(*max_age);
        let mut found = false;
        for entry in self.0.iter_mut().filter(|entry| matches(entry)) {
            entry.expires = expires;
            found = true;
        }
        if !found {
            self.0.push(CacheEntry {
                key: request.client.top_level_origin.clone(),
                byte_serialized_origin: rules.serialize_a_request_origin(request),
                url: without_fragment(request.current_url()),
                expires,
                credentials: request.credentials_mode,
                permits,
            });
        }
        self.remove_expired(*now);
    }
}

/// The request that a preflight's answer grants, and how long the grant lasts.
#[derive(Clone, Copy, Debug)]
pub struct Granted<'a> {
    /// The request for which the preflight was made.
    pub request: &'a Request,
    /// The lifetime of the entries that the grant makes, in seconds.
    pub max_age: u64,
    /// The caller's clock, in seconds.
    pub now: u64,
}

impl CacheEntry {
    fn permits_method(&self, method: &str) -> bool {
        matches!(&self.permits, Permits::Method(other) if other == method || other == "*")
    }
}

/// Whether key, origin and URL of an entry are those of `request`.
pub(super) fn is_for(rules: &(impl Rules + ?Sized), entry: &CacheEntry, request: &Request) -> bool {
    // The key is the top-level site; https://fetch.spec.whatwg.org/#network-partition-keys
    entry.key.is_same_site(&request.client.top_level_origin)
        && entry.byte_serialized_origin == rules.serialize_a_request_origin(request)
        && entry.url == without_fragment(request.current_url())
}

/// <https://fetch.spec.whatwg.org/#concept-cache-match>
pub(super) fn is_cache_entry_match(
    rules: &(impl Rules + ?Sized),
    entry: &CacheEntry,
    request: &Request,
) -> bool {
    rules.is_cache_entry_for(entry, request)
        && (entry.credentials == CredentialsMode::Include
            || request.credentials_mode != CredentialsMode::Include)
}

/// The part of <https://fetch.spec.whatwg.org/#concept-cache-match-header> about the name.
pub(super) fn permits_header_name(
    rules: &(impl Rules + ?Sized),
    entry: &CacheEntry,
    header_name: &str,
) -> bool {
    matches!(&entry.permits, Permits::HeaderName(other) if other.eq_ignore_ascii_case(header_name)
        || (other == "*" && !rules.is_cors_non_wildcard_request_header_name(header_name)))
}

/// A fragment is never sent, so no server can mean to answer for it.
fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
