//! Case files that are wrong: what their author is told.

use std::{
    fs,
    path::{Path, PathBuf},
};

use corsproof::casefile::{Problems, Style, Suite};
use rstest::rstest;

/// The problems of a file or folder below `tests`, named as from the repository's root.
fn problems_of(path: &Path) -> Problems {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match Suite::read(path.strip_prefix(root).unwrap_or(path)) {
        Ok(suite) => panic!("{} reads as {} good cases", path.display(), suite.cases().len()),
        Err(problems) => problems,
    }
}

fn assert_told(name: &str, problems: &Problems) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/bad-cases");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, problems.render(Style::Plain, 80)));
}

/// Each of these files has one mistake, and its author is told of that one alone.
#[rstest]
fn one_mistake_is_one_problem(#[files("tests/bad-cases/*/*.toml")] file: PathBuf) {
    let problems = problems_of(&file);
    let name = file.file_stem().expect("a file has a name").to_string_lossy();
    let kind = file.parent().and_then(Path::file_name).expect("a file has a folder").to_string_lossy();
    assert_told(&format!("{kind}-{name}"), &problems);
    assert_eq!(problems.count(), 1, "one mistake is one problem:\n{problems}");
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let problems = problems_of(Path::new("tests/bad-suite"));
    assert_told("several-files", &problems);
}

#[test]
fn an_empty_folder_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    fs::write(folder.path().join("notes.txt"), "no case").expect("a file");
    let told = problems_of(folder.path()).render(Style::Plain, 80);
    assert!(told.contains("there is no case file in"), "{told}");
    assert!(told.contains(&*folder.path().file_name().expect("a name").to_string_lossy()), "{told}");
}

#[test]
fn a_folder_that_is_not_is_told() {
    let problems = problems_of(Path::new("tests/no-such-folder"));
    assert_told("no-such-folder", &problems);
}

#[test]
fn a_file_that_is_no_text_is_told_beside_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bytes.toml"), [b't', 0xFF]).expect("a file");
    fs::write(folder.path().join("empty.toml"), "").expect("a file");
    let problems = problems_of(folder.path());
    let told = problems.render(Style::Plain, 80);
    assert!(told.contains("bytes.toml") && told.contains("UTF-8"), "{told}");
    assert!(told.contains("empty.toml"), "{told}");
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let problems = problems_of(Path::new("tests/bad-suite"));
    assert!(!problems.render(Style::Plain, 80).contains('\u{1b}'));
    assert!(problems.render(Style::Colour, 80).contains('\u{1b}'));
}

/// Whatever is cut off or left out, it is told and nothing panics.
#[test]
fn a_damaged_file_is_told_or_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.toml");
    let text = fs::read_to_string("tests/shown/cases.toml").expect("a file");
    let cut_off = text.char_indices().step_by(3).map(|(end, _)| text[..end].to_owned());
    let left_out = (0..text.lines().count()).map(|gone| {
        let lines = text.lines().enumerate().filter(|(number, _)| *number != gone);
        lines.map(|(_, line)| format!("{line}\n")).collect::<String>()
    });
    let doubled = text.match_indices('{').map(|(at, _)| format!("{}{{ä}}{}", &text[..at], &text[at..]));
    for damaged in cut_off.chain(left_out).chain(doubled) {
        fs::write(&file, damaged).expect("the file is written");
        if let Err(problems) = Suite::read(&file) {
            assert!(!problems.render(Style::Plain, 80).is_empty());
        }
    }
}
