//! The reasons of a CORS-preflight fetch.

use super::{Explanation, Servers, Words};

const SPEC: &str = "https://fetch.spec.whatwg.org/#cors-preflight-fetch";

pub(super) const PREFLIGHT_STATUS: Explanation = Explanation {
    title: "The preflight's status is not 200 to 299.",
    what: "Before this request the browser asks by OPTIONS, and the server answered that with an error: 405 or \
           404 because no handler takes OPTIONS, 401 or 403 because authentication runs first. A preflight never \
           carries credentials. The actual request was not sent.",
    header: Some("none: the status line of the answer to OPTIONS"),
    remedy: "Answer OPTIONS on the same URL with 204 and the Access-Control-Allow-* headers, before \
             authentication and routing.",
    servers: Servers::Code {
        express: "app.use(cors({ origin: 'https://app.example.com' })); // answers OPTIONS itself\n\
                  app.use(authenticate);                                // after it",
        fastapi: "# CORSMiddleware answers OPTIONS; 400 means it refused the origin, the\n\
                  # method or a header\n\
                  app.add_middleware(CORSMiddleware,\n    allow_origins=[\"https://app.example.com\"],\n    \
                  allow_methods=[\"PUT\"], allow_headers=[\"Authorization\"])",
        nginx: "if ($request_method = OPTIONS) {\n    \
                # repeat the add_header lines in here: an 'if' does not inherit them\n    return 204;\n}",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
        ),
        firefox: Some("CORS preflight response did not succeed. Status code: ..."),
        webkit: Some("Preflight response is not successful. Status code: ..."),
    },
};

pub(super) const PREFLIGHT_REDIRECT: Explanation = Explanation {
    title: "The preflight was answered with a redirect.",
    what: "Before this request the browser asks by OPTIONS, and the server answered that with a redirect: to \
           https, to a URL with or without a trailing slash, to a login page. A preflight follows none. The \
           actual request was not sent.",
    header: Some("none: the status line of the answer to OPTIONS"),
    remedy: "Ask for the final URL in the first place, and answer OPTIONS before any rule that redirects.",
    servers: Servers::Code {
        express: "app.use(cors({ origin: 'https://app.example.com' })); // before what redirects",
        fastapi: "# ask for the path as the route is written; or, to have no slash redirects:\n\
                  app = FastAPI(redirect_slashes=False)",
        nginx: "# before 'return 301 https://...', or ask for the https URL\n\
                if ($request_method = OPTIONS) { return 204; }",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight \
             request.",
        ),
        firefox: Some("CORS request external redirect not allowed"),
        webkit: Some("... due to access control checks."),
    },
};

pub(super) const ALLOW_METHODS_INVALID: Explanation = Explanation {
    title: "Access-Control-Allow-Methods does not parse.",
    what: "The preflight's answer has the header, and its value is no list of methods: a space instead of a \
           comma, quotes, brackets. The actual request was not sent.",
    header: Some("Access-Control-Allow-Methods, in the preflight's response"),
    remedy: "Write methods with commas between: Access-Control-Allow-Methods: GET, PUT, DELETE",
    servers: Servers::Code {
        express: "app.use(cors({ methods: ['GET', 'PUT', 'DELETE'] }));",
        fastapi: "app.add_middleware(CORSMiddleware, allow_methods=[\"GET\", \"PUT\", \"DELETE\"])",
        nginx: "add_header Access-Control-Allow-Methods 'GET, PUT, DELETE' always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
        ),
        firefox: Some("invalid token '...' in CORS header 'Access-Control-Allow-Methods'"),
        webkit: Some("Header Access-Control-Allow-Methods has an invalid value: ..."),
    },
};

pub(super) const ALLOW_HEADERS_INVALID: Explanation = Explanation {
    title: "Access-Control-Allow-Headers does not parse.",
    what: "The preflight's answer has the header, and its value is no list of header names: a space instead of a \
           comma, quotes, a colon with a value. The actual request was not sent.",
    header: Some("Access-Control-Allow-Headers, in the preflight's response"),
    remedy: "Write names with commas between: Access-Control-Allow-Headers: Authorization, Content-Type",
    servers: Servers::Code {
        express: "app.use(cors({ allowedHeaders: ['Authorization', 'Content-Type'] }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    allow_headers=[\"Authorization\", \"Content-Type\"])",
        nginx: "add_header Access-Control-Allow-Headers\n    'Authorization, Content-Type' always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
        ),
        firefox: Some("invalid token '...' in CORS header 'Access-Control-Allow-Headers'"),
        webkit: Some("Header Access-Control-Allow-Headers has an invalid value: ..."),
    },
};

pub(super) const METHOD_NOT_ALLOWED: Explanation = Explanation {
    title: "The preflight's answer does not allow the method.",
    what: "The method is none of GET, HEAD and POST, and Access-Control-Allow-Methods does not list it. Methods \
           are compared with their case: patch is not PATCH, and fetch upper-cases PUT and DELETE but not patch. \
           With credentials * is a method of that name, not a wildcard. The actual request was not sent.",
    header: Some("Access-Control-Allow-Methods, in the preflight's response"),
    remedy: "List the method as the request has it, letter for letter: of all methods browsers put only DELETE, GET, HEAD, OPTIONS, POST and PUT into upper case, so PATCH and patch are two.",
    servers: Servers::Code {
        express: "app.use(cors({ methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }));",
        fastapi: "# allows GET alone unless told\n\
                  app.add_middleware(CORSMiddleware,\n    \
                  allow_methods=[\"GET\", \"POST\", \"PUT\", \"PATCH\", \"DELETE\"])",
        nginx: "add_header Access-Control-Allow-Methods\n    'GET, POST, PUT, PATCH, DELETE' always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some("Method ... is not allowed by Access-Control-Allow-Methods in preflight response."),
        firefox: Some("Did not find method in CORS header 'Access-Control-Allow-Methods'"),
        webkit: Some("Method ... is not allowed by Access-Control-Allow-Methods."),
    },
};

pub(super) const HEADER_NOT_ALLOWED: Explanation = Explanation {
    title: "The preflight's answer does not allow a header.",
    what: "The script sets a header that needs permission (Authorization, Content-Type: application/json, anything \
           of your own), and Access-Control-Allow-Headers does not list it. * never covers Authorization, and with \
           credentials it is a name, not a wildcard. The actual request was not sent.",
    header: Some("Access-Control-Allow-Headers, in the preflight's response"),
    remedy: "List every such header by name; case does not matter. Or do not set it: Access-Control-Allow-Origin, \
             for one, does nothing in a request but cause a preflight.",
    servers: Servers::Code {
        express: "app.use(cors({ allowedHeaders: ['Authorization', 'Content-Type'] }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    allow_headers=[\"Authorization\", \"Content-Type\"])",
        nginx: "add_header Access-Control-Allow-Headers\n    'Authorization, Content-Type' always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "Request header field ... is not allowed by Access-Control-Allow-Headers in preflight response.",
        ),
        firefox: Some(
            "header '...' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight \
             response",
        ),
        webkit: Some("Request header field ... is not allowed by Access-Control-Allow-Headers."),
    },
};
