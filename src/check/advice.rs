//! What to change, in the words of the framework.

use super::{finding::Kind, framework::Framework};

/// What to change about a finding.
pub fn advice(kind: Kind, framework: Framework) -> String {
    let general = general(kind);
    match knob(kind).and_then(|knob| setting(framework, knob)) {
        Some(setting) => format!("{general} {}: {setting}", name(framework)),
        None => general.to_owned(),
    }
}

/// What has to be true, whatever the server is made with.
fn general(kind: Kind) -> &'static str {
    match kind {
        Kind::OriginLockedOut => {
            "Answer this origin with Access-Control-Allow-Origin set to it, exactly as the browser sends it: no path, no trailing slash, no default port."
        }
        Kind::PreflightRejected => {
            "Answer OPTIONS with Access-Control-Request-Method before any login, redirect or error, with 204 and the Access-Control-Allow-* headers."
        }
        Kind::OptionsNotHandled => {
            "Handle OPTIONS on this path: answer 204 with Access-Control-Allow-Origin, -Methods and -Headers."
        }
        Kind::MethodLockedOut => {
            "Name the method in Access-Control-Allow-Methods of the preflight's answer, in upper case."
        }
        Kind::HeaderLockedOut => {
            "Name the header in Access-Control-Allow-Headers of the preflight's answer; * covers neither Authorization nor requests with credentials."
        }
        Kind::HeaderUnexposed => {
            "Name the header in Access-Control-Expose-Headers of the answer itself, not of the preflight's."
        }
        Kind::CredentialsLockedOut => {
            "Send Access-Control-Allow-Credentials: true, and the origin itself instead of *, on both answers."
        }
        Kind::ErrorsUnreadable => {
            "Set the CORS headers before anything can fail, so that errors carry them as well."
        }
        Kind::DuplicateAllowOrigin => {
            "Set the header in one place: often a proxy and the application each add one."
        }
        Kind::CachedForAnotherOrigin | Kind::VaryMissing => {
            "Send Vary: Origin on every answer of this path, also where no origin is granted or none is sent."
        }
        Kind::Unstable => {
            "Compare the origin without state: a JavaScript regular expression with the flag g remembers where it stopped."
        }
        Kind::EnginesDisagree => "Look at the case: answer in a way that every engine understands alike.",
        Kind::ProtocolsDisagree => "Set the CORS headers where both protocols pass.",
        Kind::UndeclaredRedirect => {
            "If it is a redirect to https, trust X-Forwarded-Proto; otherwise answer here, or check that server with a file of its own."
        }
        Kind::ReflectsAnyOrigin => "Compare the Origin with a list, and send it back only if it is on it.",
        Kind::TrustsNull => "Take null off the list: it is nobody's own origin.",
        Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters => {
            "Compare the whole origin with ===; if it must be a pattern, anchor it at both ends and escape the dots."
        }
        Kind::TrustsSubdomain => "List the sub-domains that need it; if all do, declare them.",
        Kind::TrustsOtherScheme => "Compare the scheme as well: https://, and nothing else.",
        Kind::TrustsOtherPort => "Compare the port as well: it is part of the origin.",
        Kind::TrustsLocalhost => "Allow localhost in development only.",
        Kind::WildcardWithPrivateData | Kind::WildcardInsteadOfList => {
            "Send the one origin that asks, if it is on a list, and Vary: Origin; * is for what everybody may know."
        }
        Kind::MaxAgeMissing => {
            "Send Access-Control-Max-Age with the preflight's answer; 600 is kept by every engine."
        }
        Kind::MaxAgeAboveCap => "Nothing has to be changed; 600 is what every engine keeps.",
        Kind::MaxAgeDiffers => "Make the server and max_age in the file say the same.",
        Kind::MethodUnneeded => "List the methods that pages use, or declare these in methods.",
        Kind::HeaderUnneeded => {
            "List the request headers that scripts set, or declare these in request_headers."
        }
        Kind::WildcardWithCredentialsIgnored => {
            "Take Access-Control-Allow-Credentials away, or send the one origin instead of *."
        }
        Kind::StateChangedUnread => {
            "Do not rely on CORS: ask for a CSRF token, check Origin or Sec-Fetch-Site, and set cookies SameSite."
        }
        Kind::AllowOriginOnDeny => "Send Access-Control-Allow-Origin only to an origin that is granted.",
        Kind::PreflightSwallowsOptions => {
            "Treat OPTIONS as a preflight only if it has Access-Control-Request-Method, and let all others pass."
        }
        Kind::CredentialsNotExactlyTrue => "Write true, in lower case, or leave the header out.",
    }
}

/// What there is to set in a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knob {
    Origins,
    Methods,
    RequestHeaders,
    ExposedHeaders,
    Credentials,
    MaxAge,
    Preflight,
    PlainOptions,
    Vary,
    Errors,
}

fn knob(kind: Kind) -> Option<Knob> {
    Some(match kind {
        Kind::OriginLockedOut
        | Kind::ReflectsAnyOrigin
        | Kind::TrustsNull
        | Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters
        | Kind::TrustsSubdomain
        | Kind::TrustsOtherScheme
        | Kind::TrustsOtherPort
        | Kind::TrustsLocalhost
        | Kind::Unstable
        | Kind::WildcardWithPrivateData
        | Kind::WildcardInsteadOfList => Knob::Origins,
        Kind::MethodLockedOut | Kind::MethodUnneeded => Knob::Methods,
        Kind::HeaderLockedOut | Kind::HeaderUnneeded => Knob::RequestHeaders,
        Kind::HeaderUnexposed => Knob::ExposedHeaders,
        Kind::CredentialsLockedOut
        | Kind::CredentialsNotExactlyTrue
        | Kind::WildcardWithCredentialsIgnored => Knob::Credentials,
        Kind::MaxAgeMissing | Kind::MaxAgeDiffers => Knob::MaxAge,
        Kind::PreflightRejected | Kind::OptionsNotHandled => Knob::Preflight,
        Kind::PreflightSwallowsOptions => Knob::PlainOptions,
        Kind::CachedForAnotherOrigin | Kind::VaryMissing => Knob::Vary,
        Kind::ErrorsUnreadable => Knob::Errors,
        _ => return None,
    })
}

fn name(framework: Framework) -> &'static str {
    match framework {
        Framework::Express => "Express",
        Framework::Next => "Next.js",
        Framework::Fastify => "Fastify",
        Framework::Koa => "Koa",
        Framework::Hono => "Hono",
        Framework::FastApi => "FastAPI",
        Framework::Flask => "Flask",
        Framework::Django => "Django",
        Framework::Nginx => "nginx",
        Framework::TowerHttp => "tower-http",
        Framework::Actix => "Actix",
        Framework::Other => "Here",
    }
}

/// How a framework is told; `None` where it has no word of its own for it.
fn setting(framework: Framework, knob: Knob) -> Option<&'static str> {
    Some(match (framework, knob) {
        (Framework::Express, Knob::Origins) => {
            "cors({ origin: ['https://app.example.com'] }), or a function that calls back with list.includes(origin)."
        }
        (Framework::Express, Knob::Methods) => {
            "cors({ methods: ['GET', 'POST'] }); without it PUT, PATCH and DELETE are granted."
        }
        (Framework::Express, Knob::RequestHeaders) => {
            "cors({ allowedHeaders: ['Content-Type'] }); without it whatever is asked for is granted."
        }
        (Framework::Express, Knob::ExposedHeaders) => "cors({ exposedHeaders: ['X-Total-Count'] }).",
        (Framework::Express, Knob::Credentials) => "cors({ credentials: true, origin: [...] }).",
        (Framework::Express, Knob::MaxAge) => "cors({ maxAge: 600 }).",
        (Framework::Express, Knob::Preflight) => "app.use(cors(options)) before routes and logins.",
        (Framework::Express, Knob::PlainOptions) => {
            "the cors package answers every OPTIONS; call it only if req.get('Access-Control-Request-Method') is there, or the method is another."
        }
        (Framework::Express, Knob::Vary) => {
            "res.vary('Origin'); the cors package does it unless origin is one text."
        }
        (Framework::Express, Knob::Errors) => "app.use(cors(options)) before every route and error handler.",
        (Framework::Next, Knob::Origins) => {
            "in middleware.ts or the route: if (list.includes(origin)) headers.set('Access-Control-Allow-Origin', origin)."
        }
        (Framework::Next, Knob::Preflight) => {
            "export an OPTIONS handler, or answer it in middleware.ts with 204."
        }
        (Framework::Next, Knob::Vary) => {
            "res.setHeader('Vary', 'Origin'), or headers.append('Vary', 'Origin')."
        }
        (Framework::Next, Knob::Errors) => {
            "set the headers in middleware.ts on NextResponse.next(), so that errors have them too."
        }
        (Framework::Fastify, Knob::Origins) => {
            "fastify.register(cors, { origin: ['https://app.example.com'] })."
        }
        (Framework::Fastify, Knob::Methods) => "fastify.register(cors, { methods: ['GET', 'PUT'] }).",
        (Framework::Fastify, Knob::RequestHeaders) => "fastify.register(cors, { allowedHeaders: [...] }).",
        (Framework::Fastify, Knob::ExposedHeaders) => "fastify.register(cors, { exposedHeaders: [...] }).",
        (Framework::Fastify, Knob::Credentials) => "fastify.register(cors, { credentials: true }).",
        (Framework::Fastify, Knob::MaxAge) => "fastify.register(cors, { maxAge: 600 }).",
        (Framework::Fastify, Knob::Preflight) => "register @fastify/cors before routes and logins.",
        (Framework::Fastify, Knob::PlainOptions) => {
            "strictPreflight: true, which is the default, tells plain OPTIONS apart."
        }
        (Framework::Koa, Knob::Origins) => {
            "cors({ origin: ctx => list.includes(ctx.get('Origin')) ? ctx.get('Origin') : '' })."
        }
        (Framework::Koa, Knob::Methods) => "cors({ allowMethods: ['GET', 'PUT'] }).",
        (Framework::Koa, Knob::RequestHeaders) => "cors({ allowHeaders: [...] }).",
        (Framework::Koa, Knob::ExposedHeaders) => "cors({ exposeHeaders: [...] }).",
        (Framework::Koa, Knob::Credentials) => "cors({ credentials: true }).",
        (Framework::Koa, Knob::MaxAge) => "cors({ maxAge: 600 }).",
        (Framework::Koa, Knob::Errors) => "cors({ keepHeadersOnError: true }), before all other middleware.",
        (Framework::Hono, Knob::Origins) => "cors({ origin: ['https://app.example.com'] }).",
        (Framework::Hono, Knob::Methods) => "cors({ allowMethods: ['GET', 'PUT'] }).",
        (Framework::Hono, Knob::RequestHeaders) => "cors({ allowHeaders: [...] }).",
        (Framework::Hono, Knob::ExposedHeaders) => "cors({ exposeHeaders: [...] }).",
        (Framework::Hono, Knob::Credentials) => "cors({ credentials: true }).",
        (Framework::Hono, Knob::MaxAge) => "cors({ maxAge: 600 }).",
        (Framework::Hono, Knob::Errors) => {
            "app.use(cors(options)) before the routes, and app.onError for thrown errors."
        }
        (Framework::FastApi, Knob::Origins) => {
            "CORSMiddleware(allow_origins=[\"https://app.example.com\"]); allow_origin_regex must match the whole origin."
        }
        (Framework::FastApi, Knob::Methods) => "CORSMiddleware(allow_methods=[\"GET\", \"PUT\"]).",
        (Framework::FastApi, Knob::RequestHeaders) => "CORSMiddleware(allow_headers=[\"Authorization\"]).",
        (Framework::FastApi, Knob::ExposedHeaders) => "CORSMiddleware(expose_headers=[\"X-Total-Count\"]).",
        (Framework::FastApi, Knob::Credentials) => {
            "CORSMiddleware(allow_credentials=True) with a list of origins."
        }
        (Framework::FastApi, Knob::MaxAge) => "CORSMiddleware(max_age=600).",
        (Framework::FastApi, Knob::Errors) => {
            "wrap the whole application: CORSMiddleware(app, ...), because errors are answered outside of middleware that is added."
        }
        (Framework::Flask, Knob::Origins) => {
            "CORS(app, origins=[\"https://app.example.com\"]); texts with * or brackets are regular expressions."
        }
        (Framework::Flask, Knob::Methods) => "CORS(app, methods=[\"GET\", \"PUT\"]).",
        (Framework::Flask, Knob::RequestHeaders) => "CORS(app, allow_headers=[\"Authorization\"]).",
        (Framework::Flask, Knob::ExposedHeaders) => "CORS(app, expose_headers=[\"X-Total-Count\"]).",
        (Framework::Flask, Knob::Credentials) => "CORS(app, supports_credentials=True).",
        (Framework::Flask, Knob::MaxAge) => "CORS(app, max_age=600).",
        (Framework::Flask, Knob::Vary) => "CORS(app, vary_header=True, always_send=True).",
        (Framework::Django, Knob::Origins) => "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"].",
        (Framework::Django, Knob::Methods) => "CORS_ALLOW_METHODS = [\"GET\", \"PUT\"].",
        (Framework::Django, Knob::RequestHeaders) => "CORS_ALLOW_HEADERS = [\"authorization\"].",
        (Framework::Django, Knob::ExposedHeaders) => "CORS_EXPOSE_HEADERS = [\"X-Total-Count\"].",
        (Framework::Django, Knob::Credentials) => "CORS_ALLOW_CREDENTIALS = True.",
        (Framework::Django, Knob::MaxAge) => "CORS_PREFLIGHT_MAX_AGE = 600.",
        (Framework::Django, Knob::Preflight | Knob::Errors) => "put CorsMiddleware first in MIDDLEWARE.",
        (Framework::Nginx, Knob::Origins) => {
            "map $http_origin $cors { default \"\"; \"https://app.example.com\" $http_origin; } and add_header Access-Control-Allow-Origin $cors always."
        }
        (Framework::Nginx, Knob::Preflight) => {
            "if ($request_method = OPTIONS) { add_header ...; return 204; }"
        }
        (Framework::Nginx, Knob::Errors) => {
            "add_header ... always; without always it is left out of errors, and a block with an add_header of its own inherits none."
        }
        (Framework::Nginx, Knob::Vary) => "add_header Vary Origin always.",
        (Framework::Nginx, Knob::Methods) => "add_header Access-Control-Allow-Methods \"GET, PUT\" always.",
        (Framework::Nginx, Knob::RequestHeaders) => {
            "add_header Access-Control-Allow-Headers \"Authorization\" always."
        }
        (Framework::Nginx, Knob::ExposedHeaders) => {
            "add_header Access-Control-Expose-Headers \"X-Total-Count\" always."
        }
        (Framework::Nginx, Knob::Credentials) => "add_header Access-Control-Allow-Credentials true always.",
        (Framework::Nginx, Knob::MaxAge) => {
            "add_header Access-Control-Max-Age 600 always, in the OPTIONS block."
        }
        (Framework::TowerHttp, Knob::Origins) => {
            "CorsLayer::new().allow_origin([...]), or AllowOrigin::predicate that compares whole values."
        }
        (Framework::TowerHttp, Knob::Methods) => ".allow_methods([Method::GET, Method::PUT]).",
        (Framework::TowerHttp, Knob::RequestHeaders) => ".allow_headers([header::AUTHORIZATION]).",
        (Framework::TowerHttp, Knob::ExposedHeaders) => {
            ".expose_headers([HeaderName::from_static(\"x-total-count\")])."
        }
        (Framework::TowerHttp, Knob::Credentials) => ".allow_credentials(true) with a list of origins.",
        (Framework::TowerHttp, Knob::MaxAge) => ".max_age(Duration::from_secs(600)).",
        (Framework::TowerHttp, Knob::Preflight | Knob::Errors) => {
            "Router::layer(cors) after all routes, so that it wraps the fallback and every error too."
        }
        (Framework::TowerHttp, Knob::Vary) => ".vary([header::ORIGIN]); it is the default.",
        (Framework::Actix, Knob::Origins) => "Cors::default().allowed_origin(\"https://app.example.com\").",
        (Framework::Actix, Knob::Methods) => ".allowed_methods([\"GET\", \"PUT\"]).",
        (Framework::Actix, Knob::RequestHeaders) => ".allowed_headers([header::AUTHORIZATION]).",
        (Framework::Actix, Knob::ExposedHeaders) => ".expose_headers([\"X-Total-Count\"]).",
        (Framework::Actix, Knob::Credentials) => ".supports_credentials().",
        (Framework::Actix, Knob::MaxAge) => ".max_age(600).",
        (Framework::Actix, Knob::Preflight | Knob::Errors) => {
            "App::wrap(cors) last, so that it is the outermost."
        }
        (Framework::Actix, Knob::Vary) => "leave disable_vary_header() out.",
        _ => return None,
    })
}
