//! Tests that hold the files under ci/ against the command line.

use std::{collections::BTreeSet, fs, path::Path};

use clap::{Command, CommandFactory, Parser};
use serde_json::Value;

use super::Cli;

/// The action's inputs that are no options.
const ITS_OWN: [&str; 3] = ["command", "arguments", "install"];

/// Options that say what is printed: a job's log has the usual, and its reports the rest.
const FOR_PEOPLE: [&str; 4] = ["help", "verbose", "quiet", "json"];

/// The commands that the action runs.
const RUN_BY_THE_ACTION: [&str; 2] = ["run", "check"];

fn yaml(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    yaml_serde::from_str(&fs::read_to_string(path).expect("a file")).expect("YAML")
}

fn options(command: &Command) -> BTreeSet<String> {
    let names = command.get_arguments().filter_map(|argument| argument.get_long());
    names.filter(|name| !FOR_PEOPLE.contains(name)).map(str::to_owned).collect()
}

#[test]
fn the_actions_inputs_are_the_options_of_run_and_check() {
    let cli = Cli::command();
    let expected: BTreeSet<String> = RUN_BY_THE_ACTION
        .iter()
        .map(|name| cli.find_subcommand(name).expect("a command"))
        .flat_map(options)
        .chain(ITS_OWN.map(str::to_owned))
        .collect();
    let action = yaml("ci/action/action.yml");
    let inputs: BTreeSet<String> = action["inputs"].as_object().expect("inputs").keys().cloned().collect();
    assert!(expected.contains("browser"), "{expected:?}");
    assert_eq!(inputs, expected, "an option that is new or gone: mend ci/action/action.yml");
}

#[test]
fn the_command_lines_of_the_examples_can_be_read() {
    let job = &yaml("ci/examples/gitlab.yml")["cors"];
    let lines = ["before_script", "script"].iter().flat_map(|part| job[*part].as_array().expect("a list"));
    let ours: Vec<&str> =
        lines.filter_map(|line| line.as_str()).filter(|line| line.starts_with("corsproof ")).collect();
    assert_eq!(ours.len(), 2, "{ours:?}");
    for line in ours {
        let words: Vec<&str> = line.split(' ').collect();
        if let Err(error) = Cli::try_parse_from(&words) {
            panic!("{line}\n{error}");
        }
    }
}
