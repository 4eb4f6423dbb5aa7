//! The reasons why what a service worker answers with is refused.

use super::{Explanation, Servers, Words};

pub(super) const SERVICE_WORKER_RESPONSE: Explanation = Explanation {
    title: "A service worker's answer does not fit the request.",
    what: "respondWith() was given a network error; an opaque response for a request that is not no-cors; one of type \
           cors for mode same-origin; an opaque redirect for a request that follows redirects; or a response that was \
           redirected for one that does not.",
    header: None,
    remedy: "In the service worker, answer with fetch(event.request) itself, or fetch the other URL with mode 'cors' \
             and let its server grant the read. An opaque response from a cache is for no-cors requests alone.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-http-fetch",
    engines: Words {
        chromium: Some("The FetchEvent for \"...\" resulted in a network error response: ..."),
        firefox: Some(
            "Failed to load '...'. A ServiceWorker passed an opaque Response to FetchEvent.respondWith() ...",
        ),
        webkit: None,
    },
};

pub(super) const UNASKED_RANGE: Explanation = Explanation {
    title: "A part of a resource, where the whole was asked for.",
    what: "A service worker kept the opaque answer to a request with Range (a media element's) and gave it to a request \
           without one. The bytes of a part may mean something that the whole does not.",
    header: None,
    remedy: "In the service worker, answer requests without Range from responses that were fetched without Range.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-main-fetch",
    engines: Words { chromium: None, firefox: None, webkit: None },
};
