//! `corsproof run`: cases, in real browsers.

use std::sync::Arc;

use chrono::{SecondsFormat, Utc};
use clap::Args;
use tokio::sync::{mpsc, watch};
use url::Url;

use super::{
    Exit, Refusal, Shard,
    engines::Engines,
    output::{self, Output},
    selection::{Selection, Source},
    signals,
};
use crate::{
    case::Case,
    engine::Engine,
    report::{Format, Look, ReportRequest, Reports, Terminal},
    run::{Event, RunError, RunRequest, Totals, run},
    stream::{About, Recorder},
};

/// Run cases in real browsers and hold what they show against the standard
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    engines: Engines,

    /// How many sessions of an engine run side by side
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,

    /// A driver (or a Selenium Grid) that runs already, instead of one of ours
    #[arg(long, value_name = "URL", requires = "browser", value_parser = driver_url)]
    webdriver: Option<Url>,

    /// Run part K of N of the selected cases
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,

    /// Run each case N times, to see whether it always ends the same
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    repeat: u32,

    /// Write a report as well; may be given several times. FORMAT is one of
    /// ndjson (to render later, by 'corsproof report'), json, junit, sarif, markdown (a step
    /// summary), github (annotations; PATH - is standard output), wptreport
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<ReportRequest>,
}

fn driver_url(text: &str) -> Result<Url, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(url) => Err(format!("its scheme is {}; write http://HOST:PORT", url.scheme())),
        Err(error) => Err(format!("{error}; write http://HOST:PORT")),
    }
}

impl Run {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let cases = self.selection.cases(self.shard)?;
        let engines = self.engines.chosen()?;
        // Last before the run, so that nothing refused leaves a file behind; first of all that costs time.
        let reports = self.reports()?;
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let recorder = Recorder::new(about(&self.selection.source, self.repeat as usize, self.shard));
            execute(self.request(cases, engines, interrupt), &recorder, reports).await
        })
    }

    fn reports(&self) -> Result<Reports, Refusal> {
        ReportRequest::check_paths(&self.report).map_err(Refusal::bad_input)?;
        let only_annotations = |request: &&ReportRequest| request.format != Format::GitHub;
        if let Some(other) =
            self.report.iter().filter(|request| request.is_for_standard_output()).find(only_annotations)
        {
            let name = other.format.name();
            let text = format!(
                "standard output is for people; write {name}=PATH, and 'corsproof report' renders it later"
            );
            return Err(Refusal::bad_input(text));
        }
        let mut reports = Reports::default();
        let look = Look { command: self.selection.source.command(), ..output::look() };
        reports.push(Box::new(Terminal::new(Output, look)));
        for request in &self.report {
            reports.push(request.open().map_err(|error| Refusal::failed(error.to_string()))?);
        }
        Ok(reports)
    }

    fn request(
        &self,
        cases: Vec<Arc<Case>>,
        engines: Vec<Engine>,
        interrupt: watch::Receiver<bool>,
    ) -> RunRequest {
        RunRequest {
            cases,
            engines,
            jobs: usize::from(self.jobs),
            webdriver: self.webdriver.as_ref().map(Url::to_string),
            repeat: self.repeat as usize,
            upstreams: Vec::new(),
            interrupt,
        }
    }
}

/// What is recorded of this command besides what happens.
pub(super) fn about(source: &Source, repeat: usize, shard: Option<Shard>) -> About {
    About {
        command: output::command_line(std::env::args_os()),
        again: source.command(),
        started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        repeat,
        shard: shard.map(|shard| shard.to_string()),
    }
}

/// Runs, and lets the reports hear of it as it goes.
pub(super) async fn execute(
    request: RunRequest,
    recorder: &Recorder,
    mut reports: Reports,
) -> Result<Exit, Refusal> {
    let (sender, mut events) = mpsc::unbounded_channel();
    let mut interrupted = false;
    let listening = async {
        while let Some(event) = events.recv().await {
            interrupted |= matches!(event, Event::Finished { interrupted: true, .. });
            recorder.record(&event).iter().for_each(|event| reports.event(event));
        }
    };
    let (outcome, ()) = tokio::join!(run(request, sender), listening);
    let totals = outcome.map_err(|error: RunError| Refusal::failed(error.to_string()))?;
    reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
    Ok(exit(&totals, interrupted))
}

/// An interrupted run that found no difference has not shown that there is none.
fn exit(totals: &Totals, interrupted: bool) -> Exit {
    match Exit::of(totals) {
        Exit::Agreed if interrupted => Exit::Failed,
        exit => exit,
    }
}
