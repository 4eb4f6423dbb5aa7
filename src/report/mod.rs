//! Reports: a file a format, each a function from a run's events to text.

pub mod changes;
mod conversation;
pub mod coverage;
mod diagnosis;
mod difference;
pub mod explain;
mod failure;
mod file;
mod format;
mod github;
mod html;
mod ink;
mod json;
mod junit;
pub mod known;
mod markdown;
mod ndjson;
mod policy;
mod progress;
mod reports;
pub mod sarif;
mod sheet;
mod sop;
mod summary;
mod table;
mod tally;
mod terminal;
mod whole;
pub(crate) mod words;
mod wptreport;

#[cfg(test)]
mod tests;

use std::io;

use crate::stream::Event;

pub use diagnosis::{json as diagnosis_json, render as render_diagnosis, schema as diagnosis_schema};
pub use file::{LineFile, ReportFile};
pub use format::{BadReportRequest, Format, ReportRequest};
pub use github::github;
pub use html::html;
pub use ink::{Ink, Tone};
pub use json::{json, schema as json_schema};
pub use junit::junit;
pub use markdown::markdown;
pub use ndjson::Ndjson;
pub use policy::PolicyTerminal;
pub use progress::Live;
pub use reports::Reports;
pub use sarif::sarif;
pub use sheet::{Sheet, printable, shorten};
pub use sop::{Sop, SopFormat, SopTable};
pub use terminal::{Look, Terminal};
pub use whole::{Render, Whole};
pub use wptreport::{WptReport, wptreport};

/// The command that runs cases.
pub const COMMAND: &str = "corsproof run";

/// The command that checks policies.
pub const CHECK_COMMAND: &str = "corsproof check";

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
