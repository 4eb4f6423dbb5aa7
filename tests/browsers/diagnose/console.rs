//! What a developer pastes into the console sees less than a diagnosis: here both ask the same server.

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, response::Html, routing::get};
use browsers::{Browser, Installation, Settings};
use corsproof::Engine;
use corsproof_fixture::{Internet, Protocols, Scenario, Token, Upstream};
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    program::{FROM, diagnose, field, result},
    servers::Shop,
};
use crate::{engines::installed, turn};

/// Where the page is: what the virtual internet serves itself lies under this folder of each origin.
const PAGE: &str = "/.corsproof/page";

/// The usual three attempts of such a script: a plain read, something that is meant to be a preflight, a read with
/// credentials; of each what it can see.
const CONSOLE: &str = r"
    const [url, done] = arguments;
    const attempt = async (init, names) => {
        try {
            const answer = await fetch(url, init);
            const headers = {};
            for (const name of names) headers[name] = answer.headers.get(name);
            return { status: answer.status, headers };
        } catch (error) {
            return { error: error.name };
        }
    };
    const wishes = {
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'X-Trace',
    };
    (async () => ({
        simple: await attempt({}, [
            'Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials', 'X-Total-Count', 'Content-Length',
        ]),
        preflight: await attempt({ method: 'OPTIONS', headers: wishes }, [
            'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age',
        ]),
        credentialed: await attempt({ credentials: 'include' }, []),
    }))().then(done);
";

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_diagnosis_sees_what_the_console_cannot(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(installation) = installed(engine) else { return };
    let (address, shop) = Shop::open();

    let seen = seen_by_a_script(&installation, address).await;

    // The server says yes, in headers that it does not expose: to the script there are none.
    assert_eq!(seen["simple"]["status"], 200, "{seen:#}");
    assert_eq!(seen["credentialed"]["status"], 200, "{seen:#}");
    let unexposed = ["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "X-Total-Count"];
    for name in unexposed {
        assert_eq!(seen["simple"]["headers"][name], Value::Null, "{name} of {seen:#}");
    }
    assert_eq!(seen["simple"]["headers"]["Content-Length"], "13", "what is safelisted it sees");
    // Its "preflight" was a request of its own: it was preflighted itself, for OPTIONS and not for PUT, and the
    // headers that make a preflight one were taken off it.
    let options: Vec<_> = shop.asked().into_iter().filter(|arrived| arrived.method == "OPTIONS").collect();
    let [.., preflight, request] = options.as_slice() else { panic!("{options:?}") };
    assert_eq!(preflight.header("access-control-request-method"), Some("OPTIONS"));
    assert_eq!(
        preflight.header("access-control-request-headers"),
        None,
        "forbidden headers need no permission"
    );
    for name in ["access-control-request-method", "access-control-request-headers"] {
        assert_eq!(request.header(name), None, "no script can set {name}");
    }
    assert_eq!(request.header("origin"), Some(FROM));
    // What it was told is no answer to a preflight, nor could it see one.
    assert_eq!(seen["preflight"]["status"], 200, "{seen:#}");
    for (name, value) in seen["preflight"]["headers"].as_object().expect("headers") {
        assert_eq!(*value, Value::Null, "{name} of {seen:#}");
    }

    let more = ["--method", "PUT", "--header", "X-Trace", "--json"];
    let told = tokio::task::spawn_blocking(move || diagnose(address, "/right", &[engine], &more));
    let told = told.await.expect("it ends");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let json = told.json();
    let put = result(&json, 0, engine);
    let [preflight, request] = put["exchanges"].as_array().expect("exchanges").as_slice() else {
        panic!("{put:#}");
    };
    let asked = |name: &str| field(&preflight["request_headers"], name);
    assert_eq!(asked("access-control-request-method").as_deref(), Some("PUT"));
    assert_eq!(asked("access-control-request-headers").as_deref(), Some("x-trace"));
    let granted = |name: &str| field(&preflight["answer_headers"], name);
    assert_eq!(granted("access-control-allow-methods").as_deref(), Some("PUT, OPTIONS"));
    assert_eq!(granted("access-control-allow-headers").as_deref(), Some("content-type, x-trace"));
    assert_eq!(granted("access-control-max-age").as_deref(), Some("600"));
    assert_eq!(field(&request["answer_headers"], "access-control-allow-origin").as_deref(), Some(FROM));
    let hidden = put["not_exposed"].as_array().expect("names");
    assert!(hidden.contains(&json!("x-total-count")), "{hidden:?}");
}

/// What [`CONSOLE`] sees on a page of [`FROM`] of the server at `address`.
async fn seen_by_a_script(installation: &Installation, address: SocketAddr) -> Value {
    let page = Router::new().route(PAGE, get(async || Html("<!doctype html><title>a shop's page</title>")));
    let internet = Internet::start(page).expect("a network");
    internet.open(FROM);
    let upstream = Upstream { protocols: Protocols::Http1AndHttp2, ..Upstream::at(address) };
    internet.forward("http://api.shop.example", upstream);
    let token = Token::new(1, 1);
    internet.admit(&token, Arc::new(Scenario::default()));
    let settings = Settings::new(internet.address(), internet.spki_pin());
    let _turn = turn::BROWSERS.read().await;
    let mut browser =
        Browser::launch(installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
    browser.navigate(&format!("{FROM}{PAGE}")).await.expect("the page");
    let url = json!(token.add_to("http://api.shop.example/right"));
    let seen = browser.execute_async(CONSOLE, vec![url]).await.expect("what the script saw");
    browser.close().await;
    seen
}
