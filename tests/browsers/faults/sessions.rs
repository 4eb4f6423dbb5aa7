//! Sessions that something happens to in the middle of a run: the run goes on in a new browser.

use corsproof::Engine;
use rstest::rstest;

use super::{
    between::{between, faults_left},
    run::Run,
};
use crate::{engines::installed, turn};

/// Each at another call for results.
const FAULTS: [&str; 8] = [
    "nonsense",
    "kill-browser",
    "stop-browser 2",
    "cut",
    "kill-driver",
    "stop-driver 2",
    // Longer than any call may take.
    "stop-browser 60",
    "stop-driver 60",
];

#[rstest]
fn what_happens_to_a_driver_or_its_browser_costs_no_result(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(installation) = installed(engine) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (variable, driver) = between(&installation, &folder, &FAULTS);
    let asked = ["cors-check/*", "http-redirect-fetch/*", "--driver-timeout", "3s"];
    let mut command = Run::command(&[engine], &asked, &folder);
    command.env(variable, driver);

    let _turn = turn::BROWSERS.blocking_read();
    let program = command.spawn().expect("the program runs");
    let ended = Run { program, folder }.end();
    ended.expect_all_well();
    assert_eq!(faults_left(&ended.folder), Vec::<String>::new(), "all have happened");
}
