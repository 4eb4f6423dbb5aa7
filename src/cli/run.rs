//! `corsproof run`: cases, in real browsers.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};

use browsers::Engine;
use chrono::{SecondsFormat, Utc};
use clap::Args;
use tokio::sync::{mpsc, watch};
use url::Url;

use super::{
    Exit, Refusal, Shard,
    engines::Engines,
    last_failed::{self, LastFailed, Wanted},
    output::{self, Output},
    selection::{Selection, Source},
    signals,
};
use crate::{
    case::Case,
    casefile::REQUIREMENTS,
    report::{Look, ReportRequest, Reports, Terminal},
    run::{Event, Limits, OnFailure, RunError, RunRequest, Stopped, Totals, run},
    stream::{About, Recorder},
};

/// Run cases in real browsers and hold what they show against the standard
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    engines: Engines,

    /// How many engines run side by side [default: all; on a machine with one CPU 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
    engines_at_once: Option<u8>,

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

    /// Try a case again, up to N times, that differs or failed; one whose verdict changes is told as flaky. Without this
    /// option a case that failed is tried once more
    #[arg(long, value_name = "N")]
    retries: Option<u32>,

    /// End the run at the first case that differs or failed
    #[arg(long)]
    fail_fast: bool,

    /// Run only the cases that differed or failed when they last ran
    #[arg(long)]
    last_failed: bool,

    /// Where to keep which cases differed or failed [default: a file in the user's cache folder]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// How long a request may take, as 30s [default: 10s; 2s where it waits on purpose]
    #[arg(long, value_name = "TIME", value_parser = time)]
    case_timeout: Option<Duration>,

    /// How long a driver may take for an answer, as 60s [default: 30s; more where its answers took long before]
    #[arg(long, value_name = "TIME", value_parser = time)]
    driver_timeout: Option<Duration>,

    /// How long the run may take, as 20m; what has not run by then is missing
    #[arg(long, value_name = "TIME", value_parser = time)]
    timeout: Option<Duration>,

    /// Tell where the time went, and more of the slowest cases
    #[arg(long)]
    slowest: bool,

    /// Write a report as well; may be given several times. FORMAT is one of
    /// html (a page to click through), ndjson (to render later, by 'corsproof report'), json, junit,
    /// sarif, markdown (a step summary), github (annotations; PATH - is standard output), wptreport,
    /// trace (a timeline, for chrome://tracing or ui.perfetto.dev)
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<ReportRequest>,
}

fn time(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("no time is too little; write a time as 500ms, 30s or 20m".to_owned()),
        Ok(time) => Ok(time),
        Err(error) => Err(format!("{error}; write a time as 500ms, 30s or 20m")),
    }
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
        let cases = self.selection.cases(self.shard, self.failed_before()?.as_ref())?;
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

    /// The state file for `--last-failed`; `None` where there is no folder for it and no path was given.
    fn state_file(&self) -> Option<PathBuf> {
        self.state.clone().or_else(last_failed::usual_file)
    }

    /// The cases that are asked for because they failed before.
    fn failed_before(&self) -> Result<Option<BTreeSet<String>>, Refusal> {
        if !self.last_failed {
            return Ok(None);
        }
        let Some(file) = self.state_file() else {
            return Err(Refusal::bad_input("there is no folder for caches; name a file with --state FILE"));
        };
        let failed = last_failed::read(&file, &self.selection.source.name())
            .map_err(|error| Refusal::bad_input(format!("cannot read {}: {error}", file.display())))?;
        if failed.is_empty() {
            let why = "nothing differed or failed in the last run; leave out --last-failed to run all";
            return Err(Refusal::nothing_selected(why));
        }
        Ok(Some(failed))
    }

    fn reports(&self) -> Result<Reports, Refusal> {
        ReportRequest::check_paths(&self.report)
            .and_then(|()| ReportRequest::leave_standard_output(&self.report))
            .map_err(Refusal::bad_input)?;
        let mut reports = Reports::default();
        let look = Look { command: self.selection.source.command(), ..output::look() };
        let terminal = Terminal::new(Output::for_people(), look);
        reports.push(Box::new(if self.slowest { terminal.with_times() } else { terminal }));
        if let Some(file) = self.state_file() {
            let wanted = if self.state.is_some() { Wanted::Yes } else { Wanted::InCase };
            reports.push(Box::new(LastFailed::new(file, wanted, self.selection.source.name())));
        }
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
            engines_at_once: self.engines_at_once.map_or_else(engines_at_once, usize::from),
            jobs: usize::from(self.jobs),
            webdriver: self.webdriver.as_ref().map(Url::to_string),
            repeat: self.repeat as usize,
            limits: Limits {
                retries: self.retries,
                on_failure: if self.fail_fast { OnFailure::Stop } else { OnFailure::GoOn },
                case_timeout: self.case_timeout,
                driver_timeout: self.driver_timeout,
                timeout: self.timeout,
            },
            upstreams: Vec::new(),
            interrupt,
        }
    }
}

/// What the record of a run says about this command and this machine.
pub(super) fn about(source: &Source, repeat: usize, shard: Option<Shard>) -> About {
    About {
        command: output::command_line(std::env::args_os()),
        again: source.command(),
        started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        repeat,
        shard: shard.map(|shard| shard.to_string()),
        requirements: REQUIREMENTS.as_slice(),
    }
}

/// Runs, and lets the reports hear of it as it goes.
pub(super) async fn execute(
    request: RunRequest,
    recorder: &Recorder,
    mut reports: Reports,
) -> Result<Exit, Refusal> {
    let (sender, mut events) = mpsc::unbounded_channel();
    let mut stopped = None;
    let listening = async {
        while let Some(event) = events.recv().await {
            if let Event::Finished { stopped: why, .. } = &event {
                stopped = *why;
            }
            recorder.record(&event).iter().for_each(|event| reports.event(event));
        }
    };
    let (outcome, ()) = tokio::join!(run(request, sender), listening);
    let totals = outcome.map_err(|error: RunError| Refusal::failed(error.to_string()))?;
    reports.finish().map_err(|errors| Refusal::failed(output::listed(&errors)))?;
    Ok(exit(&totals, stopped))
}

/// All engines side by side, since each waits for its browser most of the time; one after the other where there is one CPU
/// for all of them.
fn engines_at_once() -> usize {
    match std::thread::available_parallelism() {
        Ok(cpus) if cpus.get() > 1 => Engine::ALL.len(),
        _ => 1,
    }
}

/// A run that was cut short and found no difference has not shown that there is none.
fn exit(totals: &Totals, stopped: Option<Stopped>) -> Exit {
    match Exit::of(totals) {
        Exit::Agreed if stopped.is_some() => Exit::Failed,
        exit => exit,
    }
}
