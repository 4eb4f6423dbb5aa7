//! The command line as a person or a CI job meets it: what it says, and its exit codes.

use std::{fs, path::Path};

use assert_cmd::Command;
use rstest::rstest;

use crate::command::{command, corsproof, err, out, without_browsers};

#[rstest]
#[case::all(&["--help"])]
#[case::run(&["run", "--help"])]
#[case::report(&["report", "--help"])]
#[case::diff(&["diff", "--help"])]
#[case::schema(&["schema", "--help"])]
#[case::check(&["check", "--help"])]
#[case::diagnose(&["diagnose", "--help"])]
#[case::explain(&["explain", "--help"])]
#[case::coverage(&["coverage", "--help"])]
#[case::serve(&["serve", "--help"])]
#[case::doctor(&["doctor", "--help"])]
#[case::init(&["init", "--help"])]
#[case::completions(&["completions", "--help"])]
#[case::man(&["man", "--help"])]
fn help_tells_how_each_command_is_used(#[case] arguments: &[&str]) {
    let help = out(&corsproof(arguments).success());
    insta::assert_snapshot!(format!("help_{}", arguments.join("_").replace("--", "")), help);
}

#[rstest]
#[case::unknown_engine(&["run", "--browser", "netscape"], "'netscape'")]
#[case::engines_are_listed(&["run", "--browser", "netscape"], "chromium, firefox, webkit")]
#[case::one_of_several_engines(&["run", "--browser", "chromium,netscape"], "'netscape'")]
#[case::no_jobs(&["run", "--jobs", "0"], "0 is not in 1..=64")]
#[case::no_repeats(&["run", "--repeat", "0"], "0 is not in")]
#[case::shard_without_a_whole(&["run", "--shard", "2"], "write K/N, for instance 1/4")]
#[case::shard_beyond_the_whole(&["run", "--shard", "5/4"], "there is no part 5 of 4")]
#[case::report_without_a_format(&["run", "--report", "run.json"], "write FORMAT=PATH")]
#[case::report_of_an_unknown_format(&["run", "--report", "yaml=x"], "formats are html, ndjson, json, junit")]
#[case::report_without_a_path(&["run", "--report", "json="], "no path after 'json='")]
#[case::webdriver_without_an_engine(&["run", "--webdriver", "http://localhost:4444"], "--browser <ENGINE>")]
#[case::webdriver_that_is_no_url(&["run", "--browser", "firefox", "--webdriver", "grid"], "write http://HOST:PORT")]
#[case::webdriver_of_another_scheme(
    &["run", "--browser", "firefox", "--webdriver", "ws://localhost:4444"],
    "its scheme is ws"
)]
#[case::unknown_reason(&["explain", "method-not-alowed"], "method-not-allowed")]
#[case::unknown_shell(&["completions", "tcsh"], "'tcsh'")]
#[case::unknown_command(&["expalin"], "'explain'")]
fn bad_usage_is_refused_with_a_way_out(#[case] arguments: &[&str], #[case] says: &str) {
    let refused = corsproof(arguments).code(2);
    assert!(err(&refused).contains(says), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}

#[test]
fn two_reports_cannot_share_a_file() {
    let refused =
        corsproof(&["run", "--browser", "chromium", "--report", "json=x", "--report", "junit=x"]).code(2);
    assert!(err(&refused).contains("two reports cannot both be x"), "{}", err(&refused));
    assert!(!Path::new("x").exists());
}

#[rstest]
#[case::no_such_folder("/no/such/folder/run.json", "create its folder first")]
#[case::a_folder("/", "it is a folder")]
fn a_report_that_cannot_be_written_is_known_before_anything_runs(#[case] path: &str, #[case] says: &str) {
    let report = format!("json={path}");
    let refused = corsproof(&["run", "--browser", "chromium", "--report", &report]).code(3);
    assert!(err(&refused).contains(says), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}

#[test]
fn a_filter_that_matches_nothing_names_what_may_be_meant() {
    let refused = corsproof(&["run", "cors-chek"]).code(4);
    assert_eq!(err(&refused), "error: no case matches 'cors-chek'; did you mean 'cors-check'?\n");
}

#[test]
fn a_selection_that_is_skipped_whole_is_no_success() {
    let refused = corsproof(&["run", "--skip", "*"]).code(4);
    assert!(err(&refused).contains("no case is selected"), "{}", err(&refused));
}

#[test]
fn a_bad_case_file_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bad.toml"), "title = 1\n").expect("a file");
    let refused = corsproof(&["run", "--cases", &folder.path().display().to_string()]).code(2);
    assert!(err(&refused).contains("bad.toml:1"), "{}", err(&refused));
    assert!(!err(&refused).contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn a_folder_without_cases_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = corsproof(&["run", "--cases", &folder.path().display().to_string()]).code(2);
    assert!(err(&refused).contains("there is no case file"), "{}", err(&refused));
}

#[test]
fn without_any_browser_nothing_is_skipped_in_silence() {
    let refused = without_browsers(&["run"]).code(3);
    for engine in ["chromium", "firefox", "webkit"] {
        assert!(err(&refused).contains(&format!("left out: {engine} cannot be used")), "{}", err(&refused));
    }
    assert!(err(&refused).contains("corsproof doctor"), "{}", err(&refused));
}

#[test]
fn a_browser_that_is_asked_for_and_missing_is_an_error_that_says_how_to_get_it() {
    let refused = without_browsers(&["run", "--browser", "firefox"]).code(3);
    assert!(err(&refused).contains("cargo install geckodriver"), "{}", err(&refused));
}

#[test]
fn the_doctor_says_how_to_get_what_is_missing() {
    let doctor = without_browsers(&["doctor"]).code(3);
    for remedy in ["chromium-driver", "cargo install geckodriver", "webkit2gtk-driver"] {
        assert!(out(&doctor).contains(remedy), "{}", out(&doctor));
    }
}

#[test]
fn explain_lists_every_reason() {
    insta::assert_snapshot!(out(&corsproof(&["explain"]).success()));
}

#[test]
fn explain_says_what_to_change() {
    let page = out(&corsproof(&["explain", "wildcard-with-credentials"]).success());
    for part in ["Express", "FastAPI", "nginx", "Chromium", "Firefox", "WebKit", "#concept-cors-check"] {
        assert!(page.contains(part), "{part} is missing:\n{page}");
    }
}

#[rstest]
#[case(&[("CLICOLOR_FORCE", "1")], true)]
#[case(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false)]
#[case(&[], false)]
fn colour_follows_the_environment(#[case] environment: &[(&str, &str)], #[case] coloured: bool) {
    let mut command = command();
    command.args(["explain"]).envs(environment.iter().copied());
    assert_eq!(out(&command.assert().success()).contains('\u{1b}'), coloured);
}

/// On a terminal, which `script` of util-linux plays.
#[rstest]
#[case::colour(&[], true)]
#[case::no_color(&[("NO_COLOR", "1")], false)]
#[case::no_color_beats_force(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false)]
#[case::clicolor(&[("CLICOLOR", "0")], false)]
#[case::dumb(&[("TERM", "dumb")], false)]
fn a_terminal_has_colour_unless_it_is_unwanted(#[case] environment: &[(&str, &str)], #[case] coloured: bool) {
    let mut command = Command::new("script");
    for variable in ["CLICOLOR_FORCE", "CLICOLOR", "NO_COLOR"] {
        command.env_remove(variable);
    }
    let program = format!("'{}' explain method-not-allowed", env!("CARGO_BIN_EXE_corsproof"));
    command.env("TERM", "xterm").envs(environment.iter().copied());
    let text = out(&command.args(["-qec", &program, "/dev/null"]).assert().success());
    assert!(text.contains("method-not-allowed"), "{text}");
    assert_eq!(text.contains('\u{1b}'), coloured, "{text}");
}

#[rstest]
#[case("bash", "complete")]
#[case("zsh", "#compdef corsproof")]
#[case("fish", "complete -c corsproof")]
fn completions_know_the_commands(#[case] shell: &str, #[case] says: &str) {
    let script = out(&corsproof(&["completions", shell]).success());
    for part in [says, "explain", "shard", "firefox"] {
        assert!(script.contains(part), "{part} is missing for {shell}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let program = env!("CARGO_BIN_EXE_corsproof");
    let pipe = format!("set -o pipefail; '{program}' completions bash | head -n 1");
    let assert = Command::new("bash").args(["-c", &pipe]).assert().success();
    assert!(!err(&assert).contains("panicked"), "{}", err(&assert));
}
