//! Machines that are busy, small or bare.

use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    thread::available_parallelism,
};

use corsproof::Engine;
use rstest::rstest;
use tempfile::TempDir;

use super::run::Run;
use crate::{engines::installed, turn};

fn all_installed() -> Vec<Engine> {
    Engine::ALL.into_iter().filter(|engine| installed(*engine).is_some()).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The same command by a shell that does something before.
fn after(shell: &str, command: &Command) -> Command {
    let mut wrapped = Command::new("sh");
    wrapped.args(["-c", &format!("{shell}; exec \"$0\" \"$@\"")]).arg(command.get_program());
    wrapped.args(command.get_args()).current_dir(command.get_current_dir().expect("a folder"));
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    wrapped.stdout(Stdio::piped()).stderr(Stdio::null());
    wrapped
}

/// Loops that end with the test.
struct BusyLoops(Vec<Child>);

impl BusyLoops {
    fn start(count: usize) -> Self {
        // Bounded, should nobody end them.
        let busy = || {
            Command::new("timeout").args(["300", "sh", "-c", "while :; do :; done"]).process_group(0).spawn()
        };
        Self((0..count).map(|_| busy().expect("a loop")).collect())
    }
}

impl Drop for BusyLoops {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let group = nix::unistd::Pid::from_raw(i32::try_from(child.id()).expect("a process"));
            let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL);
            let _ = child.wait();
        }
    }
}

#[test]
fn beside_eight_busy_loops_a_core_nothing_is_lost() {
    let _turn = turn::BROWSERS.blocking_write();
    let cores = available_parallelism().expect("cores").get();
    let _loops = BusyLoops::start(8 * cores);
    let folder = folder();
    let asked = ["classic-errors/*", "elements/css/*", "storage/frames/*"];
    let program = Run::command(&all_installed(), &asked, &folder).spawn().expect("the program runs");
    Run { folder, program }.end().expect_all_well();
}

#[rstest]
fn runs_beside_each_other_do_not_meet(#[values(2, 4)] runs: usize) {
    let _turn = turn::BROWSERS.blocking_write();
    let start = |_| {
        let folder = folder();
        let program =
            Run::command(&all_installed(), &["classic-errors/*"], &folder).spawn().expect("the program runs");
        Run { folder, program }
    };
    let started: Vec<Run> = (0..runs).map(start).collect();
    for run in started {
        run.end().expect_all_well();
    }
}

#[test]
fn a_machine_without_a_home_is_enough() {
    let _turn = turn::BROWSERS.blocking_write();
    let folder = folder();
    let mut command = Run::command(&all_installed(), &["classic-errors/*"], &folder);
    command.env_clear().env("PATH", std::env::var_os("PATH").expect("a path"));
    let program = command.spawn().expect("the program runs");
    Run { folder, program }.end().expect_all_well();
}

/// Files end at 16 KiB, as on a disk that is full: neither profiles nor what browsers store can be written.
#[rstest]
#[case::disk("trap '' XFSZ; ulimit -f 32")]
#[case::descriptors("ulimit -n 64")]
fn a_machine_that_is_too_small_gives_no_wrong_verdict(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
    #[case] limit: &str,
) {
    if installed(engine).is_none() {
        return;
    }
    let _turn = turn::BROWSERS.blocking_write();
    let folder = folder();
    let asked = ["classic-errors/five/*", "--driver-timeout", "5s"];
    let mut command = after(limit, &Run::command(&[engine], &asked, &folder));
    let program = command.spawn().expect("the program runs");
    let output = program.wait_with_output().expect("the program ends");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{} {text}", output.status);
    assert!(!text.contains("DIFFERS"), "{text}");
}
