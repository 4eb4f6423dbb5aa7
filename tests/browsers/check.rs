//! `corsproof check` as a person or a CI job meets it: servers that are right, wrong, broken or not there.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
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
fn the_server_is_started_with_a_port_and_ended_with_all_it_started() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    // The server is this test's own; the command is what starts and stays.
    let start = "echo $$ > pid; sleep 1000 & echo $! > child; \
        env -i PATH=\"$PATH\" setsid sh -c \"echo \\$\\$ > stranger; exec sleep 1000\" & \
        echo \"port $PORT host $HOST\" > env; exec sleep 1000";
    let text = format!(
        "[server]\norigin = \"https://api.shop.example\"\nstart = '{start}'\nstart_timeout = 1\n{POLICY}"
    );
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    let assert = corsproof(folder.path(), &["check", "--browser", "chromium", "corsproof.toml"]).code(3);
    let told = out(&assert);
    assert!(told.contains("the server was not ready after 1 s"), "{told}");
    assert!(told.contains("nothing accepts a connection on port"), "{told}");
    let environment =
        fs::read_to_string(folder.path().join("env")).expect("the command ran in the file's folder");
    assert!(environment.contains("host 127.0.0.1"), "{environment}");
    for file in ["pid", "child", "stranger"] {
        let pid = fs::read_to_string(folder.path().join(file)).expect("a process id");
        let runs = || Path::new("/proc").join(pid.trim()).join("exe").exists();
        let deadline = Instant::now() + Duration::from_secs(5);
        while runs() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!runs(), "process {} is left", pid.trim());
    }
}

#[test]
fn a_server_that_ends_early_is_told_with_its_last_words() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let assert = check("start = \"echo cannot find module express >&2; exit 7\"", POLICY, "chromium").code(3);
    let told = out(&assert);
    assert!(told.contains("the server ended before it was ready (exit status: 7)"), "{told}");
    assert!(told.contains("| cannot find module express"), "{told}");
}

#[test]
fn a_server_that_never_answers_what_ready_names_is_told() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let reach = "start = \"sleep 100\"\nready = \"/health\"\nstart_timeout = 1";
    let told = out(&check(reach, POLICY, "chromium").code(3));
    assert!(told.contains("was not ready after 1 s"), "{told}");
}

/// A server in Python that chooses its port itself, and answers after a while.
const OWN_PORT: &str = r#"
import sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(float(sys.argv[2]))
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", "0")
        self.end_headers()

server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(f"ready on http://localhost:{server.server_port}/", flush=True)
server.serve_forever()
"#;

const OPEN: &str = "[[policy]]\npath = \"/data\"\norigins = \"*\"\n";

/// A policy file beside [`OWN_PORT`], which is told to listen at `port` and to wait for `seconds`.
fn own_port(port: u16, seconds: f32, server: &str, policy: &str) -> Assert {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("server.py"), OWN_PORT).expect("the server is written");
    let start = format!("exec python3 server.py {port} {seconds}");
    let text = format!(
        "[server]\norigin = \"https://api.shop.example\"\nstart = \"{start}\"\n{server}\n{OPEN}{policy}"
    );
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    corsproof(folder.path(), &["check", "--browser", "chromium"])
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

#[test]
fn a_server_that_chooses_its_port_is_told_by_what_it_said() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let port = free_port();
    let told = out(&own_port(port, 0.0, "start_timeout = 2", "").code(3));
    assert!(told.contains(&format!("It says that it listens at http://127.0.0.1:{port}")), "{told}");
    assert!(told.contains(&format!("say url = \"http://127.0.0.1:{port}\" beside start")), "{told}");
}

#[test]
fn a_server_may_be_started_and_listen_where_it_likes() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let port = free_port();
    let told = out(&own_port(port, 0.0, &format!("url = \"http://localhost:{port}\""), "").success());
    assert!(told.contains("nothing wrong") || told.contains("advice"), "{told}");
}

#[test]
fn nobody_else_is_taken_for_the_server_that_is_started() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = other.local_addr().expect("an address").port();
    let told = out(&own_port(port, 0.0, &format!("url = \"http://127.0.0.1:{port}\""), "").code(3));
    assert!(
        told.contains(&format!("something listens at 127.0.0.1:{port} before the server is started")),
        "{told}"
    );
}

/// Slower than requests usually may be.
#[rstest]
#[case::is_given_time("answer_within = 30", 0, "✓ origins")]
#[case::is_not(
    "answer_within = 1",
    3,
    "no answer to GET /data within 1 s; if it takes longer, say answer_within"
)]
fn a_slow_server_needs_time(#[case] policy: &str, #[case] code: i32, #[case] expected: &str) {
    let Some(_) = installed(Engine::Chromium) else { return };
    let port = free_port();
    let url = format!("url = \"http://127.0.0.1:{port}\"");
    let told = out(&own_port(port, 1.5, &url, policy).code(code));
    assert!(told.contains(expected), "{told}");
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let told = out(&check(&format!("url = \"http://{address}\""), POLICY, "chromium").code(3));
    assert!(told.contains("no server accepts a connection at"), "{told}");
}

/// A server in Python that answers as it should, and after five requests ends.
const FICKLE: &str = r#"
import os, signal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    asked = 0

    def answer(self):
        Handler.asked += 1
        if Handler.asked > 5:
            print("out of luck", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        self.send_response(200)
        origin = self.headers.get("Origin")
        if origin in ("https://app.shop.example", "https://admin.shop.example"):
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Allow-Credentials", "true")
            self.send_header("Access-Control-Allow-Methods", "GET, PUT")
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
            self.send_header("Access-Control-Expose-Headers", "X-Total-Count")
        self.send_header("X-Total-Count", "2")
        self.send_header("Vary", "Origin")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_OPTIONS = do_PUT = do_HEAD = answer

ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"#;

/// What it did not answer is not judged, whoever answers there next.
#[test]
fn a_server_that_ends_in_mid_check_is_not_judged() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("server.py"), FICKLE).expect("the server is written");
    let start = "exec python3 server.py";
    let text = format!("[server]\norigin = \"https://api.shop.example\"\nstart = \"{start}\"\n{POLICY}");
    fs::write(folder.path().join("corsproof.toml"), text).expect("the file is written");
    let assert = corsproof(folder.path(), &["check", "--browser", "chromium", "corsproof.toml"]).code(3);
    let told = out(&assert);
    assert!(told.contains("has ended: signal: 9 (SIGKILL)"), "{told}");
    assert!(told.contains("| out of luck"), "its last words are told: {told}");
    assert!(told.contains("not all is known: ") && told.contains("? reflection"), "{told}");
    assert!(!told.contains("nothing wrong") && !told.contains("origin-locked-out"), "{told}");
}

/// What a server does that speaks no HTTP.
#[rstest]
#[case::garbage("220 mail.example ESMTP\r\n")]
#[case::nothing("")]
fn a_server_that_speaks_no_http_says_nothing_of_its_cors(#[case] words: &'static str) {
    let Some(_) = installed(Engine::Chromium) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            use std::io::{Read, Write};
            let mut socket = socket.expect("a connection");
            std::thread::spawn(move || {
                let mut asked = [0; 64];
                drop(socket.read(&mut asked));
                drop(socket.write_all(words.as_bytes()));
            });
        }
    });
    let told = out(&check(&format!("url = \"http://{address}\""), POLICY, "chromium").code(3));
    assert!(told.contains("could not be observed: nothing is known of them"), "{told}");
    assert!(told.contains("gave no HTTP answer"), "{told}");
    assert!(!told.contains("origin-locked-out"), "no answer is no lock-out: {told}");
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
