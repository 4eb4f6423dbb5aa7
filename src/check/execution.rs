//! The execution of a check: servers are started, cases run, servers ended.

use browsers::Engine;
use futures_util::{StreamExt, stream};
use tokio::sync::{mpsc, watch};

use super::{
    cases::probes,
    checked_file::CheckedFile,
    policy::PolicyFile,
    server::{NoServer, RunningServer},
};
use crate::run::{Event, Limits, RunError, RunRequest, Totals, run_for_results};

/// How many servers are started at a time.
const STARTS: usize = 4;

/// How often a case is tried again that a browser did not carry out as the standard says: an engine that loses a
/// connection looks like one that disagrees, but for once only.
const RETRIES: u32 = 1;

/// The policy files to check, and the engines.
#[derive(Clone, Debug)]
pub(crate) struct CheckRequest {
    pub files: Vec<PolicyFile>,
    pub engines: Vec<Engine>,
    /// Turns true when the check is to end early.
    pub interrupt: watch::Receiver<bool>,
}

/// The checked files, and the totals of the run that checked them.
#[derive(Debug)]
pub(crate) struct CheckOutcome {
    /// One for each policy file, in the order of the request.
    pub files: Vec<CheckedFile>,
    /// How many results have each verdict.
    pub totals: Totals,
    /// Whether the check was ended before all cases ran.
    pub interrupted: bool,
}

/// Starts the servers, asks them in every engine, and says what is wrong.
///
/// # Errors
/// [`RunError`] where nothing could be run; a server that cannot be had is told with its file.
pub(crate) async fn check(
    request: CheckRequest,
    events: mpsc::UnboundedSender<Event>,
) -> Result<CheckOutcome, RunError> {
    let mut interrupt = request.interrupt.clone();
    let starting = start_all(&request.files);
    let servers = tokio::select! {
        servers = starting => servers,
        // What was started so far is dropped, and ends with that.
        Ok(_) = interrupt.wait_for(|stop| *stop) => return Ok(nothing()),
    };
    let mut probes_of_files = Vec::new();
    let mut cases = Vec::new();
    let mut upstreams = Vec::new();
    for (file, server) in request.files.iter().zip(&servers) {
        let probes = match server {
            Ok(running) => {
                upstreams.push((file.server.origin.clone(), running.upstream.clone()));
                probes(file, running.upstream.protocols)
            }
            Err(_) => Vec::new(),
        };
        cases.extend(probes.iter().map(|probe| probe.case.clone()));
        probes_of_files.push(probes);
    }
    let (totals, results, interrupted) = if cases.is_empty() {
        (Totals::default(), Vec::new(), false)
    } else {
        let engines = request.engines.clone();
        let interrupt = request.interrupt.clone();
        let run_request = RunRequest {
            cases,
            engines,
            engines_at_once: 1,
            jobs: 1,
            webdriver: None,
            repeat: 1,
            limits: Limits { retries: Some(RETRIES), ..Limits::default() },
            upstreams,
            interrupt,
        };
        run_for_results(run_request, events).await?
    };
    let mut files = Vec::new();
    for ((file, server), probes) in request.files.iter().zip(servers).zip(probes_of_files) {
        files.push(match server {
            Ok(running) => {
                running.end().await;
                CheckedFile::of(file, &probes, &results)
            }
            Err(error) => CheckedFile::without_server(file, &error),
        });
    }
    Ok(CheckOutcome { files, totals, interrupted })
}

fn nothing() -> CheckOutcome {
    CheckOutcome { files: Vec::new(), totals: Totals::default(), interrupted: true }
}

/// All servers, in the order of their files.
async fn start_all(files: &[PolicyFile]) -> Vec<Result<RunningServer, NoServer>> {
    stream::iter(files).map(RunningServer::start).buffered(STARTS).collect().await
}
