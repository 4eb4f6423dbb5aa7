//! `corsproof doctor` on machines of a few programs, as people and programs read it.

use std::{
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{command::schema_of, script};

/// A machine that has only the programs it is given.
struct Machine {
    programs: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { programs: tempfile::tempdir().expect("a folder") };
        for tool in ["sh", "sleep", "unshare", "true"] {
            symlink(which::which(tool).expect(tool), machine.programs.path().join(tool)).expect("a link");
        }
        machine
    }

    fn with(self, name: &str, script: &str) -> Self {
        script::write(&self.programs.path().join(name), script);
        self
    }

    fn doctor(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_corsproof"))
            .arg("doctor")
            .args(arguments)
            .env_clear()
            .env("PATH", self.programs.path())
            .env("HOME", self.programs.path())
            .output()
            .expect("the program runs")
    }

    /// What it says as JSON, and its exit code.
    fn examine(&self, arguments: &[&str]) -> (Value, Option<i32>) {
        let output = self.doctor(&[&["--json"], arguments].concat());
        let examination = serde_json::from_slice(&output.stdout).expect("JSON");
        let schema = jsonschema::draft202012::new(&schema_of("doctor")).expect("a schema");
        let errors: Vec<String> = schema.iter_errors(&examination).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{examination:#}");
        (examination, output.status.code())
    }
}

fn chromium(browser: &str, driver: &str) -> Machine {
    Machine::new()
        .with("chromium", &format!("echo Chromium {browser} built on Debian"))
        .with("chromedriver", &format!("echo 'ChromeDriver {driver} (abc)'"))
}

/// The findings that stop an engine.
fn stopping(examination: &Value, engine: &str) -> Vec<String> {
    let problems = examination["problems"].as_array().expect("a list");
    problems
        .iter()
        .filter(|problem| problem["engine"] == engine && problem["severity"] == "stops")
        .map(|problem| problem["finding"].as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn programs_that_fit_each_other_are_usable() {
    let (examination, code) = chromium("156.0.1.2", "156.0.1.9").examine(&["--browser", "chromium"]);
    assert_eq!(code, Some(0));
    let engine = &examination["engines"][0];
    assert_eq!((&engine["usable"], &engine["browser"]["version"]), (&json!(true), &json!("156.0.1.2")));
    assert_eq!(stopping(&examination, "chromium"), [""; 0]);
}

#[test]
fn versions_that_do_not_match_stop_the_engine() {
    let (examination, code) = chromium("156.0.1.2", "150.0.1.2").examine(&[]);
    assert_eq!(code, Some(3));
    assert_eq!(stopping(&examination, "chromium"), ["versions-differ"]);
    assert_eq!(examination["engines"][0]["usable"], false);
}

#[rstest]
#[case::lacks_a_library("exit 127")]
#[case::says_nothing("true")]
fn a_browser_that_cannot_even_say_its_version_stops_the_engine(#[case] script: &str) {
    let machine = chromium("156.0.1.2", "156.0.1.2").with("chromium", script);
    let (examination, code) = machine.examine(&["--browser", "chromium"]);
    assert_eq!((stopping(&examination, "chromium"), code), (vec!["program-mute".to_owned()], Some(3)));
}

#[test]
fn one_usable_engine_will_do_unless_others_are_asked_for() {
    let machine = chromium("156.0.1.2", "156.0.1.2");
    assert_eq!(machine.examine(&[]).1, Some(0));
    let output = machine.doctor(&["--browser", "chromium,firefox"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: cannot be used: firefox\n");
}

#[test]
fn a_snap_is_named_as_what_it_is() {
    let machine =
        Machine::new().with("chromium-browser", "exec /snap/bin/chromium").with("chromedriver", "echo 1");
    let output = machine.doctor(&["--browser", "chromium"]);
    let text = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("/chromium-browser is a snap, which cannot be driven here"), "{text}");
}

#[test]
fn each_thing_that_is_missing_comes_with_what_mends_it() {
    let output = Machine::new().doctor(&[]);
    assert_eq!(output.status.code(), Some(3));
    let (examination, _) = Machine::new().examine(&[]);
    let problems = examination["problems"].as_array().expect("a list");
    assert!(problems.len() >= 4, "{problems:#?}");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
    for problem in problems {
        let remedy = problem["remedy"]["command"].as_str().or(problem["remedy"]["note"].as_str());
        assert!(remedy.is_some_and(|remedy| text.contains(remedy)), "{problem:#}\n{text}");
    }
}

/// A driver that is there and dies is only found by starting it.
#[test]
fn a_driver_that_dies_is_found_by_starting_it() {
    let machine = chromium("156.0.1.2", "156.0.1.2")
        .with("chromedriver", "[ \"$1\" = --version ] && echo ChromeDriver 156.0.1.2 || exit 1");
    assert_eq!(machine.examine(&["--browser", "chromium"]).1, Some(0));
    let (examination, code) = machine.examine(&["--browser", "chromium", "--start"]);
    assert_eq!((stopping(&examination, "chromium"), code), (vec!["does-not-start".to_owned()], Some(3)));
    assert_eq!(examination["engines"][0]["start"]["state"], "failed");
}

#[test]
fn a_folder_for_profiles_that_is_not_there_stops_everything() {
    let machine = chromium("156.0.1.2", "156.0.1.2");
    let output = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["doctor", "--browser", "chromium"])
        .env_clear()
        .env("PATH", machine.programs.path())
        .env("TMPDIR", Path::new("/nonexistent"))
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(
        text.contains("nothing can be written to /nonexistent") && text.contains("export TMPDIR="),
        "{text}"
    );
}

/// The schema is as strict as it can be, so that a new field is written into it.
#[test]
fn the_schema_refuses_what_it_does_not_know() {
    let schema = jsonschema::draft202012::new(&schema_of("doctor")).expect("a schema");
    let (mut examination, _) = Machine::new().examine(&[]);
    examination["problems"][0]["finding"] = json!("something-else");
    assert!(!schema.is_valid(&examination));
    assert!(jsonschema::meta::is_valid(&schema_of("doctor")));
}
