//! The frameworks whose words advice is given in.

use crate::words::words;

words! {
    /// What a server is made with.
    #[derive(Default)]
    Framework {
        /// Express, with the `cors` package.
        Express = "express",
        /// Next.js.
        Next = "next",
        /// Fastify, with `@fastify/cors`.
        Fastify = "fastify",
        /// Koa, with `@koa/cors`.
        Koa = "koa",
        /// Hono, with `hono/cors`.
        Hono = "hono",
        /// FastAPI or Starlette, with `CORSMiddleware`.
        FastApi = "fastapi",
        /// Flask, with Flask-CORS.
        Flask = "flask",
        /// Django, with django-cors-headers.
        Django = "django",
        /// nginx, with `add_header`.
        Nginx = "nginx",
        /// tower-http's `CorsLayer`.
        TowerHttp = "tower-http",
        /// Actix Web, with actix-cors.
        Actix = "actix",
        /// Anything else.
        #[default]
        Other = "other",
    }
}
