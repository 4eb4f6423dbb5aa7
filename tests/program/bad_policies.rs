//! Policy files that are wrong: what their author is told.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rstest::rstest;

use crate::command::{corsproof, err, schema_of, without_browsers};

/// What the author of these files is told, which are named as from the repository's root.
fn told_of<P: AsRef<Path>>(files: &[P]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let files: Vec<String> = files
        .iter()
        .map(|file| file.as_ref().strip_prefix(root).unwrap_or(file.as_ref()).display().to_string())
        .collect();
    let arguments: Vec<&str> = ["check"].into_iter().chain(files.iter().map(String::as_str)).collect();
    err(&corsproof(&arguments).code(2))
}

fn assert_told(name: &str, told: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/bad-policies");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, told));
}

/// Each of these files has one mistake, and its author is told of that one alone.
#[rstest]
fn one_mistake_is_one_problem(#[files("tests/bad-policies/*.toml")] file: PathBuf) {
    let told = told_of(&[&file]);
    assert_told(&file.file_stem().expect("a file has a name").to_string_lossy(), &told);
    assert!(told.ends_with("\n1 problem in 1 file\n"), "one mistake is one problem:\n{told}");
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let files = ["origin-null", "lower-case-method", "no-such-file"]
        .map(|name| format!("tests/bad-policies/{name}.toml"));
    let told = told_of(&files);
    assert!(told.ends_with("\n3 problems in 3 files\n"), "{told}");
}

#[test]
fn two_files_cannot_have_one_origin() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "[server]\norigin = \"https://api.example.com\"\nstart = \"true\"\n\n\
                [[policy]]\npath = \"/\"\norigins = []\n";
    let files = ["one.toml", "two.toml"].map(|name| folder.path().join(name));
    for file in &files {
        fs::write(file, text).expect("the file is written");
    }
    // One is good: what is missing then are browsers.
    without_browsers(&["check", &files[0].display().to_string()]).code(3);
    let told = told_of(&files);
    assert!(told.contains("https://api.example.com is the server of") && told.contains("one.toml"), "{told}");
}

/// What an editor is told of a file, and what the program says.
#[rstest]
fn an_editor_sees_what_it_can_see(#[files("tests/bad-policies/*.toml")] file: PathBuf) {
    let text = fs::read_to_string(&file).expect("a file");
    let Ok(value) = toml::from_str::<serde_json::Value>(&text) else { return };
    let by_shape = [
        "unknown-key",
        "no-server",
        "answer-in-no-time",
        "unknown-key-of-request",
        "certificate-without-a-key",
        "rate-of-nothing",
        "unknown-finding",
        "unknown-engine",
    ];
    let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
    let is_valid = jsonschema::is_valid(&schema_of("policy"), &value);
    assert_eq!(is_valid, !by_shape.contains(&name.as_str()), "{name}");
}
