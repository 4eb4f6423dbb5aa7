//! The published JSON Schema against the files that corsproof itself reads and refuses.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jsonschema::Validator;
use rstest::{fixture, rstest};
use serde_json::Value;

use crate::command::schema_of;

#[fixture]
#[once]
fn validator() -> Validator {
    jsonschema::draft202012::new(&schema_of("case")).expect("the schema is a schema")
}

/// A file's TOML as JSON, as an editor sees it.
fn json(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("the file is readable");
    toml::from_str(&text).expect("the file is TOML")
}

#[test]
fn it_is_a_schema_of_2020_12() {
    let schema = schema_of("case");
    assert!(jsonschema::meta::is_valid(&schema));
    insta::assert_json_snapshot!("schema", schema);
}

#[rstest]
fn it_accepts_the_suite(#[files("cases/**/*.toml")] file: PathBuf, validator: &Validator) {
    let json = json(&file);
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
}

/// What is wrong in these is a key or a value as such, so an editor can tell.
#[rstest]
fn it_refuses_bad_structure(
    #[files("tests/bad-cases/structure/*.toml")] file: PathBuf,
    validator: &Validator,
) {
    assert!(!validator.is_valid(&json(&file)), "{} is accepted", file.display());
}

/// What is wrong in these is only seen by reading them.
#[rstest]
fn it_leaves_the_rest_to_the_reader(
    #[files("tests/bad-cases/meaning/*.toml")] file: PathBuf,
    validator: &Validator,
) {
    let json = json(&file);
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
}
