//! A run of the program that something happens to.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use corsproof::Engine;
use serde_json::Value;
use tempfile::TempDir;

/// A run that writes its events to a folder of its own.
pub(super) struct Run {
    pub folder: TempDir,
    pub program: Child,
}

/// What came of it.
pub(super) struct Ended {
    pub folder: TempDir,
    pub code: Option<i32>,
    pub text: String,
    /// The case, the verdict and the whole of each result.
    pub results: Vec<(String, String, Value)>,
}

impl Run {
    pub(super) fn command(engines: &[Engine], arguments: &[&str], folder: &TempDir) -> Command {
        let engines: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
        command
            .current_dir(folder.path())
            .args(["run", "--browser", &engines.join(","), "--report", "ndjson=events"])
            .args(arguments)
            .env("XDG_CACHE_HOME", folder.path())
            .env_remove("CLICOLOR_FORCE")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    pub(super) fn start(engine: Engine, arguments: &[&str], folder: TempDir) -> Self {
        let program = Self::command(&[engine], arguments, &folder).spawn().expect("the program runs");
        Self { folder, program }
    }

    pub(super) fn end(self) -> Ended {
        let output = self.program.wait_with_output().expect("the program ends");
        Ended {
            code: output.status.code(),
            text: String::from_utf8_lossy(&output.stdout).into_owned(),
            results: results(&self.folder),
            folder: self.folder,
        }
    }
}

/// The results in the events that a run wrote to a folder.
pub(super) fn results(folder: &TempDir) -> Vec<(String, String, Value)> {
    let events = fs::read_to_string(folder.path().join("events")).expect("events");
    let events = events.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let results = events.filter(|event| event["event"] == "result");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    results.map(|result| (text(&result["case"]), text(&result["verdict"]), result)).collect()
}

impl Ended {
    /// Nothing failed, and no browser was blamed for what was no fault of its own.
    pub(super) fn expect_all_well(&self) {
        for (_, verdict, result) in &self.results {
            assert!(
                ["agrees", "known", "not-applicable"].contains(&verdict.as_str()),
                "{}",
                self.told(result)
            );
        }
        assert!(!self.results.is_empty(), "{}", self.text);
        assert_eq!(self.code, Some(0), "{}", self.text);
    }

    /// A result that should be another, in few lines: where many tests are told together, long texts are cut.
    pub(super) fn told(&self, result: &Value) -> String {
        let parts = ["case", "engine", "verdict", "why", "differences"].map(|part| &result[part]);
        let [case, engine, verdict, why, differences] = parts;
        format!("{case} in {engine}: {verdict}, {why}, {differences}\n{result}\n{}", self.text)
    }
}

/// Writes a script that can be started.
pub(super) fn program(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    path
}
