//! Every report of a recorded run and of a recorded check, held against its schema; runs merged and compared. They are
//! real, in three engines: `cd tests/recorded && corsproof run --cases slice --retries 1 --report ndjson=slice.ndjson`
//! and `corsproof check shop/orders.toml shop/goods.toml shop/gone.toml --report ndjson=check.ndjson`.

mod check;
mod diff;
mod formats;
mod joined;
mod merge;
mod unwritable;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::command::{corsproof, json, out};

/// A run with every verdict.
const RECORDED: &str = "tests/recorded/slice.ndjson";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The recorded run in a format.
fn rendered(format: &str) -> String {
    rendering_of(RECORDED, format)
}

/// A recorded run in a format.
fn rendering_of(path: &str, format: &str) -> String {
    out(&corsproof(&["report", path, "--to", &format!("{format}=-")]).success())
}

/// The recorded run's events.
fn recorded() -> Vec<Value> {
    events_of(RECORDED)
}

fn events_of(path: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("a recorded run").lines().map(json).collect()
}

/// Events as a file.
fn written(folder: &TempDir, name: &str, events: &[Value]) -> PathBuf {
    let path = folder.path().join(name);
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    fs::write(&path, lines.join("\n") + "\n").expect("a file");
    path
}
