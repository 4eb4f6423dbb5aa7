use proptest::{prelude::*, sample::select};

use super::{
    super::rig::client,
    made_up::{in_any_case, origin, token, url},
};
use crate::{
    CorsPreflightCache, CredentialsMode, FetchStandard, Origin, Request, cors_preflight_cache::Granted,
};

/// A request with what the cache looks at.
fn request() -> impl Strategy<Value = Request> {
    (origin(), url(), select(CredentialsMode::ALL)).prop_map(|(origin, url, credentials_mode)| {
        let mut request = Request::new(url, origin, client());
        request.credentials_mode = credentials_mode;
        request
    })
}

/// Two requests that often differ in one thing or in none.
fn pair() -> impl Strategy<Value = (Request, Request)> {
    (request(), request(), any::<[bool; 3]>()).prop_map(|(one, mut other, [origin, url, credentials])| {
        if origin {
            other.origin = one.origin.clone();
        }
        if url {
            let mut same = Request::new(one.current_url().clone(), other.origin.clone(), client());
            same.credentials_mode = other.credentials_mode;
            other = same;
        }
        if credentials {
            other.credentials_mode = one.credentials_mode;
        }
        (one, other)
    })
}

/// Whether what is granted to `one` serves `other`.
fn serves(one: &Request, other: &Request) -> bool {
    let without_fragment = |request: &Request| {
        let mut url = request.current_url().clone();
        url.set_fragment(None);
        url
    };
    let include = |request: &Request| request.credentials_mode == CredentialsMode::Include;
    Origin::is_same_origin(&one.origin, &other.origin)
        && without_fragment(one) == without_fragment(other)
        && (include(one) || !include(other))
}

fn granted(request: &Request, max_age: u64) -> Granted<'_> {
    Granted { request, max_age, now: 100 }
}

proptest! {
    #[test]
    fn a_method_is_granted_to_whom_it_serves((one, other) in pair(), method in token(), asked in token(), same in any::<bool>()) {
        let asked = if same { method.clone() } else { asked };
        let mut cache = CorsPreflightCache::default();
        cache.store_method(&FetchStandard, &granted(&one, 10), &method);
        let expected = serves(&one, &other) && (method == asked || method == "*");
        prop_assert_eq!(cache.has_method_cache_entry_match(&FetchStandard, &asked, &other), expected);
        prop_assert!(!cache.has_header_name_cache_entry_match(&FetchStandard, &asked, &other));
    }

    #[test]
    fn a_header_name_is_granted_in_any_case((one, other) in pair(), name in in_any_case("x-custom"), asked in in_any_case("x-custom")) {
        let mut cache = CorsPreflightCache::default();
        cache.store_header_name(&FetchStandard, &granted(&one, 10), &name);
        prop_assert_eq!(cache.has_header_name_cache_entry_match(&FetchStandard, &asked, &other), serves(&one, &other));
    }

    #[test]
    fn a_wildcard_grants_all_but_authorization(request in request(), name in token(), authorization in in_any_case("authorization")) {
        let mut cache = CorsPreflightCache::default();
        cache.store_header_name(&FetchStandard, &granted(&request, 10), "*");
        prop_assert!(cache.has_header_name_cache_entry_match(&FetchStandard, &name, &request));
        prop_assert!(!cache.has_header_name_cache_entry_match(&FetchStandard, &authorization, &request));
    }

    #[test]
    fn nothing_outlives_its_max_age(request in request(), method in token(), max_age in 0..20_u64, later in 0..40_u64) {
        let mut cache = CorsPreflightCache::default();
        cache.store_method(&FetchStandard, &granted(&request, max_age), &method);
        cache.remove_expired(100 + later);
        prop_assert_eq!(cache.has_method_cache_entry_match(&FetchStandard, &method, &request), later < max_age);
    }

    #[test]
    fn the_last_answer_says_how_long(request in request(), method in token(), ages in (0..20_u64, 1..20_u64), later in 0..20_u64) {
        let mut cache = CorsPreflightCache::default();
        cache.store_method(&FetchStandard, &granted(&request, ages.0), &method);
        cache.store_method(&FetchStandard, &granted(&request, ages.1), &method);
        cache.remove_expired(100 + later);
        prop_assert_eq!(cache.has_method_cache_entry_match(&FetchStandard, &method, &request), later < ages.1);
    }

    #[test]
    fn clearing_takes_what_is_for_the_request_and_no_more((one, other) in pair(), method in token()) {
        use crate::Rules;
        let mut cache = CorsPreflightCache::default();
        cache.store_method(&FetchStandard, &granted(&one, 10), &method);
        FetchStandard.clear_cache_entries(&mut cache, &other);
        let mut include = other.clone();
        include.credentials_mode = CredentialsMode::Omit;
        let cleared = serves(&one, &include);
        prop_assert_eq!(cache.has_method_cache_entry_match(&FetchStandard, &method, &one), !cleared);
    }
}
