//! Frameworks of Node.js.

use super::knob::Knob;

/// With the `cors` package.
pub(super) fn express(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "cors({ origin: ['https://app.example.com'] }), or a function that calls back with list.includes(origin)."
        }
        Knob::Methods => "cors({ methods: ['GET', 'POST'] }); without it PUT, PATCH and DELETE are granted.",
        Knob::RequestHeaders => {
            "cors({ allowedHeaders: ['Content-Type'] }); without it whatever is asked for is granted."
        }
        Knob::ExposedHeaders => "cors({ exposedHeaders: ['X-Total-Count'] }).",
        Knob::Credentials => "cors({ credentials: true, origin: [...] }).",
        Knob::MaxAge => "cors({ maxAge: 600 }).",
        Knob::Preflight => "app.use(cors(options)) before routes and logins.",
        Knob::PlainOptions => {
            "the cors package answers every OPTIONS; call it only if req.get('Access-Control-Request-Method') is there, or the method is another."
        }
        Knob::Vary => "res.vary('Origin'); the cors package does it unless origin is one text.",
        Knob::Errors => "app.use(cors(options)) before every route and error handler.",
    })
}

/// Headers that a middleware or a route sets itself.
pub(super) fn next(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "in middleware.ts or the route: if (list.includes(origin)) headers.set('Access-Control-Allow-Origin', origin)."
        }
        Knob::Methods => "headers.set('Access-Control-Allow-Methods', 'GET, PUT') where OPTIONS is answered.",
        Knob::RequestHeaders => {
            "headers.set('Access-Control-Allow-Headers', 'Content-Type') where OPTIONS is answered."
        }
        Knob::ExposedHeaders => {
            "headers.set('Access-Control-Expose-Headers', 'X-Total-Count') on the answer itself."
        }
        Knob::Credentials => {
            "headers.set('Access-Control-Allow-Credentials', 'true') beside the origin, wherever that is set."
        }
        Knob::MaxAge => "headers.set('Access-Control-Max-Age', '600') where OPTIONS is answered.",
        Knob::Preflight => "export an OPTIONS handler, or answer it in middleware.ts with 204.",
        Knob::PlainOptions => {
            "if (request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method')) answers preflights alone."
        }
        Knob::Vary => "res.setHeader('Vary', 'Origin'), or headers.append('Vary', 'Origin').",
        Knob::Errors => {
            "set the headers in middleware.ts on NextResponse.next(), so that errors have them too."
        }
    })
}

/// With `@fastify/cors`.
pub(super) fn fastify(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => "fastify.register(cors, { origin: ['https://app.example.com'] }).",
        Knob::Methods => "fastify.register(cors, { methods: ['GET', 'PUT'] }).",
        Knob::RequestHeaders => "fastify.register(cors, { allowedHeaders: [...] }).",
        Knob::ExposedHeaders => "fastify.register(cors, { exposedHeaders: [...] }).",
        Knob::Credentials => "fastify.register(cors, { credentials: true }).",
        Knob::MaxAge => "fastify.register(cors, { maxAge: 600 }).",
        Knob::Preflight => "register @fastify/cors before routes and logins.",
        Knob::PlainOptions => "strictPreflight: true, which is the default, tells plain OPTIONS apart.",
        Knob::Vary => {
            "with a list or a function as origin the plugin adds it; reply.header('Vary', ...) must not overwrite it."
        }
        Knob::Errors => "register @fastify/cors first: what a hook before it turns away has no headers.",
    })
}

/// With `@koa/cors`.
pub(super) fn koa(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "cors({ origin: ctx => list.includes(ctx.get('Origin')) ? ctx.get('Origin') : '' })."
        }
        Knob::Methods => "cors({ allowMethods: ['GET', 'PUT'] }).",
        Knob::RequestHeaders => "cors({ allowHeaders: [...] }).",
        Knob::ExposedHeaders => "cors({ exposeHeaders: [...] }).",
        Knob::Credentials => "cors({ credentials: true }).",
        Knob::MaxAge => "cors({ maxAge: 600 }).",
        Knob::Preflight => "app.use(cors(options)) before routers and logins.",
        Knob::Vary => {
            "@koa/cors adds it to every answer; ctx.set('Vary', ...) must not overwrite it, ctx.vary(...) does not."
        }
        Knob::Errors => "cors({ keepHeadersOnError: true }), before all other middleware.",
        Knob::PlainOptions => return None,
    })
}

/// With `hono/cors`.
pub(super) fn hono(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => "cors({ origin: ['https://app.example.com'] }).",
        Knob::Methods => "cors({ allowMethods: ['GET', 'PUT'] }).",
        Knob::RequestHeaders => "cors({ allowHeaders: [...] }).",
        Knob::ExposedHeaders => "cors({ exposeHeaders: [...] }).",
        Knob::Credentials => "cors({ credentials: true }).",
        Knob::MaxAge => "cors({ maxAge: 600 }).",
        Knob::Preflight => "app.use('*', cors(options)) before routes and logins.",
        Knob::Vary => {
            "hono/cors adds it where origin is a list or a function; c.header('Vary', ..., { append: true }) keeps it."
        }
        Knob::Errors => "app.use(cors(options)) before the routes, and app.onError for thrown errors.",
        Knob::PlainOptions => return None,
    })
}
