//! Frameworks of Python.

use super::settings::Settings;

/// FastAPI with Starlette's `CORSMiddleware`.
pub(super) const FASTAPI: Settings = Settings {
    name: "FastAPI",
    origins: "CORSMiddleware(allow_origins=[\"https://app.example.com\"]); allow_origin_regex must match the whole origin.",
    methods: "CORSMiddleware(allow_methods=[\"GET\", \"PUT\"]).",
    request_headers: "CORSMiddleware(allow_headers=[\"Authorization\"]).",
    exposed_headers: "CORSMiddleware(expose_headers=[\"X-Total-Count\"]).",
    credentials: "CORSMiddleware(allow_credentials=True) with a list of origins.",
    max_age: "CORSMiddleware(max_age=600).",
    preflight: "app.add_middleware(CORSMiddleware, ...) after all other middleware: what is added last comes first.",
    plain_options: None,
    vary: "CORSMiddleware(allow_origins=[...]); where it leaves it out, response.headers.add_vary_header(\"Origin\").",
    errors: "wrap the whole application: CORSMiddleware(app, ...), because errors are answered outside of middleware that is added.",
    forwarded_proto: Some("uvicorn --proxy-headers --forwarded-allow-ips '127.0.0.1'."),
    no_origin: None,
    slash: Some("FastAPI(redirect_slashes=False), and routes for both spellings."),
};

/// Flask with `Flask-CORS`.
pub(super) const FLASK: Settings = Settings {
    name: "Flask",
    origins: "CORS(app, origins=[\"https://app.example.com\"]); texts with * or brackets are regular expressions.",
    methods: "CORS(app, methods=[\"GET\", \"PUT\"]).",
    request_headers: "CORS(app, allow_headers=[\"Authorization\"]).",
    exposed_headers: "CORS(app, expose_headers=[\"X-Total-Count\"]).",
    credentials: "CORS(app, supports_credentials=True).",
    max_age: "CORS(app, max_age=600).",
    preflight: "CORS(app) answers OPTIONS; a before_request that asks for a login must let OPTIONS pass.",
    plain_options: None,
    vary: "CORS(app, vary_header=True, always_send=True).",
    errors: "CORS(app, intercept_exceptions=True), which is the default, on the whole application.",
    forwarded_proto: Some("app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1)."),
    no_origin: None,
    slash: Some("app.url_map.strict_slashes = False."),
};

/// Django with `django-cors-headers`.
pub(super) const DJANGO: Settings = Settings {
    name: "Django",
    origins: "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"].",
    methods: "CORS_ALLOW_METHODS = [\"GET\", \"PUT\"].",
    request_headers: "CORS_ALLOW_HEADERS = [\"authorization\"].",
    exposed_headers: "CORS_EXPOSE_HEADERS = [\"X-Total-Count\"].",
    credentials: "CORS_ALLOW_CREDENTIALS = True.",
    max_age: "CORS_PREFLIGHT_MAX_AGE = 600.",
    preflight: "put CorsMiddleware first in MIDDLEWARE.",
    plain_options: None,
    vary: "put CorsMiddleware first in MIDDLEWARE: it adds it to whatever passes it.",
    errors: "put CorsMiddleware first in MIDDLEWARE.",
    forwarded_proto: Some("SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")."),
    no_origin: None,
    slash: Some("APPEND_SLASH = False, and re_path with /? at the end."),
};
