//! actix-cors around an actix-web application.

use std::{env, io};

use actix_cors::Cors;
use actix_web::{App, HttpResponse, HttpServer, http::header, web};

fn policy() -> Cors {
    Cors::default()
        .allowed_methods(["GET", "POST", "PUT"])
        .allowed_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers(["X-Total-Count"])
        .supports_credentials()
        .max_age(600)
}

fn chosen(name: &str) -> Cors {
    match name {
        "right" => policy()
            .allowed_origin("https://app.shop.example")
            .allowed_origin("https://admin.shop.example"),
        // Made for trying things out: sends back any origin, with credentials.
        "permissive" => Cors::permissive().expose_headers(["X-Total-Count"]).max_age(600),
        // Each answer names its page, and no cache is told so.
        "no-vary" => policy()
            .allowed_origin("https://app.shop.example")
            .allowed_origin("https://admin.shop.example")
            .disable_vary_header(),
        other => panic!("there is no policy called {other}"),
    }
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let name = env::args().nth(1).unwrap_or("right".to_owned());
    let host = env::var("HOST").unwrap_or("127.0.0.1".to_owned());
    let port = env::var("PORT").expect("PORT says where to listen");
    HttpServer::new(move || {
        let data = web::resource("/data")
            .get(async || HttpResponse::Ok().insert_header(("X-Total-Count", "2")).json(["first", "second"]))
            .post(async || HttpResponse::Created().json("made"))
            .put(async || HttpResponse::Ok().json("changed"));
        App::new().wrap(chosen(&name)).service(data)
    })
    .workers(1)
    .bind(format!("{host}:{port}"))?
    .run()
    .await
}
