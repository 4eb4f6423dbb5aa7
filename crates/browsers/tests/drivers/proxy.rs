//! A network of one server, which answers for every http origin.

use std::net::SocketAddr;

use axum::{Router, response::Html, routing::get};
use tokio::{net::TcpListener, task::JoinHandle};

/// A proxy that hands every request to the same router. Gone when dropped.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

impl Proxy {
    pub(crate) async fn start() -> Self {
        let page = "<!doctype html><title>a page</title><p>hello";
        let router = Router::new()
            .route("/page", get(async move || Html(page)))
            .route("/favicon.ico", get(async || ""))
            .route("/data", get(async || "no Access-Control-Allow-Origin"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { address, server }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}
