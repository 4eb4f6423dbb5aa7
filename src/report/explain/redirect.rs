//! The reasons of an HTTP-redirect fetch.

use super::{Explanation, Servers, Words};

const SPEC: &str = "https://fetch.spec.whatwg.org/#http-redirect-fetch";

pub(super) const REDIRECT_CREDENTIALS: Explanation = Explanation {
    title: "A redirect leads to a URL with a user or password.",
    what: "A CORS request was redirected to https://user:password@..., at another origin, or after it had been \
           at another origin already. That URL was not asked for.",
    header: Some("Location, in the redirect's response"),
    remedy: "Leave the username and password out of Location. What needs credentials takes a cookie or an \
             Authorization header.",
    servers: Servers::Code {
        express: "res.redirect('https://api.example.com/data'); // no user:password@",
        fastapi: "return RedirectResponse(\"https://api.example.com/data\")  # no user:password@",
        nginx: "return 302 https://api.example.com/data;  # no user:password@",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Redirect location '...' contains a username and password, which is disallowed for cross-origin requests.",
        ),
        firefox: None,
        webkit: Some(
            "Cross-origin redirection to ... denied by Cross-Origin Resource Sharing policy: redirection URL ... has \
             credentials",
        ),
    },
};

pub(super) const REDIRECT_SCHEME: Explanation = Explanation {
    title: "A redirect leads to a scheme other than http(s).",
    what: "The answer redirects to a URL such as data:, file: or an application's own scheme. A fetch follows \
           http and https only.",
    header: Some("Location, in the redirect's response"),
    remedy: "Redirect to an http or https URL. To open an application, navigate to its URL instead of fetching it.",
    servers: Servers::NotTheirs,
    spec: SPEC,
    engines: Words {
        chromium: Some("Cross origin requests are only supported for protocol schemes: ..."),
        firefox: Some("CORS request not http"),
        webkit: Some("not allowed to follow a cross-origin CORS redirection with non CORS scheme"),
    },
};

pub(super) const REDIRECT_LOCATION: Explanation = Explanation {
    title: "A redirect's Location cannot be parsed, or is double.",
    what: "The answer is a redirect, and its Location is no URL, or the header came more than once with \
           different values.",
    header: Some("Location, in the redirect's response"),
    remedy: "Send one Location with a valid URL, absolute or relative, percent-encoded.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-response-location-url",
    engines: Words { chromium: None, firefox: None, webkit: None },
};

pub(super) const REDIRECT_LIMIT: Explanation = Explanation {
    title: "More than 20 redirects.",
    what: "The redirects went round in a circle, or on for too long. The 21st is not followed.",
    header: Some("Location, in the redirects' responses"),
    remedy: "Find the circle, for instance by curl -sIL URL: often http to https and back behind a proxy that \
             ends TLS, or a login that lacks its cookie.",
    servers: Servers::NotTheirs,
    spec: SPEC,
    engines: Words {
        chromium: Some("net::ERR_TOO_MANY_REDIRECTS"),
        firefox: None,
        webkit: Some("Load cannot follow more than 20 redirections"),
    },
};

pub(super) const REDIRECT_MODE: Explanation = Explanation {
    title: "The request forbids redirects, the answer is one.",
    what: "The request was made with redirect: 'error', and the server answered with a redirect.",
    header: None,
    remedy: "Ask for the final URL, or drop redirect: 'error' from the request.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#concept-http-fetch",
    engines: Words {
        chromium: None,
        firefox: None,
        webkit: Some("Not allowed to follow a redirection while loading ..."),
    },
};

pub(super) const REDIRECT_STREAM: Explanation = Explanation {
    title: "A redirect would have to send a stream again.",
    what: "The request's body is a ReadableStream, which is gone once it was sent, and the redirect (301, 302, 307 \
           or 308) keeps the body. Only 303 drops it.",
    header: None,
    remedy: "Ask for the final URL, or send a body that can be sent twice: a string, a Blob, bytes.",
    servers: Servers::NotTheirs,
    spec: SPEC,
    engines: Words { chromium: None, firefox: None, webkit: None },
};
