//! The frameworks whose words advice is given in: a file a language, a row a framework.

mod nginx;
mod node;
mod python;
mod rust;
mod settings;

use settings::Settings;

use crate::words::words;

pub(super) use settings::Setting;

words! {
    /// What a server is made with.
    #[derive(Default)]
    #[non_exhaustive]
    pub Framework {
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

impl Framework {
    /// `Express: cors({ maxAge: 600 }).`; `None` where it has no words of its own.
    pub(super) fn advice(self, setting: Setting) -> Option<String> {
        let settings = self.settings()?;
        Some(format!("{}: {}", settings.name, settings.of(setting)?))
    }

    fn settings(self) -> Option<&'static Settings> {
        match self {
            Self::Express => Some(&node::EXPRESS),
            Self::Next => Some(&node::NEXT),
            Self::Fastify => Some(&node::FASTIFY),
            Self::Koa => Some(&node::KOA),
            Self::Hono => Some(&node::HONO),
            Self::FastApi => Some(&python::FASTAPI),
            Self::Flask => Some(&python::FLASK),
            Self::Django => Some(&python::DJANGO),
            Self::Nginx => Some(&nginx::NGINX),
            Self::TowerHttp => Some(&rust::TOWER_HTTP),
            Self::Actix => Some(&rust::ACTIX),
            Self::Other => None,
        }
    }
}
