//! `corsproof report`: reports of runs that were recorded.

use std::path::PathBuf;

use clap::Args;

use super::{
    Exit, Refusal,
    output::{self, Output},
    recording,
};
use crate::{
    report::{Detail, Look, PolicyTerminal, ReportRequest, Reports, Terminal},
    stream::{Merged, merge},
};

const EXIT_CODES: &str = "\
Exit codes:
  0  the reports are written, whatever the verdicts
  2  bad usage, or a file that is no recorded run
  3  a report could not be written";

/// Write reports of runs and checks that were recorded with `--report ndjson=PATH`, merged into one
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Report {
    /// Recorded runs: of different engines, of parts of the cases
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Write a report in a format of 'run --report'; may be given several times; PATH - is standard output [default:
    /// the report for people]
    #[arg(long, value_name = "FORMAT=PATH")]
    to: Vec<ReportRequest>,

    /// Tell each finding of a check with the conversation it rests on
    #[arg(short, long, conflicts_with = "to")]
    verbose: bool,
}

impl Report {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        ReportRequest::check_paths(&self.to).map_err(Refusal::bad_input)?;
        let runs = self.files.iter().map(|file| recording::read(file)).collect::<Result<Vec<_>, _>>()?;
        let Merged { run, conflicts } = merge(&runs);
        for conflict in &conflicts {
            output::remark(&format!("conflict: {conflict}"));
        }
        let mut reports = Reports::default();
        if self.to.is_empty() {
            let command = run.beginning().map(|started| started.again);
            let look = output::look();
            let detail = if self.verbose { Detail::Whole } else { Detail::Brief };
            let command = command.unwrap_or(look.command);
            let look = Look { command, detail, live: crate::report::Live::No, ..look };
            match run.is_check() {
                true => reports.push(Box::new(PolicyTerminal::new(Output::for_people(), look))),
                false => reports.push(Box::new(Terminal::new(Output::for_people(), look))),
            }
        }
        for request in &self.to {
            reports.push(request.open().map_err(|error| Refusal::failed(error.to_string()))?);
        }
        for event in run.events() {
            reports.event(&event);
        }
        reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
        Ok(Exit::Agreed)
    }
}
