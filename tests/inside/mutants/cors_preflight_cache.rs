//! Wrong about what a preflight's answer is good for later.

use fetch_model::{
    CacheEntry, CorsPreflightCache, CredentialsMode, FetchStandard, Granted, HeaderList, Permits, Request,
    UseCorsPreflight,
};

mutants! {
    "the cache looks at the URL without its query" breaks ["R138"] {
        fn is_cache_entry_for(&self, entry: &CacheEntry, request: &Request) -> bool {
            let mut entry = entry.clone();
            if entry.url.path() == request.current_url().path() {
                entry.url.set_query(request.current_url().query());
            }
            FetchStandard.is_cache_entry_for(&entry, request)
        }
    }

    "the cache looks at the URL's origin alone" breaks ["R138"] {
        fn is_cache_entry_for(&self, entry: &CacheEntry, request: &Request) -> bool {
            let mut entry = entry.clone();
            if entry.url.origin() == request.current_url().origin() {
                entry.url = request.current_url().clone();
                entry.url.set_fragment(None);
            }
            FetchStandard.is_cache_entry_for(&entry, request)
        }
    }

    "the cache does not look at the origin" breaks ["R138"] {
        fn is_cache_entry_for(&self, entry: &CacheEntry, request: &Request) -> bool {
            let byte_serialized_origin = FetchStandard.serialize_a_request_origin(request);
            FetchStandard.is_cache_entry_for(&CacheEntry { byte_serialized_origin, ..entry.clone() }, request)
        }
    }

    "an entry without credentials serves with them" breaks ["R139"] {
        fn is_cache_entry_match(&self, entry: &CacheEntry, request: &Request) -> bool {
            FetchStandard.is_cache_entry_match(
                &CacheEntry { credentials: CredentialsMode::Include, ..entry.clone() },
                request,
            )
        }
    }

    "Access-Control-Max-Age: 0 counts as absent" breaks ["R140"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            match FetchStandard.max_age(response) {
                0 => 5,
                other => other,
            }
        }
    }

    "an answer without max-age is good for ever" breaks ["R140"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            if response.contains("Access-Control-Max-Age") {
                FetchStandard.max_age(response)
            } else {
                u64::MAX
            }
        }
    }

    "of two max-ages the first counts" breaks ["R141"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            let first: HeaderList = response
                .values("Access-Control-Max-Age")
                .take(1)
                .map(|value| ("Access-Control-Max-Age".to_owned(), value.to_owned()))
                .collect();
            FetchStandard.max_age(&first)
        }
    }

    "entries never expire" breaks ["R143"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            if FetchStandard.max_age(response) == 0 { 0 } else { u64::MAX }
        }
    }

    "an entry for one header serves for all" breaks ["R137", "R144"] {
        fn permits_header_name(&self, entry: &CacheEntry, _header_name: &str) -> bool {
            matches!(entry.permits, Permits::HeaderName(_))
        }
    }

    "an entry for * covers Authorization" breaks ["R145"] {
        fn permits_header_name(&self, entry: &CacheEntry, header_name: &str) -> bool {
            entry.permits == Permits::HeaderName("*".to_owned())
                || FetchStandard.permits_header_name(entry, header_name)
        }
    }

    "a failure leaves what was granted" breaks ["R52"] {
        fn clear_cache_entries(&self, _cache: &mut CorsPreflightCache, _request: &Request) {}
    }

    "a safelisted method needs an entry as well" breaks ["R146"] {
        fn lacks_a_cache_entry(&self, cache: &CorsPreflightCache, request: &Request) -> bool {
            !cache.has_method_cache_entry_match(self, &request.method, request)
                || FetchStandard.lacks_a_cache_entry(cache, request)
        }
    }

    "with a safelisted method headers need no entry" breaks ["R146"] {
        fn lacks_a_cache_entry(&self, cache: &CorsPreflightCache, request: &Request) -> bool {
            !FetchStandard.is_cors_safelisted_method(&request.method)
                && FetchStandard.lacks_a_cache_entry(cache, request)
        }
    }

    "an entry for the method is enough" breaks ["R137"] {
        fn lacks_a_cache_entry(&self, cache: &CorsPreflightCache, request: &Request) -> bool {
            !cache.has_method_cache_entry_match(self, &request.method, request)
                && FetchStandard.lacks_a_cache_entry(cache, request)
        }
    }

    "a forced preflight is made every time" breaks ["R149"] {
        fn lacks_a_cache_entry(&self, cache: &CorsPreflightCache, request: &Request) -> bool {
            request.use_cors_preflight == UseCorsPreflight::Set
                || FetchStandard.lacks_a_cache_entry(cache, request)
        }
    }

    "what failed is kept as if it had been granted" breaks ["R52", "R147"] {
        fn clear_cache_entries(&self, cache: &mut CorsPreflightCache, request: &Request) {
            let granted = Granted { request, max_age: 600, now: 0 };
            cache.store_method(&FetchStandard, &granted, &request.method);
            for name in FetchStandard.cors_unsafe_request_header_names(&request.header_list) {
                cache.store_header_name(&FetchStandard, &granted, &name);
            }
        }
    }

    "Cache-Control says how long a permission lasts" breaks ["R148"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            let seconds = |text: String| text.strip_prefix("max-age=").and_then(|text| text.parse().ok());
            response
                .get("Cache-Control")
                .and_then(seconds)
                .unwrap_or_else(|| FetchStandard.max_age(response))
        }
    }

    "no-store says that no permission lasts" breaks ["R148"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            let forbids = response.get("Cache-Control").is_some_and(|value| value.contains("no-store"));
            if forbids { 0 } else { FetchStandard.max_age(response) }
        }
    }

    "an entry with credentials serves nobody without" breaks ["R139"] {
        fn is_cache_entry_match(&self, entry: &CacheEntry, request: &Request) -> bool {
            (entry.credentials == CredentialsMode::Include)
                == (request.credentials_mode == CredentialsMode::Include)
                && FetchStandard.is_cache_entry_match(entry, request)
        }
    }

    "two max-ages are for ever" breaks ["R141"] {
        fn max_age(&self, response: &HeaderList) -> u64 {
            if response.values("Access-Control-Max-Age").count() > 1 {
                u64::MAX
            } else {
                FetchStandard.max_age(response)
            }
        }
    }

    "an entry of * covers Authorization" breaks ["R145"] {
        fn permits_header_name(&self, entry: &CacheEntry, header_name: &str) -> bool {
            entry.permits == Permits::HeaderName("*".to_owned())
                || FetchStandard.permits_header_name(entry, header_name)
        }
    }
}
