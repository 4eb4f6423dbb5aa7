//! What the README shows.

use std::{fs, path::Path};

/// The top of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The contents of the README's code blocks of one language.
pub(crate) fn blocks(language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    read("README.md")
        .split(&opening)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The policy file and the case file that it shows.
pub(crate) fn policy_and_case_file() -> [String; 2] {
    blocks("toml").try_into().expect("a policy and a case file")
}
