//! `corsproof serve` as somebody meets it who explores by hand: with an HTTP client, and with a browser
//! that has no proxy.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use corsproof::Engine;

use crate::{engines::installed, turn};

/// How long a browser may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, which is ended with the test.
struct Serving {
    program: Child,
    proxy: String,
    lines: Vec<String>,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_corsproof"))
            .arg("serve")
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = announced(program.stdout.take().expect("a pipe"));
        let proxy = lines[0].strip_prefix("proxy ").expect("the proxy comes first").to_owned();
        Self { program, proxy, lines }
    }

    /// Where an origin is without the proxy.
    fn url_of(&self, origin: &str) -> &str {
        let line = self.lines.iter().find(|line| line.trim_start().starts_with(&format!("{origin} ")));
        line.and_then(|line| line.split_whitespace().nth(1)).expect("the origin has a port")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // As a person would: what it made goes with it.
        drop(Command::new("kill").args(["-TERM", &self.program.id().to_string()]).status());
        drop(self.program.wait());
    }
}

/// All that is printed before it waits.
fn announced(output: ChildStdout) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.expect("text");
        let is_last = line.starts_with("Ctrl-C");
        lines.push(line);
        if is_last {
            break;
        }
    }
    lines
}

/// What a server answers, whole.
fn ask(authority: &str, target: &str, headers: &str) -> String {
    let mut socket = TcpStream::connect(authority).expect("something listens");
    write!(socket, "GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_client_meets_each_origin_on_a_port_of_its_own_and_behind_the_proxy() {
    let serving = Serving::start(&["cors-check/allow-origin/exact"]);
    let page = serving.url_of("https://app.example.com").to_owned();
    let port = serving.url_of("https://api.example.com").rsplit(':').next().expect("a port").to_owned();
    let host = format!("api.example.com.localhost:{port}");
    let headers = format!("Host: {host}\r\nOrigin: {page}\r\n");
    let answer = ask(&format!("127.0.0.1:{port}"), "/data?corsproof=t0n0t", &headers);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    // The server grants the page's origin under the name that this client gave.
    assert!(answer.to_lowercase().contains(&format!("access-control-allow-origin: {page}")), "{answer}");

    let refused = ask(&serving.proxy, "http://somewhere.example.net/", "Host: somewhere.example.net\r\n");
    assert!(!refused.starts_with("HTTP/1.1 200"), "{refused}");
}

#[test]
fn each_browser_has_a_launch_line_with_a_profile_that_goes_with_the_program() {
    let serving = Serving::start(&["cors-check/allow-origin/exact"]);
    for part in ["--proxy-server=", "--profile ", "--proxy=http://"] {
        assert!(serving.lines.iter().any(|line| line.contains(part)), "{part}: {:?}", serving.lines);
    }
    let profile =
        serving.lines.iter().find_map(|line| Some(line.split_once("--profile ")?.1)).expect("a profile");
    let profile = profile.split(' ').next().map(PathBuf::from).expect("a path");
    assert!(profile.join("user.js").exists());
    drop(serving);
    assert!(!profile.exists());
}

#[test]
fn a_browser_without_the_proxy_runs_a_case_by_hand() {
    let Some(chromium) = installed(Engine::Chromium) else { return };
    let case = "cors-check/allow-origin/exact";
    let serving = Serving::start(&[case]);
    let id = serving_id(case);
    let url = format!("{}/.corsproof/explore#{id}", serving.url_of("https://app.example.com"));
    let text = dom_of(&chromium.browser, &url);
    assert!(text.contains("data-finished"), "{text}");
    assert!(text.contains("\"outcome\": \"resolved\"") && text.contains("\"type\": \"cors\""), "{text}");
}

/// The first variant of a case, as it is listed.
fn serving_id(case: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["list", case])
        .output()
        .expect("the program runs");
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = listed.lines().filter_map(|line| line.split("  ").next()).find(|id| id.starts_with(case));
    found.expect("there is such a case").to_owned()
}

/// The document that a page has become, once its case has finished.
fn dom_of(chromium: &Path, url: &str) -> String {
    let _turn = turn::BROWSERS.blocking_read();
    let profile = tempfile::tempdir().expect("a folder");
    let mut browser = Command::new(chromium)
        .args(["--headless", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--virtual-time-budget=5000", "--dump-dom", url])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Chromium starts");
    let started = Instant::now();
    while browser.try_wait().expect("a child").is_none() {
        if started.elapsed() > PATIENCE {
            drop(browser.kill());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut text = String::new();
    browser.stdout.take().expect("a pipe").read_to_string(&mut text).expect("text");
    text.replace("&quot;", "\"")
}

#[test]
fn a_port_in_use_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["serve", "--listen", &address])
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains(&address), "{text}");
}
