use proptest::{collection::vec, prelude::*, sample::select};
use url::Url;

use super::made_up::{bytes, in_any_case, list, origin, request_headers};
use crate::{
    Ancestry, CacheMode, Client, FetchStandard, Freshness, HeaderList, HttpCache, InternalResponse, Origin,
    PolicyContainer, Request, Rules, StoredResponse,
};

const URL: &str = "https://api.example.com/data";

fn request(top_level_origin: Origin, headers: &[(String, String)]) -> Request {
    let client = Client {
        top_level_origin: top_level_origin.clone(),
        ancestry: Ancestry::SameSite,
        policy_container: PolicyContainer::default(),
        referrer_source: Url::parse(URL).expect("a URL"),
        document_domain: None,
    };
    let mut request = Request::new(Url::parse(URL).expect("a URL"), top_level_origin, client);
    request.header_list = list(headers);
    request
}

fn app() -> Origin {
    Origin::parse("https://app.example.com").expect("an origin")
}

fn response(headers: &[(&str, &str)]) -> InternalResponse {
    let header_list: HeaderList =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    InternalResponse::new(200, header_list, b"body".to_vec())
}

/// A cache that holds `response` as the answer to `request`, since the time 100.
fn holding(request: &Request, response: &InternalResponse) -> HttpCache {
    let mut cache = HttpCache::default();
    cache.store(&FetchStandard, request, response, 100);
    cache
}

fn stored(headers: &[(&str, &str)]) -> StoredResponse {
    StoredResponse {
        partition: app(),
        url: Url::parse(URL).expect("a URL"),
        request_header_list: HeaderList::new(),
        response: response(headers),
        stored: 100,
    }
}

/// Values of few kinds, so that two requests often say the same.
fn value() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        select(vec!["", "de", "en", "de, en"]).prop_map(|value| Some(value.to_owned())),
        bytes().prop_map(Some),
    ]
}

fn fields(name: &str, value: Option<String>) -> Vec<(String, String)> {
    value.map(|value| (name.to_owned(), value)).into_iter().collect()
}

proptest! {
    #[test]
    fn vary_asks_for_the_same_values((name, vary) in (in_any_case("x-lang"), in_any_case("x-lang")), (one, other) in (value(), value())) {
        let cache = holding(&request(app(), &fields(&name, one.clone())), &response(&[("Vary", &vary)]));
        let found = cache.select(&FetchStandard, &request(app(), &fields("X-Lang", other.clone()))).is_some();
        prop_assert_eq!(found, one == other);
    }

    #[test]
    fn without_vary_headers_do_not_count(one in request_headers(), other in request_headers()) {
        let cache = holding(&request(app(), &one), &response(&[]));
        prop_assert!(cache.select(&FetchStandard, &request(app(), &other)).is_some());
    }

    #[test]
    fn vary_by_anything_matches_nothing(before in select(vec!["", "Origin, ", "Origin,,\t"]), headers in request_headers()) {
        let asking = request(app(), &headers);
        let cache = holding(&asking, &response(&[("Vary", &format!("{before}*"))]));
        prop_assert!(cache.select(&FetchStandard, &asking).is_none());
    }

    #[test]
    fn a_request_matches_its_own_answer(names in vec("[a-z-]{1,8}", 0..4), headers in request_headers()) {
        let asking = request(app(), &headers);
        let cache = holding(&asking, &response(&[("Vary", &names.join(","))]));
        prop_assert!(cache.select(&FetchStandard, &asking).is_some());
    }

    #[test]
    fn sites_share_nothing(one in origin(), other in origin()) {
        let cache = holding(&request(one.clone(), &[]), &response(&[]));
        let found = cache.select(&FetchStandard, &request(other.clone(), &[])).is_some();
        prop_assert_eq!(found, one.is_same_site(&other));
    }

    #[test]
    fn fresh_until_max_age(max_age in 0..50_u64, age in 0..50_u64, later in 0..50_u64, spelling in in_any_case("max-age")) {
        let stored = stored(&[("Cache-Control", &format!("public, {spelling}={max_age}")), ("Age", &age.to_string())]);
        let expected = if age + later < max_age { Freshness::Fresh } else { Freshness::Stale };
        prop_assert_eq!(FetchStandard.freshness(&stored, 100 + later), expected);
    }

    #[test]
    fn no_directive_makes_no_cache_fresh(max_age in any::<u64>(), other in bytes()) {
        let stored = stored(&[("Cache-Control", &format!("no-cache,max-age={max_age},{other}"))]);
        prop_assert_eq!(FetchStandard.freshness(&stored, 100), Freshness::Stale);
    }

    #[test]
    fn no_bytes_are_too_odd(control in bytes(), vary in bytes(), age in bytes(), now in any::<u64>(), headers in request_headers()) {
        let headers_of_response = [("Cache-Control", control.as_str()), ("Vary", &vary), ("Age", &age)];
        let asking = request(app(), &headers);
        let mut cache = holding(&asking, &response(&headers_of_response));
        cache.select(&FetchStandard, &asking);
        cache.freshen(&FetchStandard, &asking, &response(&headers_of_response), now);
        FetchStandard.freshness(&stored(&headers_of_response), now);
    }

    #[test]
    fn after_a_304_its_fields_are_there_and_others_stay(
        (before, kept, after) in ("[a-z]{0,5}", "[a-z]{0,5}", "[a-z]{0,5}"),
        name in in_any_case("access-control-allow-origin"),
    ) {
        let mut stored = response(&[("Access-Control-Allow-Origin", &before), ("X-Kept", &kept)]).header_list;
        FetchStandard.update_stored_headers(&mut stored, &response(&[(&name, &after)]).header_list);
        prop_assert_eq!(stored.get("Access-Control-Allow-Origin"), Some(after));
        prop_assert_eq!(stored.get("X-Kept"), Some(kept));
    }

    #[test]
    fn a_304_leaves_the_frame_of_the_body(name in select(vec!["Content-Length", "content-type", "Content-Encoding"]), other in "[a-z]{1,5}") {
        let mut stored = response(&[(name, "as it was")]).header_list;
        FetchStandard.update_stored_headers(&mut stored, &response(&[(name, &other)]).header_list);
        prop_assert_eq!(stored.get(name), Some("as it was".to_owned()));
    }

    #[test]
    fn only_two_modes_take_what_is_stale(mode in select(CacheMode::ALL)) {
        let mut asking = request(app(), &[]);
        asking.cache_mode = mode;
        let takes = !FetchStandard.must_be_validated(&asking, Freshness::Stale);
        prop_assert_eq!(takes, matches!(mode, CacheMode::ForceCache | CacheMode::OnlyIfCached));
    }
}
