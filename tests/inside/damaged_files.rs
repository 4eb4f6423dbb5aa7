//! Case files and policy files with pieces missing: whatever is wrong, it is told, and nothing panics.

use std::{fs, path::Path};

use crate::{
    casefile::{Problems, Style, Suite},
    policyfile,
};

/// Reads each text as a file of its own.
fn read_each(texts: impl Iterator<Item = String>, read: impl Fn(&Path) -> Result<(), Problems>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.toml");
    for text in texts {
        fs::write(&file, text).expect("the file is written");
        if let Err(problems) = read(&file) {
            assert!(!problems.render(Style::Plain, 80).is_empty());
        }
    }
}

/// The text's beginnings, at every `step`th character.
fn cut_off(text: &str, step: usize) -> impl Iterator<Item = String> {
    text.char_indices().step_by(step).map(|(end, _)| text[..end].to_owned())
}

/// The text without one of its lines, for each line.
fn without_a_line(text: &str) -> impl Iterator<Item = String> {
    (0..text.lines().count()).map(|gone| {
        let lines = text.lines().enumerate().filter(|(number, _)| *number != gone);
        lines.map(|(_, line)| format!("{line}\n")).collect()
    })
}

#[test]
fn a_damaged_case_file_is_told_or_good() {
    let text = fs::read_to_string("tests/shown/cases.toml").expect("a file");
    let doubled = text.match_indices('{').map(|(at, _)| format!("{}{{ä}}{}", &text[..at], &text[at..]));
    let damaged = cut_off(&text, 3).chain(without_a_line(&text)).chain(doubled);
    read_each(damaged, |file| Suite::read(file).map(|_| ()));
}

#[test]
fn a_damaged_policy_file_is_told_or_good() {
    let text = fs::read_to_string("tests/bad-policies/expected-elsewhere.toml").expect("a file");
    let damaged = cut_off(&text, 1).chain(without_a_line(&text));
    read_each(damaged, |file| policyfile::read(&[file.to_owned()]).map(|_| ()));
}
