//! Frameworks of Node.js.

use super::settings::Settings;

/// Express with the package `cors`.
pub(super) const EXPRESS: Settings = Settings {
    name: "Express",
    origins: "cors({ origin: ['https://app.example.com'] }), or a function that calls back with list.includes(origin).",
    methods: "cors({ methods: ['GET', 'POST'] }); without it PUT, PATCH and DELETE are granted.",
    request_headers: "cors({ allowedHeaders: ['Content-Type'] }); without it whatever is asked for is granted.",
    exposed_headers: "cors({ exposedHeaders: ['X-Total-Count'] }).",
    credentials: "cors({ credentials: true, origin: [...] }).",
    max_age: "cors({ maxAge: 600 }).",
    preflight: "app.use(cors(options)) before routes and logins.",
    plain_options: Some(
        "the cors package answers every OPTIONS; call it only if req.get('Access-Control-Request-Method') is there, or the method is another.",
    ),
    vary: "res.vary('Origin'); the cors package does it unless origin is one text.",
    errors: "app.use(cors(options)) before every route and error handler.",
    forwarded_proto: Some("app.set('trust proxy', 1)."),
    no_origin: Some(
        "cors({ origin: (origin, callback) => callback(null, !origin || list.includes(origin)) }).",
    ),
    slash: None,
};

/// Headers that a middleware or a route sets itself.
pub(super) const NEXT: Settings = Settings {
    name: "Next.js",
    origins: "in middleware.ts or the route: if (list.includes(origin)) headers.set('Access-Control-Allow-Origin', origin).",
    methods: "headers.set('Access-Control-Allow-Methods', 'GET, PUT') where OPTIONS is answered.",
    request_headers: "headers.set('Access-Control-Allow-Headers', 'Content-Type') where OPTIONS is answered.",
    exposed_headers: "headers.set('Access-Control-Expose-Headers', 'X-Total-Count') on the answer itself.",
    credentials: "headers.set('Access-Control-Allow-Credentials', 'true') beside the origin, wherever that is set.",
    max_age: "headers.set('Access-Control-Max-Age', '600') where OPTIONS is answered.",
    preflight: "export an OPTIONS handler, or answer it in middleware.ts with 204.",
    plain_options: Some(
        "if (request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method')) answers preflights alone.",
    ),
    vary: "res.setHeader('Vary', 'Origin'), or headers.append('Vary', 'Origin').",
    errors: "set the headers in middleware.ts on NextResponse.next(), so that errors have them too.",
    forwarded_proto: None,
    no_origin: None,
    slash: Some("skipTrailingSlashRedirect: true in next.config.js."),
};

/// Fastify with `@fastify/cors`.
pub(super) const FASTIFY: Settings = Settings {
    name: "Fastify",
    origins: "fastify.register(cors, { origin: ['https://app.example.com'] }).",
    methods: "fastify.register(cors, { methods: ['GET', 'PUT'] }).",
    request_headers: "fastify.register(cors, { allowedHeaders: [...] }).",
    exposed_headers: "fastify.register(cors, { exposedHeaders: [...] }).",
    credentials: "fastify.register(cors, { credentials: true }).",
    max_age: "fastify.register(cors, { maxAge: 600 }).",
    preflight: "register @fastify/cors before routes and logins.",
    plain_options: Some("strictPreflight: true, which is the default, tells plain OPTIONS apart."),
    vary: "with a list or a function as origin the plugin adds it; reply.header('Vary', ...) must not overwrite it.",
    errors: "register @fastify/cors first: what a hook before it turns away has no headers.",
    forwarded_proto: Some("fastify({ trustProxy: true })."),
    no_origin: Some("origin: (origin, callback) => callback(null, !origin || list.includes(origin))."),
    slash: Some("fastify({ routerOptions: { ignoreTrailingSlash: true } })."),
};

/// Koa with `@koa/cors`.
pub(super) const KOA: Settings = Settings {
    name: "Koa",
    origins: "cors({ origin: ctx => list.includes(ctx.get('Origin')) ? ctx.get('Origin') : '' }).",
    methods: "cors({ allowMethods: ['GET', 'PUT'] }).",
    request_headers: "cors({ allowHeaders: [...] }).",
    exposed_headers: "cors({ exposeHeaders: [...] }).",
    credentials: "cors({ credentials: true }).",
    max_age: "cors({ maxAge: 600 }).",
    preflight: "app.use(cors(options)) before routers and logins.",
    plain_options: None,
    vary: "@koa/cors adds it to every answer; ctx.set('Vary', ...) must not overwrite it, ctx.vary(...) does not.",
    errors: "cors({ keepHeadersOnError: true }), before all other middleware.",
    forwarded_proto: Some("app.proxy = true."),
    no_origin: Some(
        "origin: ctx => list.includes(ctx.get('Origin')) ? ctx.get('Origin') : '', and no ctx.throw in it.",
    ),
    slash: None,
};

/// Hono with its own `hono/cors`.
pub(super) const HONO: Settings = Settings {
    name: "Hono",
    origins: "cors({ origin: ['https://app.example.com'] }).",
    methods: "cors({ allowMethods: ['GET', 'PUT'] }).",
    request_headers: "cors({ allowHeaders: [...] }).",
    exposed_headers: "cors({ exposeHeaders: [...] }).",
    credentials: "cors({ credentials: true }).",
    max_age: "cors({ maxAge: 600 }).",
    preflight: "app.use('*', cors(options)) before routes and logins.",
    plain_options: None,
    vary: "hono/cors adds it where origin is a list or a function; c.header('Vary', ..., { append: true }) keeps it.",
    errors: "app.use(cors(options)) before the routes, and app.onError for thrown errors.",
    forwarded_proto: None,
    no_origin: None,
    slash: Some("new Hono({ strict: false })."),
};
