//! Case files that are wrong: what their author is told.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rstest::rstest;

use crate::command::{command, corsproof, err};

/// What the author of a file or folder is told, which is named as from the repository's root.
fn told_of(path: &Path) -> String {
    let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string();
    err(&corsproof(&["list", "--cases", &path]).code(2))
}

fn assert_told(name: &str, told: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/bad-cases");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, told));
}

/// Each of these files has one mistake, and its author is told of that one alone.
#[rstest]
fn one_mistake_is_one_problem(#[files("tests/bad-cases/*/*.toml")] file: PathBuf) {
    let told = told_of(&file);
    let name = file.file_stem().expect("a file has a name").to_string_lossy();
    let kind = file.parent().and_then(Path::file_name).expect("a file has a folder").to_string_lossy();
    assert_told(&format!("{kind}-{name}"), &told);
    assert!(told.ends_with("\n1 problem in 1 file\n"), "one mistake is one problem:\n{told}");
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    assert_told("several-files", &told_of(Path::new("tests/bad-suite")));
}

#[test]
fn an_empty_folder_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    fs::write(folder.path().join("notes.txt"), "no case").expect("a file");
    let told = told_of(folder.path());
    assert!(told.contains("there is no case file in"), "{told}");
    assert!(told.contains(&*folder.path().file_name().expect("a name").to_string_lossy()), "{told}");
}

#[test]
fn a_folder_that_is_not_is_told() {
    assert_told("no-such-folder", &told_of(Path::new("tests/no-such-folder")));
}

#[test]
fn a_file_that_is_no_text_is_told_beside_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bytes.toml"), [b't', 0xFF]).expect("a file");
    fs::write(folder.path().join("empty.toml"), "").expect("a file");
    let told = told_of(folder.path());
    assert!(told.contains("bytes.toml") && told.contains("UTF-8"), "{told}");
    assert!(told.contains("empty.toml"), "{told}");
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let arguments = ["list", "--cases", "tests/bad-suite"];
    assert!(!err(&corsproof(&arguments)).contains('\u{1b}'));
    let coloured = command().env("CLICOLOR_FORCE", "1").args(arguments).assert();
    assert!(err(&coloured).contains('\u{1b}'), "{}", err(&coloured));
}
