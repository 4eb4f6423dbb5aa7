//! Reports as pages: rendered by the program, and served for whatever origin a browser asks.

use std::{fs, net::SocketAddr, path::Path};

use assert_cmd::Command;
use axum::{Router, response::Html, routing::get};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

/// What catches whatever goes wrong in a page, before the page forbids scripts other than its own.
const CATCHER: &str = "<head><script>
    window.wrongs = [];
    const wrong = (what) => window.wrongs.push(String(what));
    addEventListener('error', (event) => wrong(event.message || event.target.outerHTML), true);
    addEventListener('unhandledrejection', (event) => wrong(event.reason));
    addEventListener('securitypolicyviolation', (event) => wrong(`${event.violatedDirective} ${event.blockedURI}`));
    console.error = wrong;
    console.warn = wrong;
</script>";

/// A window as wide as a phone.
const PHONE: &str =
    "<!doctype html><title>a phone</title><iframe src='/report' width='360' height='740'></iframe>";

/// Serves a report as `/report`, as `/plain` without its scripts, and as `/phone` in a narrow frame. Gone when dropped.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

impl Site {
    pub(crate) async fn of(report: &str) -> Self {
        let caught = report.replacen("<head>", CATCHER, 1);
        let plain = without_scripts(report);
        let router = Router::new()
            .route("/report", get(async move || Html(caught)))
            .route("/plain", get(async move || Html(plain)))
            .route("/phone", get(async || Html(PHONE)))
            .fallback(async || "");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { address, server }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The page as a browser has it that runs no scripts: the packed details are scripts as well.
fn without_scripts(report: &str) -> String {
    let mut plain = String::new();
    let mut rest = report;
    while let Some(start) = rest.find("<script") {
        let end = start + rest[start..].find("</script>").expect("it ends") + "</script>".len();
        plain.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    (plain + rest).replace("<noscript>", "").replace("</noscript>", "")
}

/// The events of a recorded run.
pub(crate) fn events(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded").join(name);
    let text = fs::read_to_string(path).expect("a recorded run");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The recorded run and the recorded check: two areas, three engines, every verdict. One of its cases stands for a row
/// of the same-origin policy's table.
pub(crate) fn merged() -> [Vec<Value>; 2] {
    let mut run = events("slice.ndjson");
    let is_blocked = |event: &&mut Value| event["id"] == "slice/every-verdict/blocked";
    run.iter_mut().find(is_blocked).expect("a case")["sop"] = "fetch(), PUT".into();
    [run, events("check.ndjson")]
}

/// The page of some runs.
pub(crate) fn rendered(runs: &[Vec<Value>]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut report = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    report.arg("report");
    for (number, events) in runs.iter().enumerate() {
        let path = folder.path().join(number.to_string());
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n") + "\n").expect("a file");
        report.arg(path);
    }
    let page = folder.path().join("page.html");
    report.arg("--to").arg(format!("html={}", page.display())).assert().success();
    fs::read_to_string(page).expect("a page")
}

/// Results as the page has them: case, engine, verdict.
pub(crate) fn results(runs: &[Vec<Value>]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let results = runs.iter().flatten().filter(|event| event["event"] == "result");
    results.map(|event| (text(&event["case"]), text(&event["engine"]), text(&event["verdict"]))).collect()
}
