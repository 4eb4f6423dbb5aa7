//! The events themselves, a line each, written as they come.

use std::io::{self, Write};

use super::Report;
use crate::stream::{self, Event};

/// Writes each event at once, so that a run that is killed leaves what it found.
#[derive(Debug)]
pub(crate) struct Ndjson<W> {
    out: W,
}

impl<W: Write> Ndjson<W> {
    /// A report that writes each event to `out` as a line of JSON.
    pub(crate) fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Report for Ndjson<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        stream::write(event, &mut self.out)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
