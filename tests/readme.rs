//! The README's commands run, and its case file does what it says.

#[path = "engines/mod.rs"]
mod engines;

use std::{fs, path::Path};

use assert_cmd::Command;
use corsproof::browser::Engine;

/// The contents of the README's code blocks of one language.
fn blocks(language: &str) -> Vec<String> {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let opening = format!("```{language}\n");
    readme
        .split(&opening)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The words of a command line; its quotes hold filters together.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect()
}

#[test]
fn every_command_does_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let [case_file] = blocks("toml").try_into().expect("one case file");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    fs::write(folder.path().join("mine/greeting.toml"), case_file).expect("a file");

    let commands: Vec<String> = blocks("console")
        .iter()
        .flat_map(|block| {
            block.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(commands.len() > 5, "{commands:?}");
    for command in commands {
        let words = words(&command);
        match words[0].as_str() {
            // These install things and run everything, this test among it.
            "ci/conformance" | "ci/test" => {
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&words[0]).is_file(), "{command}");
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
    if arguments[0] == "run" && !arguments.iter().any(|argument| argument == "--browser") {
        let engines: Vec<&str> = Engine::ALL
            .into_iter()
            .filter(|engine| engines::installed(*engine).is_some())
            .map(Engine::name)
            .collect();
        command.arg("--browser").arg(engines.join(","));
    }
    let output = command.output().expect("it runs");
    assert!(
        output.status.success(),
        "{line}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
