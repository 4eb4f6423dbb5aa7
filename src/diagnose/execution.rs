//! The execution of a diagnosis: the server is found, and the probes run in every engine.

use browsers::Engine;
use corsproof_fixture::Upstream;
use fetch_model::Origin;
use tokio::sync::{mpsc, watch};

use super::{cases::probes, diagnosis::Diagnosis, request_init::RequestInit, target::Target};
use crate::{
    local_server,
    run::{Event, Limits, RunError, RunRequest, run_for_results},
};

/// The URL to diagnose, the request, and the engines.
#[derive(Clone, Debug)]
pub(crate) struct DiagnoseRequest {
    pub target: Target,
    /// The origin of the page that asks.
    pub from: Origin,
    /// The request, as the arguments describe it.
    pub asked: RequestInit,
    pub engines: Vec<Engine>,
    /// Turns true when the diagnosis is to end early.
    pub interrupt: watch::Receiver<bool>,
}

/// Why no diagnosis was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiagnoseError {
    /// No server accepts a connection.
    #[error(
        "no server accepts a connection at {addresses}, so nothing can be said of its CORS; start it first, \
         or say by --at where it listens"
    )]
    NotThere {
        /// The addresses that were tried.
        addresses: String,
    },
    /// No case could be run.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Asks the URL from a page of the origin, in every engine.
///
/// # Errors
/// [`DiagnoseError`] where nothing could be asked. What an engine or the server fails at later is told in the
/// diagnosis.
pub(crate) async fn diagnose(
    request: DiagnoseRequest,
    events: mpsc::UnboundedSender<Event>,
) -> Result<Diagnosis, DiagnoseError> {
    let DiagnoseRequest { target, from, asked, engines, interrupt } = request;
    let Some(address) = local_server::listening(&target.addresses).await else {
        return Err(DiagnoseError::NotThere { addresses: target.listed_addresses() });
    };
    let protocols = local_server::protocols(&address.into()).await;
    let upstream = Upstream { protocols, ..Upstream::at(address) };
    let probes = probes(&target, &from, &asked);
    let run_request = RunRequest {
        cases: probes.iter().map(|probe| probe.case.clone()).collect(),
        engines,
        engines_at_once: 1,
        jobs: 1,
        webdriver: None,
        repeat: 1,
        limits: Limits::default(),
        upstreams: vec![(target.origin.clone(), upstream)],
        interrupt,
    };
    let (_, results, interrupted) = run_for_results(run_request, events).await?;
    Ok(Diagnosis::of(target, from, address, &probes, &results, interrupted))
}
