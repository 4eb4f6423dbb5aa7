//! Fetch Metadata, <https://w3c.github.io/webappsec-fetch-metadata/>: what a server is told of how and why it is asked.

use super::{
    modes::RequestMode,
    origin::{Origin, is_potentially_trustworthy},
    request::{Request, UserActivation},
    rules::Rules,
    words,
};

words! {
    /// The values of <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>, without `none`: a
    /// navigation that nobody but the user asked for is no case's.
    Site {
        /// Every URL on the way is of the page's own origin.
        SameOrigin = "same-origin",
        /// Some are of another origin of the page's site.
        SameSite = "same-site",
        /// Some are of another site.
        CrossSite = "cross-site",
    }
}

/// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request>
pub(super) fn append_the_fetch_metadata_headers(rules: &(impl Rules + ?Sized), request: &mut Request) {
    // 1. Departs: the text names the request's URL, the first of its list; a redirect asks another one, and that is
    // whose server is told or not told.
    if !is_potentially_trustworthy(request.current_url()) {
        return;
    }
    // 2.
    let destination = match request.destination.word() {
        "" => "empty",
        destination => destination,
    };
    request.header_list.append("Sec-Fetch-Dest", destination);
    // 3.
    request.header_list.append("Sec-Fetch-Mode", request.mode.word());
    // 4.
    let site = rules.sec_fetch_site(request);
    request.header_list.append("Sec-Fetch-Site", site.word());
    // 5.
    if request.mode == RequestMode::Navigate && request.user_activation == UserActivation::True {
        request.header_list.append("Sec-Fetch-User", "?1");
    }
}

/// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site>: the farthest of all URLs counts.
pub(super) fn sec_fetch_site(request: &Request) -> Site {
    let of = |url| match Origin::of(url) {
        Some(origin) if origin.is_same_origin(&request.origin) => Site::SameOrigin,
        Some(origin) if origin.is_same_site(&request.origin) => Site::SameSite,
        _ => Site::CrossSite,
    };
    request.url_list().iter().map(of).max().unwrap_or(Site::SameOrigin)
}
