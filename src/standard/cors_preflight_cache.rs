//! The CORS-preflight cache, <https://fetch.spec.whatwg.org/#concept-cache>.

use url::Url;

use super::{
    modes::CredentialsMode, origin::Origin, request::Request,
    request_header::is_cors_non_wildcard_request_header_name,
};

/// <https://fetch.spec.whatwg.org/#concept-cache>
#[derive(Clone, Debug, Default)]
pub struct CorsPreflightCache(Vec<CacheEntry>);

/// <https://fetch.spec.whatwg.org/#cache-entry>
#[derive(Clone, Debug)]
struct CacheEntry {
    /// The network partition key.
    key: Origin,
    byte_serialized_origin: String,
    url: Url,
    /// When it must be gone: in the seconds of the caller's clock.
    expires: u64,
    credentials: CredentialsMode,
    permits: Permits,
}

/// The fields `method` and `header name`, of which one is always null.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Permits {
    Method(String),
    HeaderName(String),
}

impl CorsPreflightCache {
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method>
    pub fn has_method_cache_entry_match(&self, method: &str, request: &Request) -> bool {
        self.0.iter().any(|entry| {
            entry.is_match(request)
                && matches!(&entry.permits, Permits::Method(other) if other == method || other == "*")
        })
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match-header>
    pub fn has_header_name_cache_entry_match(&self, header_name: &str, request: &Request) -> bool {
        self.0.iter().any(|entry| entry.is_match(request) && entry.permits_header_name(header_name))
    }

    /// Updates the entries that match `method`, or makes one.
    pub fn store_method(&mut self, request: &Request, method: &str, max_age: u64, now: u64) {
        let matches = |entry: &CacheEntry| {
            entry.is_match(request)
                && matches!(&entry.permits, Permits::Method(other) if other == method || other == "*")
        };
        self.store(request, matches, Permits::Method(method.to_owned()), max_age, now);
    }

    /// Updates the entries that match `header_name`, or makes one.
    pub fn store_header_name(&mut self, request: &Request, header_name: &str, max_age: u64, now: u64) {
        let matches = |entry: &CacheEntry| entry.is_match(request) && entry.permits_header_name(header_name);
        self.store(request, matches, Permits::HeaderName(header_name.to_owned()), max_age, now);
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>
    pub fn clear_entries(&mut self, request: &Request) {
        self.0.retain(|entry| !entry.is_for(request));
    }

    /// Removes what has outlived its max-age at the time `now`, in seconds.
    pub fn remove_expired(&mut self, now: u64) {
        self.0.retain(|entry| now < entry.expires);
    }

    /// The end of <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, for one method or header name.
    fn store(
        &mut self,
        request: &Request,
        matches: impl Fn(&CacheEntry) -> bool,
        permits: Permits,
        max_age: u64,
        now: u64,
    ) {
        let expires = now.saturating_add(max_age);
        let mut found = false;
        for entry in self.0.iter_mut().filter(|entry| matches(entry)) {
            entry.expires = expires;
            found = true;
        }
        if !found {
            self.0.push(CacheEntry {
                key: request.client.top_level_origin.clone(),
                byte_serialized_origin: request.serialize_origin(),
                url: without_fragment(request.current_url()),
                expires,
                credentials: request.credentials_mode,
                permits,
            });
        }
        self.remove_expired(now);
    }
}

impl CacheEntry {
    /// Whether key, origin and URL are those of `request`.
    fn is_for(&self, request: &Request) -> bool {
        // The key is the top-level site; https://fetch.spec.whatwg.org/#network-partition-keys
        self.key.is_same_site(&request.client.top_level_origin)
            && self.byte_serialized_origin == request.serialize_origin()
            && self.url == without_fragment(request.current_url())
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match>
    fn is_match(&self, request: &Request) -> bool {
        self.is_for(request)
            && (self.credentials == CredentialsMode::Include
                || request.credentials_mode != CredentialsMode::Include)
    }

    fn permits_header_name(&self, header_name: &str) -> bool {
        matches!(&self.permits, Permits::HeaderName(other) if other.eq_ignore_ascii_case(header_name)
            || (other == "*" && !is_cors_non_wildcard_request_header_name(header_name)))
    }
}

/// A fragment is never sent, so no server can mean to answer for it.
fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
