//! Servers that run beside a test.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
    response::Response,
};

use super::program::{FROM, FROM_WITH_A_SLASH};
use crate::router_server::serve;

/// A request as the server itself saw it.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
}

impl Arrived {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A shop with a page for every mistake, and what it was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shop(Arc<Mutex<Vec<Arrived>>>);

impl Shop {
    /// Opens it.
    pub(crate) fn open() -> (SocketAddr, Self) {
        let shop = Self::default();
        (serve(Router::new().fallback(answer).with_state(shop.clone())), shop)
    }

    /// What was asked, in order.
    pub(crate) fn asked(&self) -> Vec<Arrived> {
        self.0.lock().expect("nobody panics with it").clone()
    }
}

async fn answer(State(shop): State<Shop>, request: Request) -> Response {
    let arrived = Arrived { method: request.method().clone(), headers: request.headers().clone() };
    shop.0.lock().expect("nobody panics with it").push(arrived);
    let is_preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key("access-control-request-method");
    let all = [
        ("access-control-allow-origin", FROM),
        ("access-control-allow-credentials", "true"),
        ("vary", "Origin"),
    ];
    let grants = [
        ("access-control-allow-methods", "PUT, OPTIONS"),
        ("access-control-allow-headers", "content-type, x-trace"),
        ("access-control-max-age", "600"),
    ];
    let ok = if is_preflight { 204 } else { 200 };
    match request.uri().path() {
        "/right" if is_preflight => made(ok, &[&all[..], &grants].concat()),
        "/right" => made(ok, &[&all[..], &[("x-total-count", "3")]].concat()),
        "/silent" => made(ok, &[]),
        "/anybody" if is_preflight => {
            made(ok, &[("access-control-allow-origin", "*"), ("access-control-allow-headers", "*")])
        }
        "/anybody" => made(ok, &[("access-control-allow-origin", "*")]),
        "/no-options" if is_preflight => made(405, &[("allow", "GET, PUT")]),
        "/no-options" => made(ok, &all),
        "/login" if !is_preflight => {
            made(401, &[&all[..], &[("www-authenticate", "Basic realm=\"shop\"")]].concat())
        }
        "/moved" => made(302, &[&all[..], &[("location", "https://login.shop.example/in")]].concat()),
        "/crash" => {
            failed(500, "text/html", "<h1>TypeError</h1><p>orders is undefined<br>&nbsp;at /srv/app.js:7</p>")
        }
        "/picky" if is_preflight => failed(400, "text/plain", "Disallowed CORS origin"),
        "/slash" => made(
            ok,
            &[
                ("access-control-allow-origin", FROM_WITH_A_SLASH),
                ("access-control-allow-credentials", "true"),
            ],
        ),
        _ => made(404, &all),
    }
}

/// An error with a body that says why.
fn failed(status: u16, content_type: &'static str, body: &'static str) -> Response {
    let mut response = made(status, &[("content-type", content_type)]);
    *response.body_mut() = Body::from(body);
    response
}

fn made(status: u16, fields: &[(&'static str, &'static str)]) -> Response {
    let body = if status == 200 { Body::from("three of them") } else { Body::empty() };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    for (name, value) in fields {
        response.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// What a server does that does not answer as it should.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It speaks another protocol.
    OtherWords,
    /// It takes the request and closes.
    Close,
    /// It closes in the middle of its answer.
    Half,
    /// It never answers.
    Hang,
}

/// A server that is broken so.
pub(crate) fn broken(fault: Fault) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let socket = socket.expect("a connection");
            std::thread::spawn(move || break_down(socket, fault));
        }
    });
    address
}

fn break_down(mut socket: TcpStream, fault: Fault) {
    let mut asked = [0; 4096];
    drop(socket.read(&mut asked));
    match fault {
        Fault::Close => {}
        Fault::OtherWords => drop(socket.write_all(b"220 mail.example ESMTP\r\n")),
        Fault::Half => {
            let half = format!(
                "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: {FROM}\r\nAccess-Control-Allow-Credentials: true\r\n\
                 Access-Control-Allow-Headers: content-type\r\nContent-Length: 100\r\n\r\nhalf"
            );
            drop(socket.write_all(half.as_bytes()));
        }
        // Until the other side has had enough.
        Fault::Hang => while socket.read(&mut asked).is_ok_and(|length| length > 0) {},
    }
}

/// An address where nobody listens.
pub(crate) fn nowhere() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}
