//! The suite in every engine: what the standard demands, the model derives and the browser shows, as snapshots.
//!
//! `CORSPROOF_BROWSERS=chromium cargo test --test browsers conformance` runs some engines only, and says which it
//! leaves out; what those show is taken from the stored snapshots then.

mod result_line;
mod snapshot;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use corsproof::Engine;
use serde_json::Value;

use crate::{
    installed_engines::{installed_engines, names},
    turn,
};
use snapshot::Snapshot;

#[test]
fn the_suite() {
    let engines = installed_engines();
    let _turn = turn::BROWSERS.blocking_write();
    let results = results_in(&engines);
    let wrong: Vec<String> = results
        .iter()
        .filter(|result| ["differs", "failed"].iter().any(|word| result["verdict"] == *word))
        .map(|result| format!("{result:#}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let mut files: BTreeMap<String, Snapshot> = BTreeMap::new();
    for result in &results {
        let id = result["case"].as_str().expect("an identity");
        let (file, case) = result_line::file_and_case(id);
        let engine = result["engine"].as_str().and_then(|name| name.parse().ok()).expect("an engine");
        files.entry(file.replace('/', "__")).or_default().set(case, engine, result_line::line(result));
    }
    let left_out: Vec<Engine> = Engine::ALL.into_iter().filter(|engine| !engines.contains(engine)).collect();
    let names: BTreeSet<String> = files.keys().cloned().collect();
    for (name, mut snapshot) in files {
        if !left_out.is_empty() {
            snapshot.take(&left_out, &Snapshot::stored(&name));
        }
        insta::with_settings!({
            snapshot_path => snapshot::FOLDER,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, snapshot.to_string());
        });
    }
    assert_eq!(snapshot::names(), names, "each case file has a snapshot, and each snapshot a case file");
}

/// The results of the whole suite, in the engines side by side as people run it.
fn results_in(engines: &[Engine]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let events = folder.path().join("events");
    let output = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["run", "--browser", &names(engines), "--report"])
        .arg(format!("ndjson={}", events.display()))
        .env("XDG_CACHE_HOME", folder.path())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the program runs");
    let told = || [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat();
    // What differs is told with all that was seen, by whoever called.
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{}", told());
    let (results, others) = read(&events);
    let finished = others.iter().find(|event| event["event"] == "finished");
    assert!(finished.is_some_and(|event| event["stopped"].is_null()), "{}", told());
    let count = others.iter().find(|event| event["event"] == "started").map(|event| &event["cases"]);
    let count = count.and_then(Value::as_u64).expect("a number");
    let results_of_all = u64::try_from(results.len()).expect("a number");
    assert_eq!(results_of_all, count * engines.len() as u64, "every case has a verdict:\n{}", told());
    results
}

/// The results among the events of a run, and the others.
fn read(events: &Path) -> (Vec<Value>, Vec<Value>) {
    let text = fs::read_to_string(events).expect("the events");
    let events = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    events.partition(|event| event["event"] == "result")
}
