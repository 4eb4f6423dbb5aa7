//! A server that answers nobody without a token, which it repeats in all that it says, and which nobody else may learn.

use std::{fs, path::Path};

use assert_cmd::Command;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::out;
use crate::{
    installed_engines::{installed_engines, names},
    router_server::serve,
    turn,
};

/// The token, and the password in the body: each has another form in URLs, and one in JSON.
const TOKEN: &str = "dG9rZW4+tok/en==";
const PASSWORD: &str = "correct \"horse\" staple";

const POLICY: &str = r#"
[[policy]]
path    = "/orders"
origins = ["https://app.shop.example"]
methods = ["GET", "PUT"]
exposed_headers = ["X-You-Said"]
safe_to_call = true
"#;

const SENT: &str = r#"
request = { headers = { Authorization = "Bearer ${SHOP_TOKEN}" }, body = "password=${SHOP_PASSWORD}" }
"#;

/// Orders of who is logged in.
fn shop(origins: AllowOrigin) -> Router {
    let orders = get(|| async { "an order" }).put(|body: Bytes| async { body });
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([header::AUTHORIZATION])
        .expose_headers([HeaderName::from_static("x-you-said")]);
    Router::new().route("/orders", orders).layer(middleware::from_fn(login)).layer(cors)
}

async fn login(request: Request, next: Next) -> Response {
    let said = request.headers().get(header::AUTHORIZATION).cloned();
    let method = request.method().clone();
    let Some(said) = said.filter(|said| *said == format!("Bearer {TOKEN}")) else {
        return (StatusCode::UNAUTHORIZED, "who are you?").into_response();
    };
    let (mut head, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    if method == Method::PUT && head.status.is_success() {
        let put = String::from_utf8_lossy(&body);
        assert!(put.ends_with(&format!("password={PASSWORD}")), "the server is told {put}");
    }
    head.headers.insert("X-You-Said", said.clone());
    head.headers.remove(header::CONTENT_LENGTH);
    let repeated = serde_json::json!({ "said": [format!("{said:?}"), PASSWORD] }).to_string();
    Response::from_parts(head, Body::from([body, repeated.into()].concat()))
}

/// Checks the shop, writes every report and the log of all that happens, and returns what was told.
fn check(folder: &Path, origins: AllowOrigin, sent: &str, code: i32) -> String {
    let address = serve(shop(origins));
    let text = format!(
        "[server]\norigin = \"https://api.shop.example\"\nurl = \"http://{address}\"\n{POLICY}{sent}"
    );
    fs::write(folder.join("corsproof.toml"), text).expect("a file");
    let reports = ["ndjson", "json", "junit", "html", "sarif", "markdown"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    command
        .env_remove("CLICOLOR_FORCE")
        .env("XDG_CACHE_HOME", folder)
        .env("TMPDIR", folder)
        .env("CORSPROOF_LOG", "trace")
        .env("SHOP_TOKEN", TOKEN)
        .env("SHOP_PASSWORD", PASSWORD)
        .current_dir(folder)
        .args(["check", "--verbose", "--browser", &names(&installed_engines())]);
    for report in reports {
        command.args(["--report", &format!("{report}={report}.report")]);
    }
    let _turn = turn::BROWSERS.blocking_read();
    let assert = command.assert().code(code);
    let output = assert.get_output();
    fs::write(folder.join("stdout"), &output.stdout).expect("a file");
    fs::write(folder.join("stderr"), &output.stderr).expect("a file");
    assert!(output.stderr.len() > 10_000, "the log is told");
    for report in reports {
        assert!(folder.join(format!("{report}.report")).exists(), "no {report}");
    }
    nothing_is_told(folder);
    out(&assert)
}

/// No file holds a secret in any of its forms.
fn nothing_is_told(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            nothing_is_told(&path);
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
        for form in [
            TOKEN,
            "dG9rZW4%2Btok",
            "correct \"horse",
            "correct \\\"horse",
            "correct &quot;horse",
            "correct+%22horse",
        ] {
            assert!(!text.contains(form), "{} holds {form}", path.display());
        }
    }
}

#[test]
fn what_a_server_grants_to_who_is_logged_in_is_found_and_its_secrets_are_told_to_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let listed = || AllowOrigin::list(["https://app.shop.example"].map(HeaderValue::from_static));
    let told = check(folder.path(), listed(), SENT, 0);
    assert!(told.contains("✓ origins") && told.contains("✓ reflection"), "{told}");
    let told = check(folder.path(), AllowOrigin::mirror_request(), SENT, 1);
    assert!(told.contains("reflects-any-origin"), "{told}");
    let told = check(folder.path(), AllowOrigin::mirror_request(), "", 1);
    assert!(told.contains("nothing-proven"), "{told}");
}

#[test]
fn a_server_that_ends_tells_no_secret_and_a_variable_that_is_not_set_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = "start = 'echo \"cannot serve $SHOP_TOKEN\" >&2; exit 7'";
    let text = format!("[server]\norigin = \"https://api.shop.example\"\n{start}\n{POLICY}{SENT}")
        .replace("safe_to_call = true", "");
    fs::write(folder.path().join("corsproof.toml"), text).expect("a file");
    let check = |password: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
        command
            .current_dir(folder.path())
            .args(["check"])
            .env("SHOP_TOKEN", TOKEN)
            .env_remove("SHOP_PASSWORD");
        command.envs(password.map(|password| ("SHOP_PASSWORD", password)));
        let assert = command.assert().code(3);
        let output = assert.get_output();
        String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
    };
    let told = check(Some(PASSWORD));
    assert!(told.contains("cannot serve ****************") && !told.contains(TOKEN), "{told}");
    let told = check(None);
    assert!(told.contains("the variable SHOP_PASSWORD is not set") && told.contains("/orders"), "{told}");
    let told = check(Some("abc"));
    assert!(told.contains("is shorter than 4 characters"), "{told}");
}
