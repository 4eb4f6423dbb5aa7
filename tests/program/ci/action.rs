//! The GitHub Action: its shape, and the command line that it makes of its inputs.

use std::process::Command;

use rstest::rstest;
use serde_json::{Value, json};

use super::{top, yaml};
use crate::script;

const FILE: &str = "ci/action/action.yml";

/// What the action runs for these inputs, a line an argument.
fn arguments(inputs: &Value) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    script::write(&folder.path().join("corsproof"), r#"for argument; do echo "$argument"; done"#);
    let path = std::env::var("PATH").expect("a PATH");
    let output = Command::new(top().join("ci/action/run"))
        .env("INPUTS", inputs.to_string())
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .output()
        .expect("bash and jq");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("text");
    let (log, arguments) = text.split_once('\n').expect("a line for the log");
    assert!(log.starts_with("corsproof "), "{log}");
    arguments.lines().map(str::to_owned).collect()
}

#[rstest]
#[case::nothing_set(json!({ "command": "run", "arguments": "", "jobs": "", "skip": null }), &["run", "--"])]
#[case::values(
    json!({ "command": "run", "shard": "1/4", "repeat": "3" }),
    &["run", "--repeat=3", "--shard=1/4", "--"]
)]
#[case::a_line_each(
    json!({ "command": "run", "skip": "a/*\nb c/*\n", "arguments": "seed\n\nstorage/x y\n" }),
    &["run", "--skip=a/*", "--skip=b c/*", "--", "seed", "storage/x y"]
)]
#[case::switches(json!({ "command": "run", "fail-fast": "true", "other": "false" }), &["run", "--fail-fast", "--"])]
#[case::its_own_are_no_options(json!({ "command": "check", "install": "true" }), &["check", "--"])]
#[case::nothing_is_run_by_the_shell(
    json!({ "command": "run", "arguments": "$(touch x); `y` --report" }),
    &["run", "--", "$(touch x); `y` --report"]
)]
fn inputs_become_options(#[case] inputs: Value, #[case] expected: &[&str]) {
    assert_eq!(arguments(&inputs), expected);
}

#[test]
fn it_is_a_composite_action_whose_steps_all_name_their_shell() {
    let action = yaml(FILE);
    assert_eq!(action["runs"]["using"], "composite");
    for step in action["runs"]["steps"].as_array().expect("steps") {
        assert_eq!(step["run"].is_string(), step["shell"] == "bash", "{step:#}");
        assert_ne!(step["run"].is_string(), step["uses"].is_string(), "{step:#}");
        // An input inside a script would be run by it.
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("inputs."), "{script}");
    }
    for (name, input) in action["inputs"].as_object().expect("inputs") {
        assert!(input["description"].as_str().is_some_and(|text| text.len() > 10), "{name}");
    }
}

/// What its steps call is there.
#[test]
fn its_files_are_where_it_looks_for_them() {
    let action = yaml(FILE);
    let scripts: Vec<&str> = action["runs"]["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    let called =
        |path: &str| scripts.iter().any(|script| script.contains(&format!("$GITHUB_ACTION_PATH/{path}\"")));
    assert!(called("run") && called("../setup") && called("../.."), "{scripts:#?}");
    let folder = top().join("ci/action");
    assert!(folder.join("run").is_file() && folder.join("../setup").is_file());
    assert!(folder.join("../../Cargo.toml").is_file());
    for hashed in ["Cargo.toml", "Cargo.lock", "build.rs", "src", "servers/fixture", "cases"] {
        assert!(top().join(hashed).exists() && scripts[0].contains(hashed), "{hashed}");
    }
}
