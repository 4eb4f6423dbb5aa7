//! `corsproof check` as a person or a CI job meets it: servers that are right, wrong, broken or not there.

mod deployed;
mod login;
mod process;

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::Command as Process,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use assert_cmd::{Command, assert::Assert};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use corsproof::Engine;
use rstest::rstest;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::{engines::installed, router_server::serve, turn};

const POLICY: &str = r#"
[[policy]]
path    = "/data"
origins = ["https://app.shop.example", "https://admin.shop.example"]
methods = ["GET", "PUT"]
request_headers = ["Content-Type"]
exposed_headers = ["X-Total-Count"]
credentials = true
max_age = 600
"#;

fn corsproof(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").current_dir(folder);
    let _turn = turn::BROWSERS.blocking_read();
    command.args(arguments).assert()
}

/// What was told, with each run of white space as one space: where lines break is no matter here.
fn out(assert: &Assert) -> String {
    let told = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Checks a server that is reached as `reach` says.
fn check(reach: &str, policy: &str, browser: &str) -> Assert {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("[server]\norigin = \"https://api.shop.example\"\n{reach}\n{policy}");
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    corsproof(folder.path(), &["check", "--browser", browser, "corsproof.toml"])
}

/// A shop whose PUTs are counted.
fn shop(origins: AllowOrigin, puts: Arc<AtomicUsize>) -> Router {
    let put = move || async move {
        puts.fetch_add(1, Ordering::SeqCst);
        "put"
    };
    let data = get(|| async { ([("X-Total-Count", "3")], "data") }).put(put);
    Router::new().route("/data", data).layer(
        CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::PUT])
            .allow_headers([header::CONTENT_TYPE])
            .expose_headers([HeaderName::from_static("x-total-count")])
            .allow_credentials(true)
            .max_age(Duration::from_secs(600)),
    )
}

fn listed() -> AllowOrigin {
    AllowOrigin::list(
        ["https://app.shop.example", "https://admin.shop.example"].map(HeaderValue::from_static),
    )
}

#[rstest]
fn a_server_that_runs_already_is_asked_and_not_changed(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    if installed(engine).is_none() {
        return;
    }
    let puts = Arc::new(AtomicUsize::new(0));
    let address = serve(shop(listed(), puts.clone()));
    let assert = check(&format!("url = \"http://{address}\""), POLICY, engine.name()).success();
    let told = out(&assert);
    assert!(told.contains("✓ origins") && told.contains("✓ methods"), "{told}");
    assert_eq!(
        puts.load(Ordering::SeqCst),
        0,
        "a PUT reached a server that nobody said may be called: {told}"
    );
    assert!(
        told.contains("withheld from a server that may not be called")
            && told.contains("PUT (its preflight was judged)"),
        "{told}"
    );
}

/// A browser would ask for a name and a password, and nobody answers: the 401 is read all the same.
#[rstest]
fn a_challenge_prompts_nobody(#[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine) {
    if installed(engine).is_none() {
        return;
    }
    let closed =
        get(|| async { (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic realm=\"shop\"")]) });
    let cors = CorsLayer::new()
        .allow_origin(listed())
        .allow_methods([Method::GET])
        .allow_headers([header::CONTENT_TYPE])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600));
    let open = Router::new().route("/data", get(|| async { "data" })).layer(cors.clone());
    let address = serve(open.route("/orders", closed.clone().layer(cors)).route("/closed", closed));
    let policy = POLICY.replace("methods", "errors = [\"/orders\", \"/closed\"]\nmethods");
    let assert = check(&format!("url = \"http://{address}\""), &policy, engine.name()).code(1);
    let told = out(&assert);
    assert!(told.contains("401 to GET /closed"), "{told}");
    assert!(!told.contains("GET /orders"), "{told}");
    assert!(!told.contains("could not be observed"), "{told}");
}

#[rstest]
fn a_suffix_match_is_found(#[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine) {
    if installed(engine).is_none() {
        return;
    }
    let suffix = AllowOrigin::predicate(|origin: &HeaderValue, _: &_| {
        let origin = origin.to_str().unwrap_or_default();
        origin.starts_with("https://") && origin.ends_with("shop.example")
    });
    let address = serve(shop(suffix, Arc::default()));
    let policy = format!("{POLICY}safe_to_call = true\n");
    let told = out(&check(&format!("url = \"http://{address}\""), &policy, engine.name()).code(1));
    for line in [
        "✗ origins",
        "✗ unsafe: trusts-suffix",
        "https://attackershop.example",
        "Access-Control-Allow-Origin: https://attacker",
        "the script read it",
    ] {
        assert!(told.contains(line), "no {line:?} in {told}");
    }
}

/// Whether a request names the host and the scheme that a server insists on; otherwise what the server says.
fn refusal(request: &Request) -> Option<Response> {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    let host = request.uri().host().map(str::as_bytes).or(header("host"));
    match (host == Some(b"inner.example"), header("x-forwarded-proto") == Some(b"https")) {
        (false, _) => Some(StatusCode::MISDIRECTED_REQUEST.into_response()),
        (true, false) => Some(Redirect::permanent("https://api.shop.example/data").into_response()),
        (true, true) => None,
    }
}

async fn particular(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    }
}

/// A server behind a name of its own, and one that sends whoever comes without TLS to where TLS is: there is no loop.
#[test]
fn a_server_is_told_the_host_and_the_scheme_that_it_wants_to_hear() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let right = shop(listed(), Arc::default()).layer(middleware::from_fn(particular));
    let address = serve(right);
    let reach = format!("url = \"http://{address}\"\nhost = \"inner.example\"");
    let told = out(&check(&reach, POLICY, "chromium").success());
    assert!(told.contains("✓ origins") && !told.contains("redirect"), "{told}");
    let told = out(&check(&format!("url = \"http://{address}\""), POLICY, "chromium").code(1));
    assert!(told.contains("origin-locked-out"), "{told}");
}

/// Nobody is asked but the server, wherever it sends a browser.
#[rstest]
fn a_redirect_to_an_undeclared_host_is_refused_and_told_as_that(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    if installed(engine).is_none() {
        return;
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let elsewhere = serve(Router::new().fallback(async move || {
        counter.fetch_add(1, Ordering::SeqCst);
        "elsewhere"
    }));
    let away = get(async move || Redirect::temporary(&format!("http://{elsewhere}/data")));
    let address = serve(
        Router::new()
            .route("/data", away)
            .layer(CorsLayer::new().allow_origin(listed()).allow_credentials(true)),
    );
    let policy = "[[policy]]\npath = \"/data\"\norigins = [\"https://app.shop.example\", \"https://admin.shop.example\"]\ncredentials = true\n";
    let told = out(&check(&format!("url = \"http://{address}\""), policy, engine.name()).code(1));
    assert!(
        told.contains(&format!("redirects to http://{elsewhere}, which the file does not declare")),
        "{told}"
    );
    assert!(!told.contains("origin-locked-out"), "a redirect is no block by CORS: {told}");
    assert_eq!(asked.load(Ordering::SeqCst), 0, "an undeclared server was asked: {told}");
}

#[test]
fn several_files_end_in_one_table() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let right = serve(shop(listed(), Arc::default()));
    let wrong = serve(shop(AllowOrigin::mirror_request(), Arc::default()));
    let file = |name: &str, address: SocketAddr, expect: &str| {
        let text = format!(
            "[server]\norigin = \"https://api.{name}.example\"\nurl = \"http://{address}\"\n{POLICY}{expect}"
        );
        fs::write(folder.path().join(format!("{name}.toml")), text).expect("the file is written");
    };
    file("right", right, "");
    // The layer takes every OPTIONS for a preflight, and grants the server's own page as well.
    let expect =
        |kind: &str, severity: &str| format!("[[expect]]\nfinding = \"{kind}\"\nseverity = \"{severity}\"\n");
    let all = expect("reflects-any-origin", "unsafe") + &expect("preflight-swallows-options", "advice");
    file("wrong", wrong, &all);
    file("surprise", wrong, "[[expect]]\nfinding = \"trusts-null\"\n");
    let files = ["check", "--browser", "chromium", "right.toml", "wrong.toml"];
    let told = out(&corsproof(folder.path(), &files).success());
    assert!(told.contains("exactly the findings that the file expects"), "{told}");
    // The name of a row, ten marks, and how it ends.
    assert!(told.contains("✓ as expected") && !told.contains("not as expected"), "{told}");
    let told = out(&corsproof(folder.path(), &["check", "--browser", "chromium", "surprise.toml"]).code(1));
    assert!(told.contains("not expected: reflects-any-origin (unsafe) of /data"), "{told}");
    assert!(told.contains("expected and not found: trusts-null (surprise.toml:"), "{told}");
}

#[test]
fn a_wrong_file_is_told_before_anything_is_started() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("corsproof.toml"), "[server]\nstart = \"touch started\"\n").expect("a file");
    let assert = corsproof(folder.path(), &["check", "."]).code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("[server] needs `origin`") && told.contains("needs `policy`"), "{told}");
    assert!(!folder.path().join("started").exists());
}

#[test]
fn an_interrupted_check_leaves_no_server() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!(
        "[server]\norigin = \"https://api.shop.example\"\nstart = \"echo $$ > pid; exec sleep 1000\"\n{POLICY}"
    );
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    let _turn = turn::BROWSERS.blocking_read();
    let mut check = Process::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["check", "--browser", "chromium", "corsproof.toml"])
        .current_dir(folder.path())
        .spawn()
        .expect("the program starts");
    let deadline = Instant::now() + Duration::from_secs(20);
    let pid = loop {
        let written = fs::read_to_string(folder.path().join("pid")).unwrap_or_default();
        if let Ok(pid) = written.trim().parse::<u32>() {
            break pid;
        }
        assert!(Instant::now() < deadline, "the server was not started");
        std::thread::sleep(Duration::from_millis(20));
    };
    Process::new("kill").args(["-INT", &check.id().to_string()]).status().expect("kill runs");
    let status = check.wait().expect("the program ends");
    assert_eq!(status.code(), Some(3));
    assert!(!Path::new(&format!("/proc/{pid}/exe")).exists(), "the server is left");
}

#[test]
fn what_is_recorded_of_a_check_is_told_again() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let address = serve(shop(AllowOrigin::mirror_request(), Arc::default()));
    let text =
        format!("[server]\norigin = \"https://api.shop.example\"\nurl = \"http://{address}\"\n{POLICY}");
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    let check = ["check", "--browser", "chromium", "corsproof.toml"];
    let reports = ["--report", "ndjson=events", "--report", "github=-"];
    let told = String::from_utf8(
        corsproof(folder.path(), &[&check[..], &reports[..]].concat()).code(1).get_output().stdout.clone(),
    )
    .expect("text");
    let (people, annotations): (Vec<&str>, Vec<&str>) =
        told.lines().partition(|line| !line.starts_with("::"));
    let again = corsproof(folder.path(), &["report", "events"]).success();
    let again = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
    assert_eq!(again.lines().collect::<Vec<_>>(), people);
    // The policy's own line, and not one for each of the strangers that could read.
    assert!(
        annotations[0]
            .starts_with("::error file=corsproof.toml,line=5,title=unsafe%3A reflects-any-origin of /data"),
        "{annotations:#?}"
    );
    assert_eq!(annotations.len(), 2, "{annotations:#?}");
}

/// A check that asks nobody, since no server comes up: it has a beginning, an end, and a report of each kind.
#[test]
fn a_check_without_a_server_is_recorded_as_any_other() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (events, html) = (path("events"), path("page.html"));
    let to = [format!("ndjson={events}"), format!("html={html}")];
    let arguments = ["check", "tests/recorded/shop/gone.toml", "--browser", "chromium"];
    let check = corsproof(top, &[&arguments[..], &["--report", &to[0], "--report", &to[1]]].concat()).code(3);
    assert!(out(&check).contains("✗ not checked"), "{}", out(&check));
    assert_eq!(out(&corsproof(top, &["report", &events]).success()), out(&check));
    let page = fs::read_to_string(html).expect("a page");
    assert!(page.contains("no module named shop"), "{page}");
}
