//! `corsproof man`: pages for every command, that a reader of manuals takes without a warning.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::PathBuf,
    process::Command,
};

use tempfile::TempDir;

use crate::command::{corsproof, out};

fn pages() -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    corsproof(&["man", "--to", &folder.path().display().to_string()]).success();
    let files = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = files.collect();
    (folder, files)
}

/// The commands that `--help` lists.
fn commands() -> BTreeSet<String> {
    let help = out(&corsproof(&["--help"]).success());
    let listed = help.split("Commands:\n").nth(1).expect("a list").split("\n\n").next().expect("its end");
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_page() {
    let (_folder, files) = pages();
    let names: BTreeSet<String> =
        files.iter().map(|file| file.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    let mut expected: BTreeSet<String> =
        commands().iter().map(|name| format!("corsproof-{name}.1")).collect();
    assert!(expected.len() > 8, "{expected:?}");
    expected.insert("corsproof.1".to_owned());
    assert_eq!(names, expected);
}

#[test]
fn a_page_has_the_sections_that_readers_look_for() {
    let page = out(&corsproof(&["man"]).success());
    assert!(page.contains(".TH corsproof 1"), "{page}");
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "\"EXIT STATUS\""] {
        assert!(page.lines().any(|line| line == format!(".SH {section}")), "{section} is missing:\n{page}");
    }
    assert!(page.contains("corsproof\\-run(1)") && !page.contains("corsproof\\-help(1)"), "{page}");
}

/// Rendered as `man` does it, where groff is installed; Debian has it wherever it has `man`.
#[test]
fn groff_has_nothing_to_complain_of() {
    let Ok(groff) = which::which("groff") else {
        // Past the test's captured output: nobody shall think that it was tried.
        writeln!(io::stderr(), "left out: there is no groff").expect("standard error");
        return;
    };
    let (_folder, files) = pages();
    for file in files {
        let output =
            Command::new(&groff).args(["-man", "-ww", "-Tutf8"]).arg(&file).output().expect("groff runs");
        assert!(output.status.success() && output.stderr.is_empty(), "{}: {output:?}", file.display());
        assert!(String::from_utf8_lossy(&output.stdout).contains("corsproof"), "{}", file.display());
    }
}
