//! Reports that are written when a run is over: functions from the whole run to a text.

use std::io;

use super::{Report, file::ReportFile};
use crate::stream::{Event, Run};

/// A report of a whole run, as text.
pub(crate) type Render = fn(&Run) -> io::Result<String>;

/// Collects a run, and writes what `render` makes of it.
#[derive(Debug)]
pub(crate) struct FinalReport {
    run: Run,
    render: Render,
    file: ReportFile,
}

impl FinalReport {
    /// A report that `render` makes and that is written to `file`.
    pub(crate) fn new(render: Render, file: ReportFile) -> Self {
        Self { run: Run::default(), render, file }
    }
}

impl Report for FinalReport {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.run.take(event);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let text = (self.render)(&self.run)?;
        self.file.write(text.as_bytes())
    }
}
