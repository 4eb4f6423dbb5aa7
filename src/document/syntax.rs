//! Problems with the TOML syntax of a document.

use crate::document::{problem::Problem, source::Source};

/// What is no TOML; `file` is what such a file is called.
pub(crate) fn syntax_problem(error: &toml::de::Error, source: &Source, file: &str) -> Problem {
    let end = source.text().len();
    let span = error.span().map_or(end..end, |span| span.start.min(end)..span.end.min(end));
    let message = error.message();
    let (what, expected) = message.split_once(", ").unwrap_or((message, "not TOML"));
    let is_toml = format!("{file} is TOML: https://toml.io");
    let (expected, help) = if what.contains("duplicate key") {
        ("said already", "a key stands once in a table; answers in turn are an array")
    } else if what.contains("cannot extend") {
        (expected, "a table in braces is closed: write it with a [header] where something is to be added")
    } else {
        (expected, is_toml.as_str())
    };
    Problem::new(what).at(span, expected).help(help)
}
