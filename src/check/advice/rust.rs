//! Frameworks of Rust.

use super::knob::Knob;

/// `CorsLayer`.
pub(super) fn tower_http(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "CorsLayer::new().allow_origin([...]), or AllowOrigin::predicate that compares whole values."
        }
        Knob::Methods => ".allow_methods([Method::GET, Method::PUT]).",
        Knob::RequestHeaders => ".allow_headers([header::AUTHORIZATION]).",
        Knob::ExposedHeaders => ".expose_headers([HeaderName::from_static(\"x-total-count\")]).",
        Knob::Credentials => ".allow_credentials(true) with a list of origins.",
        Knob::MaxAge => ".max_age(Duration::from_secs(600)).",
        Knob::Preflight => {
            "Router::layer(cors) after all routes, so that it wraps the fallback and every error too."
        }
        Knob::PlainOptions => {
            "CorsLayer answers every OPTIONS itself; a layer around it can pass on those that are no preflights."
        }
        Knob::Vary => ".vary([header::ORIGIN]); it is the default.",
        Knob::Errors => {
            "Router::layer(cors) after all routes, so that it wraps the fallback and every error too."
        }
    })
}

/// With actix-cors.
pub(super) fn actix(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => "Cors::default().allowed_origin(\"https://app.example.com\").",
        Knob::Methods => ".allowed_methods([\"GET\", \"PUT\"]).",
        Knob::RequestHeaders => ".allowed_headers([header::AUTHORIZATION]).",
        Knob::ExposedHeaders => ".expose_headers([\"X-Total-Count\"]).",
        Knob::Credentials => ".supports_credentials().",
        Knob::MaxAge => ".max_age(600).",
        Knob::Preflight => "App::wrap(cors) last, so that it is the outermost.",
        Knob::Vary => "leave disable_vary_header() out.",
        Knob::Errors => "App::wrap(cors) last, so that it is the outermost.",
        Knob::PlainOptions => return None,
    })
}
