//! The server under check as a process: started, waited for, slow, ending early, and ended with all it started.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    time::{Duration, Instant},
};

use assert_cmd::assert::Assert;
use corsproof::Engine;
use rstest::rstest;

use super::{POLICY, check, corsproof, out};
use crate::engines::installed;

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
