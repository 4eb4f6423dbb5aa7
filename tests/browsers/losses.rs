//! Pages that are lost and browsers that are stopped, in real engines: what is lost is small and named, and no pause
//! becomes a verdict.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use corsproof::Engine;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use rstest::rstest;
use serde_json::Value;

use crate::{engines::installed, turn};

/// As many cases as two portions, and one whose script sends the page of all of them elsewhere.
const ONE_GOES_AWAY: &str = r#"
title = "One case takes the page away"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[defaults]
page = "https://app.example.com"
request = { url = "https://api.example.com/data" }
response = """
200
Access-Control-Allow-Origin: {origin}

hello"""

[[case]]
name = "good"
matrix.part = [PARTS]
matrix.of = [OF]
expect = { read = "allowed", body = "hello", sent = ["GET"] }
request = { url = "https://api.example.com/data?{part}-{of}" }

[[case]]
name = "goes-away"
request = { via = "import" }
response = """
200
Content-Type: text/javascript
Access-Control-Allow-Origin: *

location = "/elsewhere";
await new Promise(() => {});
export default "never";"""
expect = { loaded = true, read = "allowed", body = "never", sent = ["GET"] }
"#;

/// A run of the program that ends by itself.
struct Run {
    folder: tempfile::TempDir,
    program: Child,
}

impl Run {
    fn start(engine: Engine, arguments: &[&str], folder: tempfile::TempDir) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_corsproof"))
            .current_dir(folder.path())
            .args(["run", "--browser", engine.name(), "--report", "ndjson=events"])
            .args(arguments)
            .env("XDG_CACHE_HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        Self { folder, program }
    }

    /// The case, the verdict and the whole of each result.
    fn results(mut self) -> Vec<(String, String, Value)> {
        self.program.wait().expect("the program ends");
        let events = fs::read_to_string(self.folder.path().join("events")).expect("events");
        let events = events.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let results = events.filter(|event| event["event"] == "result");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        results.map(|result| (text(&result["case"]), text(&result["verdict"]), result)).collect()
    }
}

#[rstest]
fn one_case_that_takes_the_page_away_fails_alone(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    if installed(engine).is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    let numbers = |count: usize| (0..count).map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let text = ONE_GOES_AWAY.replace("PARTS", &numbers(25)).replace("OF", &numbers(20));
    fs::write(folder.path().join("mine/away.toml"), text).expect("a file");

    let _turn = turn::BROWSERS.blocking_write();
    let results = Run::start(engine, &["--cases", "mine", "--retries", "0"], folder).results();
    assert_eq!(results.len(), 501);
    let (good, bad): (Vec<_>, Vec<_>) = results.iter().partition(|(case, ..)| case.contains("/good"));
    for (_, verdict, result) in good {
        assert_eq!(verdict, "agrees", "{result:#}");
    }
    for (_, verdict, result) in bad {
        assert_eq!(verdict, "failed", "{result:#}");
        let why = result["why"].as_str().expect("a text");
        assert!(why.starts_with("alone on its page, 2 times: "), "{why}");
    }
}

/// Areas in which engines are silent about what comes to nothing.
const SILENT: [&str; 3] = ["elements/css/*", "elements/svg/use*", "storage/frames/*"];

#[rstest]
fn a_pause_becomes_no_verdict(#[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine) {
    if installed(engine).is_none() {
        return;
    }
    let _turn = turn::BROWSERS.blocking_write();
    // Often enough that the fastest engine is still at work when each kind of pause has come.
    let asked = [&SILENT[..], &["--repeat", "4"]].concat();
    let mut run = Run::start(engine, &asked, tempfile::tempdir().expect("a folder"));
    let program = Pid::from_raw(i32::try_from(run.program.id()).expect("a process"));
    let mut pauses = 0;
    while run.program.try_wait().expect("a state").is_none() {
        thread::sleep(Duration::from_millis(700));
        let paused = match pauses % 3 {
            0 => descendants(program),
            1 => vec![program],
            _ => [vec![program], descendants(program)].concat(),
        };
        pauses += 1;
        // A process may have ended by now.
        for process in &paused {
            let _ = kill(*process, Signal::SIGSTOP);
        }
        thread::sleep(Duration::from_secs(2));
        for process in &paused {
            let _ = kill(*process, Signal::SIGCONT);
        }
    }
    assert!(pauses > 2, "{pauses}");
    for (_, verdict, result) in run.results() {
        assert!(["agrees", "known", "not-applicable"].contains(&verdict.as_str()), "{result:#}");
    }
}

/// The processes that `ancestor` has started, and those that these have started.
fn descendants(ancestor: Pid) -> Vec<Pid> {
    let processes = Path::new("/proc").read_dir().expect("processes");
    let pairs: Vec<(i32, i32)> = processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: i32| Some((pid, parent(pid)?)))
        .collect();
    let mut found = vec![ancestor.as_raw()];
    let mut next = 0;
    while next < found.len() {
        let children = pairs.iter().filter(|(_, parent)| *parent == found[next]).map(|(pid, _)| *pid);
        let children: Vec<i32> = children.collect();
        found.extend(children);
        next += 1;
    }
    found.into_iter().skip(1).map(Pid::from_raw).collect()
}

/// <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>: the name in parentheses may hold anything.
fn parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
