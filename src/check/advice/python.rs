//! Frameworks of Python.

use super::knob::Knob;

/// Starlette's `CORSMiddleware`.
pub(super) fn fastapi(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "CORSMiddleware(allow_origins=[\"https://app.example.com\"]); allow_origin_regex must match the whole origin."
        }
        Knob::Methods => "CORSMiddleware(allow_methods=[\"GET\", \"PUT\"]).",
        Knob::RequestHeaders => "CORSMiddleware(allow_headers=[\"Authorization\"]).",
        Knob::ExposedHeaders => "CORSMiddleware(expose_headers=[\"X-Total-Count\"]).",
        Knob::Credentials => "CORSMiddleware(allow_credentials=True) with a list of origins.",
        Knob::MaxAge => "CORSMiddleware(max_age=600).",
        Knob::Preflight => {
            "app.add_middleware(CORSMiddleware, ...) after all other middleware: what is added last comes first."
        }
        Knob::Vary => {
            "CORSMiddleware(allow_origins=[...]); where it leaves it out, response.headers.add_vary_header(\"Origin\")."
        }
        Knob::Errors => {
            "wrap the whole application: CORSMiddleware(app, ...), because errors are answered outside of middleware that is added."
        }
        Knob::PlainOptions => return None,
    })
}

/// With Flask-CORS.
pub(super) fn flask(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "CORS(app, origins=[\"https://app.example.com\"]); texts with * or brackets are regular expressions."
        }
        Knob::Methods => "CORS(app, methods=[\"GET\", \"PUT\"]).",
        Knob::RequestHeaders => "CORS(app, allow_headers=[\"Authorization\"]).",
        Knob::ExposedHeaders => "CORS(app, expose_headers=[\"X-Total-Count\"]).",
        Knob::Credentials => "CORS(app, supports_credentials=True).",
        Knob::MaxAge => "CORS(app, max_age=600).",
        Knob::Preflight => {
            "CORS(app) answers OPTIONS; a before_request that asks for a login must let OPTIONS pass."
        }
        Knob::Vary => "CORS(app, vary_header=True, always_send=True).",
        Knob::Errors => {
            "CORS(app, intercept_exceptions=True), which is the default, on the whole application."
        }
        Knob::PlainOptions => return None,
    })
}

/// With django-cors-headers.
pub(super) fn django(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"].",
        Knob::Methods => "CORS_ALLOW_METHODS = [\"GET\", \"PUT\"].",
        Knob::RequestHeaders => "CORS_ALLOW_HEADERS = [\"authorization\"].",
        Knob::ExposedHeaders => "CORS_EXPOSE_HEADERS = [\"X-Total-Count\"].",
        Knob::Credentials => "CORS_ALLOW_CREDENTIALS = True.",
        Knob::MaxAge => "CORS_PREFLIGHT_MAX_AGE = 600.",
        Knob::Preflight => "put CorsMiddleware first in MIDDLEWARE.",
        Knob::Vary => "put CorsMiddleware first in MIDDLEWARE: it adds it to whatever passes it.",
        Knob::Errors => "put CorsMiddleware first in MIDDLEWARE.",
        Knob::PlainOptions => return None,
    })
}
