//! The reasons of the CORS check.

use super::{Explanation, Servers, Words};

const SPEC: &str = "https://fetch.spec.whatwg.org/#concept-cors-check";

pub(super) const ALLOW_ORIGIN_MISSING: Explanation = Explanation {
    title: "The response has no Access-Control-Allow-Origin.",
    what: "The page asked another origin, the answer arrived, and it does not say that this page may read it. \
           Often the answer is not the one you think of: an error page, a proxy's 502 or a login answer, made \
           by something that does not add the header.",
    header: Some("Access-Control-Allow-Origin, in the response"),
    remedy: "Add Access-Control-Allow-Origin with the page's origin to every answer, errors included, and add \
             Vary: Origin where it depends on the request.",
    servers: Servers::Code {
        express: "// before the routes, and before anything that answers 401 or 404\n\
                  app.use(cors({ origin: 'https://app.example.com' }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    allow_origins=[\"https://app.example.com\"])\n\
                  # added last, so that it also wraps what other middleware answers",
        nginx: "# 'always', or 4xx and 5xx answers go without it; an add_header in an\n\
                # inner block drops all those of the outer one\n\
                add_header Access-Control-Allow-Origin https://app.example.com always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some("No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        firefox: Some("CORS header 'Access-Control-Allow-Origin' missing. Status code: ..."),
        webkit: Some("Origin ... is not allowed by Access-Control-Allow-Origin. Status code: ..."),
    },
};

pub(super) const ALLOW_ORIGIN_MISMATCH: Explanation = Explanation {
    title: "Access-Control-Allow-Origin names another origin.",
    what: "The header's value is compared with the request's Origin byte by byte. A trailing slash, a path, \
           another scheme or port, upper case, or a default port written out makes it another text. So does \
           a list in one value. A redirect through another origin, or a sandboxed frame, turns Origin into null.",
    header: Some("Access-Control-Allow-Origin, in the response"),
    remedy: "Send back the request's Origin, exactly as it came, if it is on your list; and Vary: Origin. Never \
             trust null: any site can send it.",
    servers: Servers::Code {
        express: "app.use(cors({ origin: ['https://app.example.com', 'https://www.example.com'] }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    \
                  allow_origins=[\"https://app.example.com\"])  # no trailing slash",
        nginx: "map $http_origin $allowed_origin {\n    https://app.example.com $http_origin;\n}\n\
                add_header Access-Control-Allow-Origin $allowed_origin always;\n\
                add_header Vary Origin always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "The 'Access-Control-Allow-Origin' header has a value '...' that is not equal to the supplied origin.",
        ),
        firefox: Some("CORS header 'Access-Control-Allow-Origin' does not match '...'"),
        webkit: Some("Origin ... is not allowed by Access-Control-Allow-Origin. Status code: ..."),
    },
};

pub(super) const ALLOW_ORIGIN_MULTIPLE: Explanation = Explanation {
    title: "Access-Control-Allow-Origin has more than one value.",
    what: "The header came twice, or holds several origins. Only one is allowed. Two layers that each add it, \
           say an application and the proxy in front of it, are the usual cause.",
    header: Some("Access-Control-Allow-Origin, in the response"),
    remedy: "Let one layer alone set the header. To allow several origins, choose the one to send for each request.",
    servers: Servers::Code {
        express: "// either here or in the proxy, not in both\n\
                  app.use(cors({ origin: ['https://app.example.com', 'https://www.example.com'] }));",
        fastapi: "# one CORSMiddleware, and no header of that name set in a route\n\
                  app.add_middleware(CORSMiddleware,\n    \
                  allow_origins=[\"https://app.example.com\", \"https://www.example.com\"])",
        nginx: "# take away what the application behind has set\n\
                proxy_hide_header Access-Control-Allow-Origin;\n\
                add_header Access-Control-Allow-Origin $allowed_origin always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "The 'Access-Control-Allow-Origin' header contains multiple values '...', but only one is allowed.",
        ),
        firefox: Some("Multiple CORS header 'Access-Control-Allow-Origin' not allowed"),
        webkit: Some("Access-Control-Allow-Origin cannot contain more than one origin."),
    },
};

pub(super) const WILDCARD_WITH_CREDENTIALS: Explanation = Explanation {
    title: "The answer allows '*', the request has credentials.",
    what: "The request was made with credentials: 'include' (or withCredentials). The value * stands for reads \
           without credentials; with them it is never enough.",
    header: Some("Access-Control-Allow-Origin, in the response"),
    remedy: "Name the origin instead of *, with Access-Control-Allow-Credentials: true and Vary: Origin. Or drop \
             the credentials from the request if the data are public. Do not reflect every origin: that lets any \
             site read as your user.",
    servers: Servers::Code {
        express: "app.use(cors({ origin: 'https://app.example.com', credentials: true }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    \
                  allow_origins=[\"https://app.example.com\"],  # not [\"*\"]\n    allow_credentials=True)",
        nginx: "add_header Access-Control-Allow-Origin https://app.example.com always;\n\
                add_header Access-Control-Allow-Credentials true always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when \
             the request's credentials mode is 'include'.",
        ),
        firefox: Some("Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'"),
        webkit: Some("Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."),
    },
};

pub(super) const ALLOW_CREDENTIALS_NOT_TRUE: Explanation = Explanation {
    title: "The answer does not allow the request's credentials.",
    what: "The request was made with credentials: 'include' (or withCredentials), and \
           Access-Control-Allow-Credentials is missing or is not exactly true, in lower case.",
    header: Some("Access-Control-Allow-Credentials, in the response (of the preflight, too)"),
    remedy: "Send Access-Control-Allow-Credentials: true, once, with the origin named; or make the request \
             without credentials.",
    servers: Servers::Code {
        express: "app.use(cors({ origin: 'https://app.example.com', credentials: true }));",
        fastapi: "app.add_middleware(CORSMiddleware,\n    \
                  allow_origins=[\"https://app.example.com\"], allow_credentials=True)",
        nginx: "add_header Access-Control-Allow-Credentials true always;",
    },
    spec: SPEC,
    engines: Words {
        chromium: Some(
            "The value of the 'Access-Control-Allow-Credentials' header in the response is '...' which must be 'true' \
             when the request's credentials mode is 'include'.",
        ),
        firefox: Some("expected 'true' in CORS header 'Access-Control-Allow-Credentials'"),
        webkit: Some("Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"."),
    },
};
