//! Reports: a file a format, each a function from a run's events to text.

mod answered;
pub mod coverage;
mod difference;
pub mod explain;
mod failure;
mod file;
mod format;
mod ink;
mod json;
mod junit;
mod policy;
mod progress;
mod reports;
mod sheet;
mod summary;
mod table;
mod tally;
mod terminal;
pub(crate) mod words;

#[cfg(test)]
mod tests;

use std::io;

use crate::run::Event;

pub use file::ReportFile;
pub use format::{BadReportRequest, Format, ReportRequest};
pub use ink::{Ink, Tone};
pub use json::Json;
pub use junit::JUnit;
pub use policy::{PolicyProgress, render as render_policies};
pub use progress::Live;
pub use reports::Reports;
pub use sheet::{Sheet, printable, shorten};
pub use terminal::{Look, Terminal};

/// The command that runs cases.
pub const COMMAND: &str = "corsproof run";

/// Something that turns a run's events into text.
pub trait Report {
    /// Takes notice of an event.
    ///
    /// # Errors
    /// Where its text cannot be written.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Writes what is left; called once, also where the run was cut short.
    ///
    /// # Errors
    /// Where its text cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}
