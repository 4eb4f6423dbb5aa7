//! Runs that people, shells or the kernel end early: what is found is kept, and nothing stays behind.

use std::{
    fs,
    process::{Child, ExitStatus},
    thread,
    time::{Duration, Instant},
};

use corsproof::Engine;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use rstest::rstest;
use tempfile::TempDir;

use super::{
    processes::with_in_environment,
    run::{Run, results},
};
use crate::{engines::installed, turn};

/// How long the kernel and the keeper of a program that was killed may take to end its browsers.
const TIDYING: Duration = Duration::from_secs(5);

/// A run in all engines that is in the middle of its cases.
fn in_the_middle() -> (TempDir, Child) {
    let engines: Vec<Engine> =
        Engine::ALL.into_iter().filter(|engine| installed(*engine).is_some()).collect();
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("tmp")).expect("a folder");
    let mut command = Run::command(&engines, &["cors-check/*", "cors-preflight-cache/*"], &folder);
    // Its processes inherit this, and make their folders there.
    command.env("TMPDIR", folder.path().join("tmp"));
    let program = command.spawn().expect("the program runs");
    let began = Instant::now();
    let results_of = |engine: &Engine| {
        let events = fs::read_to_string(folder.path().join("events")).unwrap_or_default();
        let has_result = |line: &str| line.contains("\"event\":\"result\"") && line.contains(engine.name());
        events.lines().any(has_result)
    };
    while !engines.iter().all(results_of) {
        assert!(began.elapsed() < Duration::from_secs(90), "no results");
        thread::sleep(Duration::from_millis(50));
    }
    (folder, program)
}

fn send(program: &Child, signal: Signal) {
    let process = Pid::from_raw(i32::try_from(program.id()).expect("a process"));
    kill(process, signal).expect("a running process");
}

fn expect_nothing_left(folder: &TempDir) {
    let temporary = folder.path().join("tmp");
    let word = format!("TMPDIR={}", temporary.display());
    let began = Instant::now();
    loop {
        let processes = with_in_environment(&word);
        let files: Vec<_> =
            temporary.read_dir().expect("a folder").flatten().map(|file| file.path()).collect();
        if processes.is_empty() && files.is_empty() {
            return;
        }
        assert!(began.elapsed() < TIDYING, "{processes:#?} {files:#?}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[rstest]
fn a_signal_ends_a_run_with_what_was_found(
    #[values(Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP)] signal: Signal,
) {
    let _turn = turn::BROWSERS.blocking_read();
    let (folder, program) = in_the_middle();
    send(&program, signal);
    let ended = Run { folder, program }.end();
    assert_eq!(ended.code, Some(3), "{}", ended.text);
    assert!(ended.text.contains("Interrupted: "), "{}", ended.text);
    for (_, verdict, result) in &ended.results {
        assert!(["agrees", "known", "not-applicable"].contains(&verdict.as_str()), "{}", ended.told(result));
    }
    assert!(!ended.results.is_empty());
    expect_nothing_left(&ended.folder);
}

#[rstest]
#[case::twice(Signal::SIGINT, Some(130))]
#[case::killed(Signal::SIGKILL, None)]
fn whoever_ends_it_at_once_leaves_nothing(#[case] signal: Signal, #[case] code: Option<i32>) {
    let _turn = turn::BROWSERS.blocking_read();
    let (folder, mut program) = in_the_middle();
    // Nobody reads what it writes any more.
    drop(program.stdout.take());
    send(&program, signal);
    if signal == Signal::SIGINT {
        // Two signals that come at once are one.
        thread::sleep(Duration::from_millis(20));
        let _ = kill(Pid::from_raw(i32::try_from(program.id()).expect("a process")), signal);
    }
    let status = program.wait().expect("a status");
    // An orderly end may have been faster than the second signal.
    assert!(status.code() == code || status.code() == Some(3), "{status}");
    expect_nothing_left(&folder);
    for (_, verdict, result) in results_that_are_whole(&folder) {
        assert!(["agrees", "known", "not-applicable"].contains(&verdict.as_str()), "{result:#}");
    }
}

/// The last line of a program that was killed may be half a line.
fn results_that_are_whole(folder: &TempDir) -> Vec<(String, String, serde_json::Value)> {
    let path = folder.path().join("events");
    let text = fs::read_to_string(&path).expect("events");
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    fs::write(&path, whole).expect("events");
    results(folder)
}

#[test]
fn nobody_reads_what_it_prints() {
    let _turn = turn::BROWSERS.blocking_read();
    let (folder, mut program) = in_the_middle();
    drop(program.stdout.take());
    let status: ExitStatus = program.wait().expect("a status");
    // Its reports are whole all the same, or the next program would read half of them.
    let events = fs::read_to_string(folder.path().join("events")).expect("events");
    assert!(events.lines().last().is_some_and(|line| line.contains("\"finished\"")), "{status}");
    assert!(status.code().is_some_and(|code| code != 101), "{status}");
    expect_nothing_left(&folder);
}
