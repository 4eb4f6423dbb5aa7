//! Events written as newline-delimited JSON, which [`read`](super::read()) reads again.

use std::io::{self, Write};

use super::Event;

/// Writes an event as one line, in a single write, so that whoever is killed leaves whole lines.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn write(event: &Event, out: &mut impl Write) -> io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    out.write_all(&line)
}
