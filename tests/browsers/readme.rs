//! The README's commands do what it says, its case file among them.

use std::{fs, os::unix::fs::symlink, path::Path};

use assert_cmd::Command;

use crate::{
    installed_engines::{installed_engines, names},
    of_readme::{blocks, policy_and_case_file, repository},
    turn,
};

/// The words of a command line; its quotes hold filters together.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect()
}

#[test]
fn every_command_does_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let [_, case_file] = policy_and_case_file();
    // The real servers are run where they are.
    symlink(repository().join("servers"), folder.path().join("servers")).expect("a link");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    fs::write(folder.path().join("mine/greeting.toml"), case_file).expect("a file");

    let commands: Vec<String> = blocks("console")
        .iter()
        .flat_map(|block| {
            block.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(commands.len() > 5, "{commands:?}");
    let _turn = turn::BROWSERS.blocking_write();
    for command in commands {
        let words = words(&command);
        match words[0].as_str() {
            // These install things and run everything, this test among it.
            "ci/conformance" | "ci/test" => {
                assert!(repository().join(&words[0]).is_file(), "{command}");
            }
            "corsproof" => run(folder.path(), &command, &words[1..]),
            other => panic!("the README has a command that this test does not know: {other}"),
        }
    }
}

/// Runs a command of ours where `mine` is, in the engines that this test run has.
fn run(folder: &Path, line: &str, arguments: &[String]) {
    let mut command = Command::cargo_bin("corsproof").expect("the program");
    command.current_dir(folder).env("XDG_CACHE_HOME", folder.join("cache")).args(arguments);
    if ["run", "check", "sop"].contains(&arguments[0].as_str())
        && !arguments.iter().any(|argument| argument == "--browser")
    {
        command.arg("--browser").arg(names(&installed_engines()));
    }
    let output = command.output().expect("it runs");
    assert!(
        output.status.success(),
        "{line}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
