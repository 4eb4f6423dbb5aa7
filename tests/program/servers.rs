//! What the policy files of the real servers expect. That it is so is shown in browsers, by `tests/browsers/servers.rs`.

use std::{collections::BTreeSet, fs, path::Path};

use corsproof::Kind;
use toml::Table;
use walkdir::WalkDir;

/// The findings that a policy file expects.
fn expected_in(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("the file is readable");
    let table: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let expects = table.get("expect").and_then(toml::Value::as_array).into_iter().flatten();
    expects.map(|expect| expect["finding"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn every_finding_is_expected_of_a_real_server() {
    let files = WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("servers")).min_depth(2).max_depth(2);
    let files = files.into_iter().map(|file| file.expect("a file").into_path());
    let policies = files.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let expected: BTreeSet<String> = policies.flat_map(|file| expected_in(&file)).collect();
    let missing: Vec<&str> = Kind::WORDS.iter().copied().filter(|word| !expected.contains(*word)).collect();
    assert!(
        missing.is_empty(),
        "no policy file in a folder of servers/ has an [[expect]] of these: {missing:?}"
    );
}
