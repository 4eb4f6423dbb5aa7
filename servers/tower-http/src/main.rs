//! tower-http's `CorsLayer` around an axum router. It speaks HTTP/1.1 and, without TLS, HTTP/2.

use std::{env, time::Duration};

use axum::{
    Json, Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

fn policy() -> CorsLayer {
    CorsLayer::new()
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers([HeaderName::from_static("x-total-count")])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
}

fn right() -> CorsLayer {
    let pages = ["https://app.shop.example", "https://admin.shop.example"];
    policy().allow_origin(pages.map(HeaderValue::from_static))
}

/// `*` among the allowed headers stands for every name but Authorization.
fn any_header() -> CorsLayer {
    policy()
        .allow_origin([HeaderValue::from_static("https://app.shop.example")])
        .allow_headers(AllowHeaders::any())
        .allow_credentials(false)
}

/// Whoever can open a page below this name, say a customer's shop, reads along.
fn subdomain() -> CorsLayer {
    policy().allow_origin(AllowOrigin::predicate(|origin, _| {
        let origin = origin.as_bytes();
        origin.starts_with(b"https://") && origin.ends_with(b".shop.example")
    }))
}

/// HTTP/2 has no Host header, so there the name to compare with is empty.
fn host_header() -> CorsLayer {
    policy().allow_origin(AllowOrigin::predicate(|origin, request: &Parts| {
        let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let page = host.split_once('.').map(|(_, domain)| format!("https://app.{domain}"));
        page.is_some_and(|page| origin.as_bytes() == page.as_bytes())
    }))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cors = match env::args().nth(1).as_deref() {
        None => right(),
        Some("any-header") => any_header(),
        Some("subdomain") => subdomain(),
        Some("host-header") => host_header(),
        Some(other) => panic!("there is no policy called {other}"),
    };
    let data = get(|| async { ([("x-total-count", "2")], Json(["first", "second"])) })
        .post(|| async { (StatusCode::CREATED, Json("made")) })
        .put(|| async { Json("changed") });
    let app = Router::new().route("/data", data).layer(cors);

    let host = env::var("HOST").unwrap_or("127.0.0.1".to_owned());
    let port = env::var("PORT").expect("PORT says where to listen");
    let listener = TcpListener::bind(format!("{host}:{port}")).await.expect("the port is free");
    axum::serve(listener, app).await.expect("the server runs until it is ended");
}
