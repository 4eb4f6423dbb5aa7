//! Files and values that were not written by a friend: nothing waits for ever, and no terminal and no runner obeys them.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use rstest::rstest;
use tempfile::TempDir;

use crate::command::{command, corsproof, err, json, out};

const CASES: &str = r#"
title = "t"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[[case]]
name = "one"
page = "https://app.example.com"
request = { url = "https://api.example.com/" }
response = "200\nAccess-Control-Allow-Origin: *"
expect = { read = "allowed", sent = ["GET"] }
"#;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What is told of a folder of case files.
fn told_of(folder: &Path) -> String {
    let told = err(&corsproof(&["list", "--cases", &folder.display().to_string()]).code(2));
    // However a message is broken into lines.
    told.replace("\n  │ ", " ")
}

/// What may stand in a folder under the name of a case file.
enum Strange {
    Pipe,
    LinkTo(&'static str),
    Large,
}

impl Strange {
    fn make(&self, path: &Path) {
        let made = match self {
            Self::Pipe => nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).map_err(Into::into),
            Self::LinkTo(target) => symlink(target, path),
            Self::Large => fs::File::create(path).and_then(|file| file.set_len((16 << 20) + 1)),
        };
        made.expect("it can be made");
    }
}

#[rstest]
#[case::pipe(Strange::Pipe, "it is a pipe, not a file")]
#[case::device(
    Strange::LinkTo("/dev/zero"),
    "is a link out of the folder (/dev/zero), which is not followed"
)]
#[case::gone(Strange::LinkTo("nothing"), "is a link to nothing, which is not followed")]
#[case::large(Strange::Large, "it has more than 16 MiB")]
fn a_case_file_is_a_regular_file(#[case] strange: Strange, #[case] told: &str) {
    let folder = folder();
    strange.make(&folder.path().join("x.toml"));
    let text = told_of(folder.path());
    assert!(text.contains("x.toml") && text.contains(told), "{text}");
}

#[test]
fn links_within_the_folder_are_followed_and_those_to_folders_are_told() {
    let folder = folder();
    fs::write(folder.path().join("real.toml"), CASES).expect("a file");
    symlink("real.toml", folder.path().join("link.toml")).expect("a link");
    let listed = corsproof(&["list", "--cases", &folder.path().display().to_string()]).success();
    assert_eq!(out(&listed).lines().count(), 2, "{}", out(&listed));
    symlink("..", folder.path().join("above")).expect("a link");
    let told = told_of(folder.path());
    assert!(told.contains("above is a link to a folder"), "{told}");
}

#[test]
fn a_policy_file_is_a_regular_file() {
    let folder = folder();
    let path = folder.path().join("corsproof.toml");
    nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
    let told = err(&corsproof(&["check", &path.display().to_string()]).code(2));
    assert!(told.contains("it is a pipe, not a file"), "{told}");
}

#[test]
fn a_recording_may_come_through_a_pipe() {
    let folder = folder();
    let path = folder.path().join("run");
    nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
    let (from, to) = (PathBuf::from("tests/recorded/slice.ndjson"), path.clone());
    let writer = std::thread::spawn(move || fs::copy(from, to).expect("the recording is written"));
    corsproof(&["report", &path.display().to_string()]).success();
    writer.join().expect("all of it was read");
}

/// What is no recording is not read to its end, which may be far.
#[test]
fn a_file_that_is_no_recording_is_told_by_its_beginning() {
    let folder = folder();
    let path = folder.path().join("zeros");
    fs::File::create(&path).and_then(|file| file.set_len(8 << 30)).expect("a file with a hole");
    let told = err(&corsproof(&["report", &path.display().to_string()]).code(2));
    assert!(told.contains("no beginning of a run"), "{told}");
}

#[test]
fn the_byte_that_is_no_text_has_a_line() {
    let folder = folder();
    fs::write(folder.path().join("bytes.toml"), b"title = \"t\"\nspec = \"\xe9\"\n").expect("a file");
    let told = told_of(folder.path());
    assert!(told.contains("line 2, column 9: the byte 0xe9 is no UTF-8"), "{told}");
}

/// Escapes in a file's text, in its name and in arguments, with and without colour.
#[rstest]
fn no_terminal_obeys_a_file(#[values("0", "1")] colour: &str) {
    let folder = folder();
    fs::write(folder.path().join("text.toml"), "title = \"\u{1b}]0;owned\u{7}\u{202e}\"\nx = \u{1b}[2J\n")
        .expect("a file");
    fs::write(folder.path().join("na\u{1b}[2Jme.toml"), CASES).expect("a file");
    fs::create_dir(folder.path().join("fol\u{202e}der")).expect("a folder");
    fs::write(folder.path().join("fol\u{202e}der").join("a.toml"), CASES).expect("a file");
    let path = folder.path().display().to_string();
    let evil = "\u{1b}]0;owned\u{7}\u{202e}";
    for arguments in [
        &["list", "--cases", &path] as &[&str],
        &["list", "--cases", evil],
        &["show", evil],
        &["check", evil],
        &["report", evil],
        &["run", "--browser", evil],
        &[evil],
    ] {
        let assert = command().env("CLICOLOR_FORCE", colour).args(arguments).assert();
        for text in [out(&assert), err(&assert)] {
            let rest = text.split("\u{1b}[").skip(1).find(|rest| {
                !rest.trim_start_matches(|char: char| char.is_ascii_digit() || char == ';').starts_with('m')
            });
            assert_eq!(rest, None, "{arguments:?}: {text:?}");
            assert!(
                !text.contains("\u{1b}]") && !text.contains('\u{202e}') && !text.contains('\u{7}'),
                "{text:?}"
            );
            assert!(colour == "1" || !text.contains('\u{1b}'), "{text:?}");
        }
        assert!(!err(&assert).is_empty(), "{arguments:?}");
    }
}

/// A header's value of a recording, wherever a line is broken, is no command to a runner of GitHub Actions.
#[test]
fn no_runner_obeys_a_server() {
    let recorded = fs::read_to_string("tests/recorded/check.ndjson").expect("a recording");
    let said = r#"["access-control-allow-origin","https://attacker.example"]"#;
    let evil = recorded.replace(said, &said.replace("https", "x ::error::owned ##[error]owned https"));
    assert!(evil.contains("owned"), "the recording has another server");
    let folder = folder();
    let path = folder.path().join("evil.ndjson");
    fs::write(&path, evil).expect("a file");
    let assert = command().env("GITHUB_ACTIONS", "true").arg("report").arg(&path).assert().success();
    let text = out(&assert);
    assert!(text.contains("owned"), "{text}");
    let obeyed = text.lines().find(|line| line.trim_start().starts_with("::") || line.contains("##["));
    assert_eq!(obeyed, None);
}

#[test]
fn json_holds_no_command() {
    let folder = folder();
    fs::write(folder.path().join("a.toml"), CASES.replace("title = \"t\"", "title = \"##[error]x\""))
        .expect("a file");
    let list = || {
        let mut command = command();
        command.args(["list", "--json", "--cases"]).arg(folder.path());
        command
    };
    let plain = out(&list().assert().success());
    let runner = out(&list().env("GITHUB_ACTIONS", "true").assert().success());
    assert!(plain.contains("##[error]x") && !runner.contains("##["), "{runner}");
    assert_eq!(json(&plain), json(&runner));
}

/// A thousand times as many cases as a usual file has take no thousand times as long a look for each line.
#[test]
fn ten_thousand_cases_of_one_file_are_read() {
    let folder = folder();
    let (head, case) = CASES.split_once("[[case]]").expect("a case");
    let mut text = head.to_owned();
    for number in 0..10_000 {
        text.push_str(&format!("[[case]]{}", case.replace("\"one\"", &format!("\"case-{number}\""))));
    }
    fs::write(folder.path().join("many.toml"), text).expect("a file");
    let listed = corsproof(&["list", "--cases", &folder.path().display().to_string()]).success();
    assert_eq!(out(&listed).lines().count(), 10_000);
}

#[test]
fn ten_thousand_problems_are_counted_and_some_are_drawn() {
    let folder = folder();
    let text = CASES.to_owned() + &"[[case]]\nname = 'two'\n".repeat(5_000);
    fs::write(folder.path().join("many.toml"), text).expect("a file");
    let told = told_of(folder.path());
    let last: Vec<&str> = told.lines().rev().take(3).collect();
    assert!(last[0].ends_with(" problems in 1 file") && last[2].starts_with("... and "), "{last:?}");
    assert!(told.lines().count() < 2_000, "{}", told.lines().count());
}
