//! Pages that are lost and browsers that are stopped, in real engines: what is lost is small and named, and no pause
//! becomes a verdict.

use std::{fs, thread, time::Duration};

use corsproof::Engine;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use rstest::rstest;

use super::{
    between::{CULPRIT, between},
    processes::descendants,
    run::{Run, program},
};
use crate::{engines::installed, turn};

/// Good cases, and one whose script does something to the page of all of them.
const ONE_IS_BAD: &str = r#"
title = "One case is bad for the others"
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
name = "bad"
request = { via = "import", url = "https://api.example.com/URL" }
response = """
200
Content-Type: text/javascript
Access-Control-Allow-Origin: *

SCRIPT
export default "done";"""
expect = { loaded = true, read = "allowed", body = "done", sent = ["GET"] }
"#;

/// What the bad case does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bad {
    /// It sends the page elsewhere.
    GoesAway,
    /// Its browser is killed while it runs.
    KillsItsBrowser,
    /// Its script never ends, and nothing else on the page gets on.
    Loops,
    /// It makes a thousand frames.
    ManyFrames,
    /// It takes all the memory that the page may have.
    TakesAllMemory,
}

impl Bad {
    fn script(self) -> &'static str {
        match self {
            Self::GoesAway => "location = '/elsewhere'; await new Promise(() => {});",
            Self::KillsItsBrowser => "await new Promise(() => {});",
            Self::Loops => "for (;;);",
            Self::ManyFrames => {
                "for (let i = 0; i < 1000; i++) document.body.append(document.createElement('iframe'));"
            }
            Self::TakesAllMemory => {
                "const all = []; for (;;) all.push(Array.from({ length: 100000 }, () => ({})));"
            }
        }
    }
}

#[rstest]
#[case::goes_away(Bad::GoesAway, 120)]
#[case::kills_its_browser(Bad::KillsItsBrowser, 500)]
#[case::loops(Bad::Loops, 120)]
#[case::many_frames(Bad::ManyFrames, 120)]
#[case::takes_all_memory(Bad::TakesAllMemory, 120)]
fn one_bad_case_fails_alone(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
    #[case] bad: Bad,
    #[case] good: usize,
) {
    // The others cannot be told how much memory a page may have, and all that there is would be the machine's.
    let is_left_out = bad == Bad::TakesAllMemory && engine != Engine::Chromium;
    let Some(installation) = installed(engine).filter(|_| !is_left_out) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    let numbers = |count: usize| (0..count).map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let url = if bad == Bad::KillsItsBrowser { CULPRIT } else { "bad" };
    let text = ONE_IS_BAD
        .replace("PARTS", &numbers(20))
        .replace("OF", &numbers(good / 20))
        .replace("URL", url)
        .replace("SCRIPT", bad.script());
    fs::write(folder.path().join("mine/bad.toml"), text).expect("a file");
    // A page with a thousand frames is slow, and no more than that.
    let limit = if bad == Bad::ManyFrames { "60s" } else { "4s" };
    let arguments = ["--cases", "mine", "--retries", "0", "--driver-timeout", limit];
    let mut command = Run::command(&[engine], &arguments, &folder);
    match bad {
        Bad::KillsItsBrowser => {
            let (variable, driver) = between(&installation, &folder, &[]);
            command.env(variable, driver);
        }
        Bad::TakesAllMemory => {
            let browser = installation.browser.display();
            let text = format!("#!/bin/sh\nexec '{browser}' --js-flags=--max-old-space-size=60 \"$@\"\n");
            command.env("CORSPROOF_CHROMIUM", program(&folder, "browser", &text));
        }
        Bad::GoesAway | Bad::Loops | Bad::ManyFrames => {}
    }

    let _turn = turn::BROWSERS.blocking_read();
    let ended = Run { program: command.spawn().expect("the program runs"), folder }.end();
    assert_eq!(ended.results.len(), good + 1, "{}", ended.text);
    for (case, verdict, result) in &ended.results {
        if case.contains("/good") || bad == Bad::ManyFrames {
            assert_eq!(verdict, "agrees", "{}", ended.told(result));
        } else {
            assert_eq!(verdict, "failed", "{}", ended.told(result));
            let why = result["why"].as_str().expect("a text");
            assert!(why.starts_with("alone on its page, 2 times: "), "{why}");
        }
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
    run.end().expect_all_well();
}
