//! What stands under ci/ for people's own pipelines, as far as it can be held to something here.

mod action;
mod dockerfile;
mod examples;
mod picture;
mod trust;

use std::{fs, path::PathBuf};

use serde_json::Value;

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    fs::read_to_string(top().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn yaml(file: &str) -> Value {
    yaml_serde::from_str(&text(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}
