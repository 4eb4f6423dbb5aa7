//! The reader of events that were written down.

use super::{Event, SCHEMA};

/// The events of a file, and remarks on it.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub events: Vec<Event>,
    /// Remarks for people, such as a last line that was cut off.
    pub warnings: Vec<String>,
}

/// Why a text is no stream of events.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReadError {
    /// The text has no lines.
    #[error("it is empty; write one with `corsproof run --report ndjson=PATH`")]
    Empty,
    /// The first line is not the first event of a run.
    #[error("line 1 is no beginning of a run: {0}; write one with `corsproof run --report ndjson=PATH`")]
    NoBeginning(String),
    /// The events are of another version of the format.
    #[error(
        "it is of the shape '{0}', and this corsproof reads '{SCHEMA}'; read it with the one that wrote it"
    )]
    OtherSchema(String),
    /// A line in the middle is no event.
    #[error("line {line}, column {column}: {problem}")]
    BadLine {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        problem: String,
    },
}

/// Reads a stream of events. A last line that was cut off (a run that was killed, a full disk) is left out and told.
///
/// # Errors
/// Where it is no stream of events, or one of another version.
pub(crate) fn read(text: &str) -> Result<Stream, ReadError> {
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let Some((_, first)) = lines.first() else { return Err(ReadError::Empty) };
    check_beginning(first)?;
    let mut stream = Stream { events: Vec::with_capacity(lines.len()), warnings: Vec::new() };
    for (position, (index, line)) in lines.iter().enumerate() {
        match serde_json::from_str::<Event>(line) {
            Ok(event) => stream.events.push(event),
            Err(error) if position + 1 == lines.len() && error.is_eof() => {
                let text =
                    format!("line {} was cut off and is left out: the run did not end well", index + 1);
                stream.warnings.push(text);
            }
            Err(error) => {
                return Err(ReadError::BadLine {
                    line: index + 1,
                    column: error.column(),
                    problem: without_place(&error),
                });
            }
        }
    }
    if !matches!(stream.events.last(), Some(Event::Finished { .. })) {
        stream.warnings.push("it ends before the run does: what is missing was not observed".to_owned());
    }
    Ok(stream)
}

fn check_beginning(line: &str) -> Result<(), ReadError> {
    let value: serde_json::Value =
        serde_json::from_str(line).map_err(|error| ReadError::NoBeginning(without_place(&error)))?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => Ok(()),
        Some(other) => Err(ReadError::OtherSchema(other.to_owned())),
        None => Err(ReadError::NoBeginning(format!("there is no `schema` of '{SCHEMA}'"))),
    }
}

/// The problem alone; the line is the file's, not the text's.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(problem, _)| problem.to_owned())
}
