//! `corsproof check`: a server's policy, against real browsers.

use std::{collections::HashSet, path::PathBuf};

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
    report::{PolicyProgress, ReportRequest, Reports, render_policies},
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

    /// Write a report of the cases as well: ndjson=PATH, json=PATH or junit=PATH; may be given several times
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
        let files = check::read(&self.files).map_err(|problems| {
            let (style, width) = output::style_of_errors();
            Refusal::drawn(problems.render(style, width))
        })?;
        let engines = self.engines.chosen()?;
        let look = output::look();
        let mut reports = self.reports()?;
        reports.push(Box::new(PolicyProgress::new(Output, look.clone())));
        let recorder = Recorder::new(self.about());
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        let outcome = runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let (sender, mut events) = mpsc::unbounded_channel();
            let listening = async {
                while let Some(event) = events.recv().await {
                    recorder.record(&event).iter().for_each(|event| reports.event(event));
                }
            };
            let (outcome, ()) =
                tokio::join!(check::check(CheckRequest { files, engines, interrupt }, sender), listening);
            outcome.map_err(|error| Refusal::failed(error.to_string()))
        })?;
        reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
        output::tell(&render_policies(&outcome, &look))?;
        Ok(exit(&outcome))
    }

    /// What is recorded of this command besides what happens.
    fn about(&self) -> About {
        About {
            command: output::command_line(std::env::args_os()),
            again: "corsproof check".to_owned(),
            started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            repeat: 1,
            shard: None,
        }
    }

    fn reports(&self) -> Result<Reports, Refusal> {
        let mut paths = HashSet::new();
        if let Some(twice) = self.report.iter().find(|request| !paths.insert(&request.path)) {
            let path = twice.path.display();
            return Err(Refusal::bad_input(format!("two reports cannot both be {path}; name another file")));
        }
        let mut reports = Reports::default();
        for request in &self.report {
            reports.push(request.open().map_err(|error| Refusal::failed(error.to_string()))?);
        }
        Ok(reports)
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
