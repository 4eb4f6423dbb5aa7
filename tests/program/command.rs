//! The program, in the repository and in surroundings that wish for nothing, and what it says.

use assert_cmd::{Command, assert::Assert};
use serde_json::Value;

/// The program, without what around it would change its output.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    for variable in ["CLICOLOR_FORCE", "NO_COLOR", "COLUMNS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(variable);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// The program, at its end.
pub(crate) fn corsproof(arguments: &[&str]) -> Assert {
    command().args(arguments).assert()
}

/// The same, without any browser to be found.
pub(crate) fn without_browsers(arguments: &[&str]) -> Assert {
    let nowhere = "/nonexistent";
    let mut command = command();
    command.env("PATH", nowhere).env("HOME", nowhere);
    for variable in ["CORSPROOF_CHROMIUM", "CORSPROOF_FIREFOX", "CORSPROOF_WEBKIT"] {
        command.env(variable, nowhere);
    }
    command.args(arguments).assert()
}

/// What it wrote to standard output.
pub(crate) fn out(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

/// What it wrote to standard error.
pub(crate) fn err(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// Text that is JSON.
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The schema that the program prints of this.
pub(crate) fn schema_of(what: &str) -> Value {
    json(&out(&corsproof(&["schema", what]).success()))
}
