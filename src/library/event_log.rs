//! The file to which the events of a check are written.

use std::{
    fmt,
    io::{self, Write},
};

use crate::stream::{self, Event};

/// A writer of events. After an error it writes no more.
pub(super) struct EventLog {
    out: Box<dyn Write + Send>,
    error: Option<io::Error>,
}

impl EventLog {
    pub(super) fn new(out: impl Write + Send + 'static) -> Self {
        Self { out: Box::new(out), error: None }
    }

    pub(super) fn record(&mut self, event: &Event) {
        if self.error.is_none() {
            self.error = stream::write(event, &mut self.out).err();
        }
    }

    /// Writes what is left, and says what could not be written.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}

impl fmt::Debug for EventLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLog").field("error", &self.error).finish_non_exhaustive()
    }
}
