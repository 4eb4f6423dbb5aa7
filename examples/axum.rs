//! An axum service, and a test that browsers carry out: `cargo test --example axum`, or `cargo run --example axum`.
//!
//! The service has no port. Browsers reach it under an https origin all the same, and what they may read and send is
//! held against what its policy promises.

use std::time::Duration;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    routing::get,
};
use corsproof::{CheckError, Policy, PolicyBuilder};
use tower_http::cors::{AllowOrigin, CorsLayer};

const PAGES: [&str; 2] = ["https://app.shop.example", "https://admin.shop.example"];

/// The service as it would be served in production: with its layer of CORS around every route.
fn orders(origins: AllowOrigin) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("x-total-count")])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600));
    let list = get(async || ([("x-total-count", "2")], "first, second"));
    Router::new().route("/orders", list.put(async || StatusCode::NO_CONTENT)).layer(cors)
}

/// Two pages, named in full.
fn listed() -> AllowOrigin {
    AllowOrigin::list(PAGES.map(HeaderValue::from_static))
}

/// What pages need, and nobody else gets.
fn policy() -> PolicyBuilder {
    Policy::at("/orders")
        .origins(PAGES)
        .methods([Method::GET, Method::PUT])
        .request_headers([header::CONTENT_TYPE])
        .exposed_headers(["X-Total-Count"])
        .credentials()
        .max_age(600)
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example shows what there is to see")]
async fn main() -> Result<(), CheckError> {
    let proof = corsproof::check(orders(listed()), policy()).await?;
    println!("{proof}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use corsproof::Kind;

    use super::*;

    #[tokio::test]
    async fn the_pages_of_the_shop_may_read_orders_and_nobody_else() -> Result<(), CheckError> {
        let proof = corsproof::check(orders(listed()), policy()).await?;
        assert!(proof.is_sound(), "{proof}");
        insta::assert_snapshot!(proof);
        Ok(())
    }

    /// What a hurried hand writes: it works for every page of the shop, and for `https://evilshop.example`.
    #[tokio::test]
    async fn an_origin_that_ends_alike_is_another_origin() -> Result<(), CheckError> {
        let ends_alike = AllowOrigin::predicate(|origin, _| origin.as_bytes().ends_with(b"shop.example"));
        let proof = corsproof::check(orders(ends_alike), policy()).await?;
        assert!(proof.finds(Kind::TrustsSuffix), "{proof}");
        insta::assert_json_snapshot!(proof);
        Ok(())
    }
}
