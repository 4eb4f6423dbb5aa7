//! The README's commands run, its case file does what it says, and what it shows of other files stands in them.

#[path = "engines/mod.rs"]
mod engines;

use std::{fs, os::unix::fs::symlink, path::Path};

use assert_cmd::Command;
use browsers::Engine;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The contents of the README's code blocks of one language.
fn blocks(language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    read("README.md")
        .split(&opening)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The words of a command line; its quotes hold filters together.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect()
}

fn policy_and_case_file() -> [String; 2] {
    blocks("toml").try_into().expect("a policy and a case file")
}

#[test]
fn what_it_shows_of_other_files_stands_in_them() {
    let [policy, _] = policy_and_case_file();
    let file = read("servers/express-one-origin/corsproof.toml");
    assert!(file.contains(policy.trim()), "the policy is none of\n{file}");
    let example = read("examples/axum.rs");
    // In a test module they are further in.
    let stands = |part: &str| {
        let inner: String = part.lines().map(|line| format!("    {line}\n")).collect();
        example.contains(part) || example.contains(inner.trim_end())
    };
    for block in blocks("rust") {
        for part in block.trim().split("\n\n") {
            assert!(stands(part), "not in examples/axum.rs:\n{part}");
        }
    }
}

#[test]
fn its_figures_of_coverage_are_those_of_the_suite() {
    let output =
        Command::cargo_bin("corsproof").expect("the program").arg("coverage").output().expect("it runs");
    let coverage = String::from_utf8_lossy(&output.stdout).into_owned();
    let table = coverage.find("\nsection ").map(|at| coverage[at..].trim()).expect("a table");
    let readme = read("README.md");
    assert!(readme.contains(table), "the README lacks\n{table}");
    let of = |from: &str, to: &str| {
        let start = table.find(from).map(|at| at + from.len()).expect(from);
        table[start..].split(to).next().unwrap_or_default().trim().to_owned()
    };
    let cases = of("all, by ", " cases");
    let (thousands, rest) = cases.split_at(cases.len() - 3);
    assert_eq!(readme.matches(&format!("{thousands},{rest} cases")).count(), 2, "{cases} cases");
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
