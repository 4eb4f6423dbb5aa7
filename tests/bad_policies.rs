//! Policy files that are wrong: what their author is told.

use std::{
    fs,
    path::{Path, PathBuf},
};

use corsproof::{
    casefile::{Problems, Style},
    policyfile,
};
use rstest::rstest;

/// The problems of files, named as from the repository's root.
fn problems_of(files: &[PathBuf]) -> Problems {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<PathBuf> =
        files.iter().map(|file| file.strip_prefix(root).unwrap_or(file).to_owned()).collect();
    match policyfile::read(&files) {
        Ok(read) => panic!("{files:?} read as {} good files", read.len()),
        Err(problems) => problems,
    }
}

fn assert_told(name: &str, problems: &Problems) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/bad-policies");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, problems.render(Style::Plain, 80)));
}

/// Each of these files has one mistake, and its author is told of that one alone.
#[rstest]
fn one_mistake_is_one_problem(#[files("tests/bad-policies/*.toml")] file: PathBuf) {
    let problems = problems_of(std::slice::from_ref(&file));
    assert_told(&file.file_stem().expect("a file has a name").to_string_lossy(), &problems);
    assert_eq!(problems.count(), 1, "one mistake is one problem:\n{problems}");
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let files = ["origin-null", "lower-case-method", "no-such-file"]
        .map(|name| PathBuf::from(format!("tests/bad-policies/{name}.toml")));
    let problems = problems_of(&files);
    assert_eq!(problems.count(), 3, "{problems}");
    let paths: Vec<_> = problems.iter().filter_map(|problem| problem.path()).collect();
    assert_eq!(paths.len(), 3);
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
    assert_eq!(policyfile::read(&files[..1]).expect("one is good").len(), 1);
    let told = problems_of(&files).to_string();
    assert!(told.contains("https://api.example.com is the server of") && told.contains("one.toml"), "{told}");
}

/// Whatever is cut off or left out, it is told and nothing panics.
#[test]
fn a_damaged_file_is_told_or_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.toml");
    let text = fs::read_to_string("tests/bad-policies/expected-elsewhere.toml").expect("a file");
    let cut_off = text.char_indices().map(|(end, _)| text[..end].to_owned());
    let left_out = (0..text.lines().count()).map(|gone| {
        let lines = text.lines().enumerate().filter(|(number, _)| *number != gone);
        lines.map(|(_, line)| format!("{line}\n")).collect::<String>()
    });
    for damaged in cut_off.chain(left_out) {
        fs::write(&file, damaged).expect("the file is written");
        if let Err(problems) = policyfile::read(std::slice::from_ref(&file)) {
            assert!(!problems.render(Style::Plain, 80).is_empty());
        }
    }
}

/// What an editor is told of a file, and what the program says.
#[rstest]
fn an_editor_sees_what_it_can_see(#[files("tests/bad-policies/*.toml")] file: PathBuf) {
    let text = fs::read_to_string(&file).expect("a file");
    let Ok(value) = toml::from_str::<serde_json::Value>(&text) else { return };
    let by_shape = [
        "unknown-key",
        "no-server",
        "start-and-url",
        "neither-start-nor-url",
        "unknown-finding",
        "unknown-engine",
    ];
    let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
    let is_valid = jsonschema::is_valid(&policyfile::policy_schema(), &value);
    assert_eq!(is_valid, !by_shape.contains(&name.as_str()), "{name}");
}
