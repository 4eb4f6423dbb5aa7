//! `corsproof check`: a server's policy, against real browsers.

use std::path::PathBuf;

use chrono::{SecondsFormat, Utc};
use clap::Args;

use super::{
    Exit, Refusal,
    engines::Engines,
    output::{self, Output},
    signals,
};
use crate::{
    check::{CheckOutcome, CheckRequest, CheckedFile},
    policyfile,
    report::{CHECK_COMMAND, Detail, Look, PolicyTerminal, ReportRequest, Reports},
    stream::{About, record_check},
};

/// Check whether servers do what their CORS policies say, in real browsers
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    /// Policy files, or folders with a corsproof.toml; 'corsproof schema policy' describes what is in them
    #[arg(value_name = "FILE", default_value = ".")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    engines: Engines,

    /// Write a report as well; may be given several times. FORMAT is one of html (a page to click
    /// through), ndjson (to render later, by 'corsproof report'), json, junit, sarif (for code
    /// scanning), markdown (a step summary), github (annotations; PATH - is standard output)
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<ReportRequest>,

    /// Tell each finding with the conversation it rests on, and what each point rests on
    #[arg(short, long)]
    verbose: bool,

    /// Print nothing: the exit code tells
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Print JSON instead, as --report json=PATH writes it
    #[arg(long, conflicts_with_all = ["verbose", "quiet"])]
    json: bool,
}

const AFTER_HELP: &str = "\
A policy file:
  [server]
  origin = \"https://api.example.com\"       # the name browsers use
  start  = \"node server.js\"                # with PORT set; or: url = \"http://127.0.0.1:3000\",
                                          # \"https://127.0.0.1:8443\", \"unix:/run/app.sock\"
  # without start and url the server is deployed, and asked where its origin says:
  # resolve = \"192.0.2.7:443\", ca = \"ca.pem\", rate = 5 (requests a second; 10 without it)

  [[policy]]
  path    = \"/data\"
  origins = [\"https://app.example.com\"]    # or \"*\", or []
  methods = [\"GET\", \"PUT\"]
  request_headers = [\"Content-Type\"]
  exposed_headers = [\"X-Total-Count\"]
  credentials = true
  max_age = 600
  # denial_status = 403     # how the server refuses strangers, if not by silence
  # answer_within = 30      # seconds that an answer may take; 10 without it
  # request = { body = '{\"query\": \"{ me }\"}', content_type = \"application/json\",
  #             headers = { Authorization = \"Bearer ${TOKEN}\" } }  # of the environment

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
        let about = self.about();
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        let outcome = runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let request = CheckRequest { files, engines, interrupt };
            record_check(request, about, |event| reports.event(event))
                .await
                .map_err(|error| Refusal::failed(error.to_string()))
        })?;
        reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
        Ok(exit(&outcome))
    }

    /// What the record of a check says about this command and this machine.
    fn about(&self) -> About {
        let files: Vec<String> = self.files.iter().map(|file| output::quoted(file)).collect();
        About {
            command: output::command_line(std::env::args_os()),
            again: format!("{CHECK_COMMAND} {}", files.join(" ")),
            started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            repeat: 1,
            shard: None,
            requirements: &[],
        }
    }

    fn reports(&self) -> Result<Reports, Refusal> {
        ReportRequest::check_paths(&self.report)
            .and_then(|()| ReportRequest::leave_standard_output(&self.report))
            .and_then(|()| ReportRequest::check_formats(&self.report))
            .map_err(Refusal::bad_input)?;
        let mut reports = Reports::default();
        if self.json {
            reports.push(ReportRequest::json().open().map_err(|error| Refusal::failed(error.to_string()))?);
        } else if !self.quiet {
            let detail = if self.verbose { Detail::Whole } else { Detail::Brief };
            let look = Look { detail, ..output::look() };
            reports.push(Box::new(PolicyTerminal::new(Output::for_people(), look)));
        }
        for request in &self.report {
            reports.push(request.open().map_err(|error| Refusal::failed(error.to_string()))?);
        }
        Ok(reports)
    }
}

/// A finding was seen, whatever else could not be: it counts most.
fn exit(outcome: &CheckOutcome) -> Exit {
    let has_servers = outcome.files.iter().all(|checked| checked.no_server.is_none());
    let is_whole = !outcome.interrupted
        && has_servers
        && outcome.files.iter().all(|checked| checked.unobserved.is_empty());
    let has_mismatch = outcome.files.iter().any(CheckedFile::has_mismatch);
    match (has_mismatch, is_whole) {
        (true, _) => Exit::Differed,
        (false, false) => Exit::Failed,
        (false, true) => Exit::Agreed,
    }
}
