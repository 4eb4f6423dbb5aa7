//! `corsproof sop`: the same-origin policy's table, as real browsers show it.

use assert_cmd::Command;
use corsproof::Engine;
use rstest::rstest;

use crate::{engines::installed, turn};

#[rstest]
#[case(Engine::Chromium)]
#[case(Engine::Firefox)]
#[case(Engine::WebKit)]
fn the_table_is_what_an_engine_shows(#[case] engine: Engine) {
    if installed(engine).is_none() {
        return;
    }
    let _turn = turn::BROWSERS.blocking_read();
    let output = Command::cargo_bin("corsproof")
        .expect("the program")
        .args(["sop", "--json", "--browser", engine.name()])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["remarks"].as_array().map(Vec::len), Some(0), "{}", json["remarks"]);
    let facts = |action: &str| {
        let rows = json["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["action"] == action);
        let row = row.unwrap_or_else(|| panic!("no row is called {action}"));
        let facts = &row["engines"][engine.name()];
        ["sent", "loaded", "readable"].map(|fact| facts[fact].as_str().expect("a word").to_owned())
    };
    // The sentence that the whole project is about, and one row of each kind.
    assert_eq!(facts("fetch()"), ["yes", "no", "no"]);
    assert_eq!(facts("fetch(), PUT"), ["preflight", "no", "no"]);
    assert_eq!(facts("embed an image: <img>"), ["yes", "yes", "no"]);
    assert_eq!(facts("embed a frame: <iframe>"), ["yes", "yes", "no"]);
    assert_eq!(facts("localStorage"), ["none", "none", "no"]);
    assert_eq!(facts("postMessage() to a frame"), ["none", "none", "yes"]);
}
