//! What the papers at the top of the repository name is there: files, folders and commands.

use std::collections::BTreeSet;

use crate::{
    command::{corsproof, out},
    of_readme::{read, repository},
};

const PAPERS: [&str; 4] = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

/// A paper in two: its text, and its blocks of code.
fn text_and_code(paper: &str) -> [String; 2] {
    let text = read(paper);
    let parts: Vec<&str> = text.split("```").collect();
    assert!(parts.len() % 2 == 1, "{paper}: a block of code has no end");
    [0, 1].map(|first| parts.iter().skip(first).step_by(2).copied().collect::<Vec<_>>().join("\n"))
}

/// What stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Where links lead within the repository.
fn linked(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let within = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    within.map(|target| target.split('#').next().unwrap_or_default()).collect()
}

/// A `/` makes a path of what stands in backticks; `*` stands for any name, and what it is about is the folder.
fn is_path(quoted: &str) -> bool {
    let is_other = quoted.contains([' ', ':', '=', '<', '(']) || quoted.starts_with('/');
    quoted.contains('/') && !is_other
}

#[test]
fn every_path_in_them_exists() {
    let mut named = Vec::new();
    for paper in PAPERS {
        let [text, _] = text_and_code(paper);
        let paths = quoted(&text).into_iter().filter(|quoted| is_path(quoted));
        named.extend(paths.chain(linked(&text)).map(|path| (paper, path.to_owned())));
    }
    // In backticks the README names files of its readers as well.
    let [readme, _] = text_and_code("README.md");
    named.extend(linked(&readme).into_iter().map(|path| ("README.md", path.to_owned())));
    assert!(named.len() > 100, "only {} paths were found", named.len());
    let is_there = |path: &str| repository().join(path.split('*').next().unwrap_or_default()).exists();
    let missing: Vec<String> = named
        .iter()
        .filter(|(_, path)| !is_there(path))
        .map(|(paper, path)| format!("{paper}: {path}"))
        .collect();
    assert!(missing.is_empty(), "there is no\n{}", missing.join("\n"));
}

#[test]
fn every_command_in_them_exists() {
    let help = out(&corsproof(&["--help"]).success());
    let listed = help.split("Commands:\n").nth(1).expect("a list of commands");
    let commands: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    for paper in PAPERS {
        let [text, code] = text_and_code(paper);
        for line in quoted(&text).into_iter().chain(code.lines()) {
            let line = line.trim_start_matches("$ ").replace("cargo run -- ", "corsproof ");
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["corsproof", command, ..] if command.starts_with(char::is_alphabetic) => {
                    assert!(commands.contains(command), "{paper}: there is no command of `{line}`");
                }
                ["cargo", "test", "--test", binary, ..] => {
                    let main = repository().join("tests").join(binary).join("main.rs");
                    assert!(main.is_file(), "{paper}: there are no tests of `{line}`");
                }
                _ => {}
            }
        }
    }
}
