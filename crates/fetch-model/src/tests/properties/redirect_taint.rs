use proptest::{collection::vec, prelude::*};
use url::Url;

use super::{
    super::rig::client,
    made_up::{origin, url},
};
use crate::{FetchStandard, Origin, RedirectTaint, Request, Rules};

/// The requests of a way, each one hop longer than the last.
fn ways(from: &Origin, urls: &[Url]) -> Vec<Request> {
    let mut request = Request::new(urls[0].clone(), from.clone(), client());
    let mut ways = vec![request.clone()];
    for url in &urls[1..] {
        request.append_url(url.clone());
        ways.push(request.clone());
    }
    ways
}

proptest! {
    #[test]
    fn taint_only_grows(from in origin(), urls in vec(url(), 1..6)) {
        let taints: Vec<RedirectTaint> = ways(&from, &urls).iter().map(Request::redirect_taint).collect();
        prop_assert_eq!(taints[0], RedirectTaint::SameOrigin, "a request that was not redirected is not tainted");
        prop_assert!(taints.is_sorted());
    }

    #[test]
    fn ways_within_two_origins_taint_by_coming_back_alone(from in origin(), to in origin(), hops in 1..4_usize) {
        let url = |origin: &Origin| Url::parse(&origin.serialize()).expect("a URL");
        let there: Vec<Url> = std::iter::once(url(&from)).chain(std::iter::repeat_n(url(&to), hops)).collect();
        let untainted = |way: &Request| way.redirect_taint() == RedirectTaint::SameOrigin;
        prop_assert!(ways(&from, &there).iter().all(untainted));
        let back: Vec<Url> = there.into_iter().chain([url(&from)]).collect();
        let tainted = ways(&from, &back).last().expect("a way").redirect_taint() != RedirectTaint::SameOrigin;
        prop_assert_eq!(tainted, from != to);
    }

    #[test]
    fn a_tainted_request_has_no_origin_to_tell(from in origin(), urls in vec(url(), 1..6)) {
        for way in ways(&from, &urls) {
            let expected = match way.redirect_taint() {
                RedirectTaint::SameOrigin => from.serialize(),
                RedirectTaint::SameSite | RedirectTaint::CrossSite => "null".to_owned(),
            };
            prop_assert_eq!(FetchStandard.serialize_a_request_origin(&way), expected);
        }
    }

    #[test]
    fn cross_site_means_that_a_site_was_left(from in origin(), urls in vec(url(), 1..6)) {
        let site = |url: &Url| Origin::of(url).is_some_and(|origin| origin.is_same_site(&from));
        if urls.iter().all(site) {
            let last = ways(&from, &urls).last().expect("a way").redirect_taint();
            prop_assert!(last < RedirectTaint::CrossSite);
        }
    }
}
