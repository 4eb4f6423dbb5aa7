//! Frameworks of Rust.

use super::settings::Settings;

/// `tower_http::cors::CorsLayer`, for axum and other tower services.
pub(super) const TOWER_HTTP: Settings = Settings {
    name: "tower-http",
    origins: "CorsLayer::new().allow_origin([...]), or AllowOrigin::predicate that compares whole values.",
    methods: ".allow_methods([Method::GET, Method::PUT]).",
    request_headers: ".allow_headers([header::AUTHORIZATION]).",
    exposed_headers: ".expose_headers([HeaderName::from_static(\"x-total-count\")]).",
    credentials: ".allow_credentials(true) with a list of origins.",
    max_age: ".max_age(Duration::from_secs(600)).",
    preflight: "Router::layer(cors) after all routes, so that it wraps the fallback and every error too.",
    plain_options: Some(
        "CorsLayer answers every OPTIONS itself; a layer around it can pass on those that are no preflights.",
    ),
    vary: ".vary([header::ORIGIN]); it is the default.",
    errors: "Router::layer(cors) after all routes, so that it wraps the fallback and every error too.",
    forwarded_proto: None,
    no_origin: None,
    slash: Some("NormalizePathLayer::trim_trailing_slash() around the router."),
};

/// The crate `actix-cors`.
pub(super) const ACTIX: Settings = Settings {
    name: "Actix",
    origins: "Cors::default().allowed_origin(\"https://app.example.com\").",
    methods: ".allowed_methods([\"GET\", \"PUT\"]).",
    request_headers: ".allowed_headers([header::AUTHORIZATION]).",
    exposed_headers: ".expose_headers([\"X-Total-Count\"]).",
    credentials: ".supports_credentials().",
    max_age: ".max_age(600).",
    preflight: "App::wrap(cors) last, so that it is the outermost.",
    plain_options: None,
    vary: "leave disable_vary_header() out.",
    errors: "App::wrap(cors) last, so that it is the outermost.",
    forwarded_proto: None,
    no_origin: None,
    slash: Some("App::wrap(NormalizePath::trim())."),
};
