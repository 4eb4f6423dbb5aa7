//! Recordings of runs: files of `--report ndjson=PATH`.

use std::path::Path;

use super::{Refusal, output};
use crate::{
    input_file::{self, Accepted},
    stream::{self, NamedRun, Run},
};

/// The largest recording, in bytes: some fifty runs of the suite in three engines.
const MOST: u64 = 4 << 30;

/// Whether a file begins as a line of JSON does: another one is not read to its end.
fn is_json(beginning: &[u8]) -> bool {
    beginning.trim_ascii_start().starts_with(b"{")
}

/// Reads a run; what a person should know of the file goes to standard error.
///
/// # Errors
/// Where the file cannot be read or is no run.
pub(super) fn read(path: &Path) -> Result<NamedRun, Refusal> {
    let name = path.display().to_string();
    let refuse = |why: &dyn std::fmt::Display| Refusal::bad_input(format!("cannot read {name}: {why}"));
    // A line that was cut off may end within a character; it is left out anyway.
    let bytes =
        input_file::read_if(path, Accepted::RegularOrPipe, MOST, is_json).map_err(|error| refuse(&error))?;
    let stream = stream::read(&String::from_utf8_lossy(&bytes)).map_err(|error| refuse(&error))?;
    for warning in &stream.warnings {
        output::remark(&format!("{name}: {warning}"));
    }
    Ok(NamedRun { run: Run::of(&stream.events), name })
}
