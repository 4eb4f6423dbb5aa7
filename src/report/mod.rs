//! Reports: a file a format, each a function from a run's events to text.

pub(crate) mod changes;
mod conversation;
pub(crate) mod coverage;
mod diagnosis;
mod difference;
pub(crate) mod explain;
mod failure;
mod file;
mod final_report;
mod format;
mod github;
mod har;
mod html;
mod ink;
mod json;
mod junit;
pub(crate) mod known_differences;
mod markdown;
mod ndjson;
mod policy;
mod progress;
mod reports;
pub(crate) mod sarif;
mod sheet;
mod sop;
mod spent;
mod summary;
mod table;
mod tally;
mod terminal;
mod trace;
pub(crate) mod words;
mod wptreport;

#[cfg(test)]
mod tests;

use std::io;

use crate::stream::Event;

pub(crate) use diagnosis::{json as diagnosis_json, render as render_diagnosis, schema as diagnosis_schema};
pub(crate) use final_report::FinalReport;
pub(crate) use format::ReportRequest;
pub(crate) use har::{json as har_json, render as render_har, schema as har_schema};
pub(crate) use ink::{Ink, Tone};
pub(crate) use json::schema as json_schema;
pub(crate) use policy::PolicyTerminal;
pub(crate) use progress::Live;
pub(crate) use reports::Reports;
pub(crate) use sheet::Sheet;
pub(crate) use sop::{Sop, SopFormat, SopTable};
pub(crate) use terminal::{Detail, Look, Terminal};

/// The command that runs cases; reports print it with a case to run that case again.
pub(crate) const COMMAND: &str = "corsproof run";

/// The command that checks policies; reports print it with a file to check that file again.
pub(crate) const CHECK_COMMAND: &str = "corsproof check";

/// Something that turns a run's events into text.
pub(crate) trait Report {
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
