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
