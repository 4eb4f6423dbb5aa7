//! `run --last-failed`: which cases differed or failed when they last ran, in a small file from run to run.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::output;
use crate::{
    input_file,
    judge::Verdict,
    report::Report,
    stream::{Event, Run},
};

/// The format of the state file.
const SCHEMA: &str = "corsproof/state/1";

/// The state file: the cases that failed last, by case file.
#[derive(Debug, Deserialize, Serialize)]
struct State {
    schema: String,
    /// Identities of cases, by the folder they are read from; empty for the suite that is built in.
    failed: BTreeMap<String, BTreeSet<String>>,
}

impl Default for State {
    fn default() -> Self {
        Self { schema: SCHEMA.to_owned(), failed: BTreeMap::new() }
    }
}

/// The file in the user's cache folder; `None` where there is no such folder.
pub(super) fn usual_file() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")))?;
    Some(cache.join("corsproof").join("last-failed.json"))
}

/// The cases of `source` that differed or failed when they last ran.
///
/// # Errors
/// Where the file is there and cannot be read, or is something else.
pub(super) fn read(file: &Path, source: &str) -> io::Result<BTreeSet<String>> {
    Ok(state(file)?.failed.remove(source).unwrap_or_default())
}

fn state(file: &Path) -> io::Result<State> {
    let text = match input_file::read_document(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
        text => text?,
    };
    let state: State = serde_json::from_str(&text)?;
    if state.schema != SCHEMA {
        let text = format!("it is of the shape '{}', not '{SCHEMA}'; remove it", state.schema);
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    Ok(state)
}

/// Whether the user named the state file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The user named the file: a failure to write it is an error.
    Yes,
    /// The file is kept unasked: a failure to write it is only a remark.
    InCase,
}

/// Keeps the file: what ran is there afterwards only if it differed or failed; what did not run stays as it was.
#[derive(Debug)]
pub(super) struct LastFailed {
    file: PathBuf,
    wanted: Wanted,
    source: String,
    run: Run,
}

impl LastFailed {
    pub(super) fn new(file: PathBuf, wanted: Wanted, source: String) -> Self {
        Self { file, wanted, source, run: Run::default() }
    }

    fn write(&self) -> io::Result<()> {
        // A file that cannot be read is written anew.
        let mut state = state(&self.file).unwrap_or_default();
        let failed = state.failed.entry(self.source.clone()).or_default();
        for result in &self.run.results {
            failed.remove(&result.case.0);
        }
        let is_bad = |verdict: &Verdict| matches!(verdict, Verdict::Differs { .. } | Verdict::Failed { .. });
        let bad = self.run.results.iter().filter(|result| is_bad(&result.verdict));
        failed.extend(bad.map(|result| result.case.0.clone()));
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, serde_json::to_string_pretty(&state)? + "\n")
    }
}

impl Report for LastFailed {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.run.take(event);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Err(error) = self.write() else { return Ok(()) };
        let file = self.file.display();
        let text = format!("cannot keep in {file} what failed: {error}; name another file with --state FILE");
        match self.wanted {
            Wanted::Yes => Err(io::Error::new(error.kind(), text)),
            Wanted::InCase => {
                output::remark(&text);
                Ok(())
            }
        }
    }
}
