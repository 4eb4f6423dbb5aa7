//! Wrong about what the HTTP cache keeps, and when it may be used.

use fetch_model::{
    CacheMode, CacheState, FetchStandard, Freshness, HeaderList, InternalResponse, Request, StoredResponse,
};

use super::mutant::but;

mutants! {
    "what comes out of the cache is not checked" breaks ["R118"] {
        fn needs_a_cors_check(&self, request: &Request, response: &InternalResponse) -> bool {
            response.cache_state != CacheState::Local && FetchStandard.needs_a_cors_check(request, response)
        }
    }

    "what was found valid is not checked again" breaks ["R118"] {
        fn needs_a_cors_check(&self, request: &Request, response: &InternalResponse) -> bool {
            response.cache_state != CacheState::Validated && FetchStandard.needs_a_cors_check(request, response)
        }
    }

    "a 304 changes nothing of what is stored" breaks ["R118"] {
        fn update_stored_headers(&self, _stored: &mut HeaderList, _validation: &HeaderList) {}
    }

    "a 304 says all that there is" breaks ["R118"] {
        fn update_stored_headers(&self, stored: &mut HeaderList, validation: &HeaderList) {
            *stored = validation.clone();
        }
    }

    "a 304 adds to what is stored" breaks ["R118"] {
        fn update_stored_headers(&self, stored: &mut HeaderList, validation: &HeaderList) {
            for (name, value) in validation.iter() {
                stored.append(name, value);
            }
        }
    }

    "Vary is not looked at" breaks ["R118"] {
        fn matches_vary(&self, _stored: &StoredResponse, _request: &Request) -> bool {
            true
        }
    }

    "Vary: * is a name like any other" breaks ["R118"] {
        fn matches_vary(&self, stored: &StoredResponse, request: &Request) -> bool {
            stored.response.header_list.get("Vary").as_deref() == Some("*")
                || FetchStandard.matches_vary(stored, request)
        }
    }

    "of several names in Vary the first counts" breaks ["R118"] {
        fn matches_vary(&self, stored: &StoredResponse, request: &Request) -> bool {
            let mut stored = stored.clone();
            if let Some(vary) = stored.response.header_list.get("Vary") {
                stored.response.header_list.delete("Vary");
                stored.response.header_list.append("Vary", vary.split(',').next().unwrap_or_default());
            }
            FetchStandard.matches_vary(&stored, request)
        }
    }

    "all sites share one cache" breaks ["R118"] {
        fn is_stored_for(&self, stored: &StoredResponse, request: &Request) -> bool {
            let partition = request.client.top_level_origin.clone();
            FetchStandard.is_stored_for(&StoredResponse { partition, ..stored.clone() }, request)
        }
    }

    "every origin has a cache of its own" breaks ["R118"] {
        fn is_stored_for(&self, stored: &StoredResponse, request: &Request) -> bool {
            stored.partition.is_same_origin(&request.client.top_level_origin)
                && FetchStandard.is_stored_for(stored, request)
        }
    }

    "no-store is stored" breaks ["R118"] {
        fn may_be_stored(&self, request: &Request, response: &InternalResponse) -> bool {
            let mut response = response.clone();
            response.header_list.delete("Cache-Control");
            FetchStandard.may_be_stored(request, &response)
        }
    }

    "the mode no-store stores" breaks ["R118"] {
        fn may_be_stored(&self, request: &Request, response: &InternalResponse) -> bool {
            let request = but(request, |request| request.cache_mode = CacheMode::Reload);
            FetchStandard.may_be_stored(&request, response)
        }
    }

    "the mode reload does not store" breaks ["R118"] {
        fn may_be_stored(&self, request: &Request, response: &InternalResponse) -> bool {
            request.cache_mode != CacheMode::Reload && FetchStandard.may_be_stored(request, response)
        }
    }

    "what is stored is fresh for ever" breaks ["R118"] {
        fn freshness(&self, _stored: &StoredResponse, _now: u64) -> Freshness {
            Freshness::Fresh
        }
    }

    "Age is not looked at" breaks ["R118"] {
        fn freshness(&self, stored: &StoredResponse, now: u64) -> Freshness {
            let mut stored = stored.clone();
            stored.response.header_list.delete("Age");
            FetchStandard.freshness(&stored, now)
        }
    }

    "nothing is used without asking" breaks ["R118"] {
        fn must_be_validated(&self, _request: &Request, _freshness: Freshness) -> bool {
            true
        }
    }

    "the mode no-cache takes what is fresh" breaks ["R118"] {
        fn must_be_validated(&self, request: &Request, freshness: Freshness) -> bool {
            let request = but(request, |request| request.cache_mode = CacheMode::Default);
            request.cache_mode != CacheMode::NoCache && FetchStandard.must_be_validated(&request, freshness)
        }
    }

    "the mode force-cache takes only what is fresh" breaks ["R118"] {
        fn must_be_validated(&self, request: &Request, freshness: Freshness) -> bool {
            freshness == Freshness::Stale || FetchStandard.must_be_validated(request, freshness)
        }
    }

    "unsafe methods leave the cache alone" breaks ["R118"] {
        fn invalidates(&self, _request: &Request, _response: &InternalResponse) -> bool {
            false
        }
    }

    "unsafe methods that fail change the cache" breaks ["R118"] {
        fn invalidates(&self, request: &Request, response: &InternalResponse) -> bool {
            FetchStandard.invalidates(request, &InternalResponse { status: 200, ..response.clone() })
        }
    }

    "a preflight changes the cache" breaks ["R118"] {
        fn invalidates(&self, request: &Request, response: &InternalResponse) -> bool {
            request.method == "OPTIONS" || FetchStandard.invalidates(request, response)
        }
    }
}
