//! The reasons that come before or beside CORS.

use super::{Explanation, Servers, Words};

pub(super) const REQUEST_MODE: Explanation = Explanation {
    title: "The request's mode forbids the URL.",
    what: "The request was made with mode: 'same-origin' and the URL (or a redirect) is at another origin; or with \
           mode: 'no-cors' and a redirect mode other than follow.",
    header: None,
    remedy: "Drop mode from the request. 'cors', the default, is the one that can read across origins; 'no-cors' \
             never lets a script read anything.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-main-fetch",
    engines: Words {
        chromium: Some("Cross origin requests are not allowed by request mode."),
        firefox: None,
        webkit: None,
    },
};

pub(super) const URL_SCHEME: Explanation = Explanation {
    title: "The URL's scheme cannot be fetched in this mode.",
    what: "CORS is for http and https. file:, ftp: and an application's own schemes cannot be fetched by a page, \
           and a page from file: has the origin null.",
    header: None,
    remedy: "Serve both the page and what it asks for over http or https, if only from a local server.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#scheme-fetch",
    engines: Words {
        chromium: Some("Cross origin requests are only supported for protocol schemes: ..."),
        firefox: Some("CORS request not http"),
        webkit: None,
    },
};

pub(super) const INVALID_REQUEST: Explanation = Explanation {
    title: "The API throws before anything is fetched.",
    what: "The call's own arguments are refused: CONNECT, TRACE or TRACK as the method, a method or header that is no \
           token, a URL with a username, a body with GET, 'no-cors' with a method that is not safelisted.",
    header: None,
    remedy: "Read the exception's message: it names the argument. Nothing was sent, so no server can help.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#dom-request",
    engines: Words { chromium: None, firefox: None, webkit: None },
};

pub(super) const RESOURCE_POLICY: Explanation = Explanation {
    title: "Cross-Origin-Resource-Policy forbids the embedding.",
    what: "The answer to a no-cors request says Cross-Origin-Resource-Policy: same-origin (or same-site), and the \
           page is not. A page with Cross-Origin-Embedder-Policy gets the same where the header is missing.",
    header: Some("Cross-Origin-Resource-Policy, in the response"),
    remedy: "If others may embed the resource, say Cross-Origin-Resource-Policy: cross-origin. If scripts are to read \
             it, that takes CORS instead.",
    servers: Servers::Code {
        express: "app.use(helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }));",
        fastapi: "response.headers[\"Cross-Origin-Resource-Policy\"] = \"cross-origin\"",
        nginx: "add_header Cross-Origin-Resource-Policy cross-origin always;",
    },
    spec: "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header",
    engines: Words {
        chromium: Some("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"),
        firefox: None,
        webkit: Some(
            "Cancelled load to ... because it violates the resource's Cross-Origin-Resource-Policy response header.",
        ),
    },
};

pub(super) const MIXED_CONTENT: Explanation = Explanation {
    title: "An https page asks an http URL.",
    what: "A page that came over https may not fetch over http. Nothing was sent. Loopback addresses are an \
           exception in some engines and not in others.",
    header: None,
    remedy: "Serve the resource over https and ask for its https URL.",
    servers: Servers::NotTheirs,
    spec: "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
    engines: Words { chromium: None, firefox: None, webkit: None },
};

pub(super) const LOCAL_NETWORK_ACCESS: Explanation = Explanation {
    title: "A public page asks this machine or the local network.",
    what: "Chromium since version 142 asks the person in front of it before a page of the internet may ask \
           localhost or an address of the local network, and the answer was no, or there was nobody to ask. \
           Nothing was sent. The console says \"CORS policy\", but no header decides this.",
    header: None,
    remedy: "Permit it in the settings of the site that the page belongs to, open the page from localhost while \
             developing, or give the server a public name.",
    servers: Servers::NotTheirs,
    spec: "https://wicg.github.io/local-network-access/",
    engines: Words {
        chromium: Some("Permission was denied for this request to access the `loopback` address space."),
        firefox: None,
        webkit: None,
    },
};

pub(super) const BAD_PORT: Explanation = Explanation {
    title: "The URL's port is one that browsers never ask.",
    what: "Ports of other protocols, such as 25 (mail) or 6667 (IRC), are blocked, so that pages cannot talk to \
           those servers. Nothing was sent.",
    header: None,
    remedy: "Let the server listen on a port that is not on the list.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#port-blocking",
    engines: Words { chromium: Some("net::ERR_UNSAFE_PORT"), firefox: None, webkit: None },
};

pub(super) const NETWORK_FAILURE: Explanation = Explanation {
    title: "The server gave no HTTP answer.",
    what: "No connection, a certificate that does not hold, a connection closed half-way, bytes that are no HTTP. \
           A script cannot tell this from a read that CORS blocks.",
    header: None,
    remedy: "Ask for the same URL outside the page, for instance by curl -v URL, and mend that first.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-network-error",
    engines: Words {
        chromium: Some("net::ERR_... (no CORS message)"),
        firefox: Some("CORS request did not succeed. Status code: (null)"),
        webkit: None,
    },
};

pub(super) const KEEPALIVE_LIMIT: Explanation = Explanation {
    title: "Requests with keepalive carry too much.",
    what: "A request with keepalive: true may outlive its page, so what all such requests of a page carry together, \
           sendBeacon() among them, is 64 KiB at most. This one goes beyond it and was never sent.",
    header: None,
    remedy: "Send less, send it in turn, or drop keepalive: a request without it has no such limit.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#request-keepalive-flag",
    engines: Words { chromium: None, firefox: None, webkit: None },
};
