//! What the README shows of other files stands in them, and its figures are those of the suite.

use crate::{
    command::{corsproof, out},
    of_readme::{blocks, policy_and_case_file, read},
};

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
    let coverage = out(&corsproof(&["coverage"]).success());
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

/// What it says of words of a console and of requirements, the program explains.
#[test]
fn its_commands_of_explain_explain() {
    let commands: Vec<String> = blocks("console")
        .iter()
        .flat_map(|block| block.lines().filter_map(|line| line.strip_prefix("$ corsproof explain ")))
        .map(str::to_owned)
        .collect();
    assert!(commands.len() > 2, "{commands:?}");
    for command in commands {
        let words = command.split_whitespace().map(|word| word.trim_matches('\''));
        let arguments: Vec<&str> = ["explain"].into_iter().chain(words).collect();
        corsproof(&arguments).success();
    }
}

/// The recording that it shows is told so, but for what is left out at three dots.
#[test]
fn its_recording_is_told_so() {
    let blocks = blocks("text");
    let shown = blocks.iter().find_map(|block| block.strip_prefix("$ corsproof explain --har "));
    let (file, shown) = shown.and_then(|rest| rest.split_once('\n')).expect("a recording");
    let told = out(&corsproof(&["explain", "--har", file]).code(1));
    for part in shown.split("...\n") {
        assert!(told.contains(part), "not told:\n{part}\nbut\n{told}");
    }
}
