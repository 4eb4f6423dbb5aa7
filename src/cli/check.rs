//! `corsproof check`: a server's policy, against real browsers.

use std::{path::PathBuf, time::Duration};

use browsers::Engine;
use chrono::{SecondsFormat, Utc};
use clap::Args;
use tokio::sync::mpsc;

use super::{
    Exit, Refusal,
    engines::Engines,
    output::{self, Output},
    signals,
};
use crate::{
    check::{self, CheckRequest, Outcome},
    policyfile,
    report::{CHECK_COMMAND, PolicyTerminal, ReportRequest, Reports},
    run::{Event, Stopped},
    stream::{About, Recorder},
};

/// Check whether servers do what their CORS policies say, in real browsers
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    /// Policy files, or folders with a corsproof.toml; 'corsproof schema policy' describes what is in them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    engines: Engines,

    /// Write a report as well; may be given several times. FORMAT is one of html (a page to click
    /// through), ndjson (to render later, by 'corsproof report'), json, junit, sarif (for code
    /// scanning), markdown (a step summary), github (annotations; PATH - is standard output)
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<ReportRequest>,
}

const AFTER_HELP: &str = "\
A policy file:
  [server]
  origin = \"https://api.example.com\"       # the name browsers use
  start  = \"node server.js\"                # with PORT set; or: url = \"http://127.0.0.1:3000\"

  [[policy]]
  path    = \"/data\"
  origins = [\"https://app.example.com\"]    # or \"*\", or []
  methods = [\"GET\", \"PUT\"]
  request_headers = [\"Content-Type\"]
  exposed_headers = [\"X-Total-Count\"]
  credentials = true
  max_age = 600

Exit codes:
  0  nothing broken, nothing unsafe; with [[expect]] in the file: exactly those findings
  1  otherwise
  2  bad usage, or a bad policy file
  3  a server or a browser could not be had, or not all was observed";

impl Check {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let files = policyfile::read(&self.files).map_err(|problems| {
            let (style, width) = output::style_of_errors();
            Refusal::drawn(problems.render(style, width))
        })?;
        let engines = self.engines.chosen()?;
        let mut reports = self.reports()?;
        let recorder = Recorder::new(self.about());
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        let outcome = runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let request = CheckRequest { files, engines: engines.clone(), interrupt };
            let mut telling =
                Telling { recorder, reports: &mut reports, engines, end: None, begun: Begun::No };
            let (sender, mut events) = mpsc::unbounded_channel();
            let listening = async {
                while let Some(event) = events.recv().await {
                    telling.event(&event);
                }
            };
            let (outcome, ()) = tokio::join!(check::check(request, sender), listening);
            let outcome = outcome.map_err(|error| Refusal::failed(error.to_string()))?;
            telling.end(&outcome);
            Ok(outcome)
        })?;
        reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
        Ok(exit(&outcome))
    }

    /// What is recorded of this command besides what happens.
    fn about(&self) -> About {
        let files: Vec<String> = self.files.iter().map(|file| output::quoted(file)).collect();
        About {
            command: output::command_line(std::env::args_os()),
            again: format!("{CHECK_COMMAND} {}", files.join(" ")),
            started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            repeat: 1,
            shard: None,
        }
    }

    fn reports(&self) -> Result<Reports, Refusal> {
        ReportRequest::check_paths(&self.report)
            .and_then(|()| ReportRequest::leave_standard_output(&self.report))
            .and_then(|()| ReportRequest::check_formats(&self.report))
            .map_err(Refusal::bad_input)?;
        let mut reports = Reports::default();
        reports.push(Box::new(PolicyTerminal::new(Output, output::look())));
        for request in &self.report {
            reports.push(request.open().map_err(|error| Refusal::failed(error.to_string()))?);
        }
        Ok(reports)
    }
}

/// Tells the reports of a check as of any run: what was found stands before the end.
struct Telling<'a> {
    recorder: Recorder,
    reports: &'a mut Reports,
    engines: Vec<Engine>,
    begun: Begun,
    /// The end of the run of the cases, held back.
    end: Option<Event>,
}

/// Whether there was anything to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    Yes,
    No,
}

impl Telling<'_> {
    fn event(&mut self, event: &Event) {
        self.begun = Begun::Yes;
        match event {
            Event::Finished { .. } => self.end = Some(event.clone()),
            event => self.pass_on(event),
        }
    }

    fn pass_on(&mut self, event: &Event) {
        self.recorder.record(event).iter().for_each(|event| self.reports.event(event));
    }

    /// What was found, and the end; where no server could be had there is a beginning to be told as well.
    fn end(&mut self, outcome: &Outcome) {
        if self.begun == Begun::No {
            self.pass_on(&Event::Started { cases: Vec::new(), engines: self.engines.clone() });
        }
        for checked in &outcome.files {
            self.recorder.checked(checked).iter().for_each(|event| self.reports.event(event));
        }
        let end = self.end.take().unwrap_or_else(|| Event::Finished {
            totals: outcome.totals,
            duration: Duration::ZERO,
            refused: 0,
            stopped: outcome.interrupted.then_some(Stopped::Interrupted),
        });
        self.pass_on(&end);
    }
}

/// A finding was seen, whatever else could not be: it counts most.
fn exit(outcome: &Outcome) -> Exit {
    let has_servers = outcome.files.iter().all(|checked| checked.no_server.is_none());
    let is_whole = !outcome.interrupted
        && has_servers
        && outcome.files.iter().all(|checked| checked.unobserved.is_empty());
    let has_mismatch = outcome.files.iter().any(|checked| !checked.mismatches.is_empty());
    match (has_mismatch, is_whole) {
        (true, _) => Exit::Differed,
        (false, false) => Exit::Failed,
        (false, true) => Exit::Agreed,
    }
}
