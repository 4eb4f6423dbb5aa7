//! Asks: finds the server, runs the cases in every engine, and says what came of them.

use browsers::Engine;
use fetch_model::Origin;
use tokio::sync::{mpsc, watch};

use super::{asked::Asked, cases::probes, diagnosis::Diagnosis, target::Target};
use crate::{
    run::{Event, Limits, RunError, RunRequest, run_and_keep},
    upstream,
};

/// What to diagnose, and in which engines.
#[derive(Clone, Debug)]
pub(crate) struct DiagnoseRequest {
    /// The URL and its server.
    pub target: Target,
    /// The origin of the page that asks.
    pub from: Origin,
    /// What it asks.
    pub asked: Asked,
    /// The engines.
    pub engines: Vec<Engine>,
    /// Turns true when it is to end early.
    pub interrupt: watch::Receiver<bool>,
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiagnoseError {
    /// There is no server.
    #[error(
        "no server accepts a connection at {addresses}, so nothing can be said of its CORS; start it first, \
         or say by --at where it listens"
    )]
    NotThere {
        /// Where it should be.
        addresses: String,
    },
    /// Nothing could be run.
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
    let Some(address) = upstream::listening(&target.addresses).await else {
        return Err(DiagnoseError::NotThere { addresses: target.listed_addresses() });
    };
    let probes = probes(&target, &from, &asked);
    let run_request = RunRequest {
        cases: probes.iter().map(|probe| probe.case.clone()).collect(),
        engines,
        jobs: 1,
        webdriver: None,
        repeat: 1,
        limits: Limits::default(),
        upstreams: vec![(target.origin.clone(), upstream::named(address).await)],
        interrupt,
    };
    let (_, results, interrupted) = run_and_keep(run_request, events).await?;
    Ok(Diagnosis::of(target, from, address, &probes, &results, interrupted))
}
