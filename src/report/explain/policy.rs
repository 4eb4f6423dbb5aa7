//! What a page's own policies, or a response's silence about them, keep from it.

use super::{Explanation, Servers, Words};

pub(super) const CONTENT_SECURITY_POLICY: Explanation = Explanation {
    title: "The page's own Content-Security-Policy forbids it.",
    what: "The page's response lists what the page may load and whom its scripts may ask. This URL is not on the list, \
           so nothing was sent, and no header of the asked server changes that.",
    header: Some("Content-Security-Policy, of the page"),
    remedy: "Add the URL's origin to the directive of the page's policy that is about it: connect-src for fetch(), \
             XMLHttpRequest, EventSource, WebSocket and sendBeacon(), img-src for images, and so on.",
    servers: Servers::NotTheirs,
    spec: "https://w3c.github.io/webappsec-csp/#should-block-request",
    engines: Words {
        chromium: Some("... violates the following Content Security Policy directive: \"connect-src ...\""),
        firefox: Some(
            "Content-Security-Policy: The page's settings blocked the loading of a resource (connect-src)",
        ),
        webkit: None,
    },
};

pub(super) const TIMING_ALLOW_ORIGIN: Explanation = Explanation {
    title: "The response does not let its times be seen.",
    what: "Of a response of another origin a timing entry tells when it was asked for and when it had come, and nothing in \
           between: times are 0 and lists are empty. The page and the response are not harmed by it.",
    header: Some("Timing-Allow-Origin"),
    remedy: "Send Timing-Allow-Origin with the page's origin in it, or * for everybody: on this response and on every \
             redirect before it.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-tao-check",
    engines: Words { chromium: None, firefox: None, webkit: None },
};

pub(super) const OPAQUE_RESPONSE: Explanation = Explanation {
    title: "Nothing is told of a response that is not granted.",
    what: "How long a body is and which status it came with is part of the response. A timing entry tells it where a script may \
           read the response itself, and says 0 elsewhere, whatever Timing-Allow-Origin says.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Ask by CORS, and have the server grant the read.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-filtered-response-opaque",
    engines: Words { chromium: None, firefox: None, webkit: None },
};
