//! Plans a run, executes it, and tells what happens as [`Event`]s; prints nothing.

mod attribution;
mod collector;
mod event;
mod executor;
mod limits;
#[cfg(test)]
pub(crate) mod memory;
mod pace;
mod plan;
mod results;
mod running_case;
mod span;
mod stall;
mod visit;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use browsers::{Browser, BrowserError, Engine, Settings};
use collector::Collector;
use corsproof_fixture::{Internet, Upstream};
use executor::{Executor, NumberedTokens};
use fetch_model::Origin;
use futures_util::{StreamExt, stream};
use limits::Stop;
use tokio::sync::{mpsc, watch};

use crate::{case::Case, judge::unmet_need, page};

pub(crate) use event::{CaseResult, EngineInfo, Event, Totals};
pub(crate) use limits::{Limits, OnFailure, Stopped};
pub(crate) use results::run_for_results;
pub(crate) use span::{Activity, Span};
#[cfg(test)]
pub(crate) use span::{SpanCase, SpanPage};

/// The cases to run, the engines, and the limits.
#[derive(Clone, Debug)]
pub(crate) struct RunRequest {
    /// The cases, together with their twins.
    pub cases: Vec<Arc<Case>>,
    pub engines: Vec<Engine>,
    /// How many engines run side by side; at least 1.
    pub engines_at_once: usize,
    /// How many sessions an engine has side by side; at least 1.
    pub jobs: usize,
    /// A driver that runs already, instead of one of ours.
    pub webdriver: Option<String>,
    /// How often each case is run; at least 1.
    pub repeat: usize,
    /// How long it goes on, and how often it tries.
    pub limits: Limits,
    /// Origins that real servers answer for.
    pub upstreams: Vec<(Origin, Upstream)>,
    /// Turns true when the run is to end early: what is found by then is kept.
    pub interrupt: watch::Receiver<bool>,
}

/// Why there was no run at all.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The network for the browsers could not be opened.
    #[error("the network for the browsers could not be opened: {0}")]
    Network(#[from] std::io::Error),
    /// A browser that was asked for is not installed.
    #[error(transparent)]
    NotInstalled(#[from] browsers::NotFound),
}

/// Runs the cases in the engines, as many of them side by side as is asked for.
///
/// # Errors
/// [`RunError`] where nothing could be run. What goes wrong later is told as events.
pub(crate) async fn run(
    request: RunRequest,
    events: mpsc::UnboundedSender<Event>,
) -> Result<Totals, RunError> {
    let started = Instant::now();
    // Before anything is started: an engine that is missing is an error, never a silent skip.
    let installations = match &request.webdriver {
        Some(_) => Vec::new(),
        None => {
            request.engines.iter().map(|engine| browsers::find(*engine)).collect::<Result<Vec<_>, _>>()?
        }
    };
    let internet = Arc::new(Internet::start(page::assets())?);
    for (origin, upstream) in &request.upstreams {
        internet.forward(&origin.serialize(), upstream.clone());
    }
    tell(&events, Event::Started { cases: request.cases.clone(), engines: request.engines.clone() });
    let stop = Stop::new(&request.interrupt);
    let watching = tokio::spawn(stop.clone().watch(request.interrupt.clone(), request.limits.timeout));
    let heartbeat = tokio::spawn(stall::tell_of_stalls(events.clone()));
    let tokens = NumberedTokens::new();
    let in_engine = |(index, engine): (usize, &Engine)| {
        let mut settings = Settings::new(internet.address(), internet.spki_pin());
        settings.call_limit = request.limits.driver_timeout.unwrap_or(settings.call_limit);
        let launcher = Launcher {
            engine: *engine,
            installation: installations.get(index).cloned(),
            webdriver: request.webdriver.clone(),
            settings,
            case_timeout: request.limits.case_timeout,
        };
        let (internet, tokens, stop, request, events) = (&*internet, &tokens, &stop, &request, &events);
        async move {
            if stop.reason().is_some() {
                return Totals::default();
            }
            let shared = Shared { launcher: &launcher, internet, tokens, stop, began: started };
            run_in(&shared, request, events).await
        }
    };
    let totals = stream::iter(request.engines.iter().enumerate().map(in_engine))
        .buffer_unordered(request.engines_at_once.max(1))
        .fold(Totals::default(), async |totals, of_engine| totals.plus(&of_engine))
        .await;
    watching.abort();
    heartbeat.abort();
    let (duration, refused, stopped) = (started.elapsed(), internet.refused(), stop.reason());
    tell(&events, Event::Finished { totals, duration, refused, stopped });
    Ok(totals)
}

/// The state that the sessions of an engine share.
struct Shared<'a> {
    launcher: &'a Launcher,
    internet: &'a Internet,
    tokens: &'a NumberedTokens,
    stop: &'a Stop,
    /// When the run began.
    began: Instant,
}

/// Runs the cases in one engine; those that differ or fail as often again as is asked for.
async fn run_in(shared: &Shared<'_>, request: &RunRequest, events: &mpsc::UnboundedSender<Event>) -> Totals {
    let started = Instant::now();
    let engine = shared.launcher.engine;
    let mut collector = Collector::new(engine, events.clone(), shared.stop, request.limits);
    let mut cases = Vec::new();
    for case in &request.cases {
        match unmet_need(case, engine) {
            Some(why) => collector.not_applicable(case, &why),
            None => cases.push(Arc::clone(case)),
        }
    }
    // Repeats run beside each other, in the same browser: what depends on the moment shows.
    let mut cases: Vec<Arc<Case>> = std::iter::repeat_n(&cases, request.repeat).flatten().cloned().collect();
    while !cases.is_empty() {
        observe(shared, cases, request.jobs, &mut collector).await;
        collector.end();
        cases = if shared.stop.reason().is_none() { collector.try_again() } else { Vec::new() };
    }
    collector.settle();
    tell(events, Event::EngineFinished { engine, duration: started.elapsed() });
    collector.totals()
}

/// Runs the cases once, in as many sessions as are asked for.
async fn observe(shared: &Shared<'_>, cases: Vec<Arc<Case>>, jobs: usize, collector: &mut Collector) {
    let (finished, mut arriving) = mpsc::unbounded_channel();
    let sessions = plan::shares(&cases, jobs).into_iter().enumerate().map(|(index, share)| {
        let executor = Executor::new(shared, index + 1, finished.clone());
        executor.execute(share)
    });
    let sessions = futures_util::future::join_all(sessions.collect::<Vec<_>>());
    drop(finished);
    let collecting = async {
        while let Some(progress) = arriving.recv().await {
            collector.take(progress);
        }
    };
    tokio::join!(sessions, collecting);
}

/// Starts or attaches to the browser of an engine.
struct Launcher {
    engine: Engine,
    installation: Option<browsers::Installation>,
    webdriver: Option<String>,
    settings: Settings,
    /// How long a request may take, where that is said.
    case_timeout: Option<Duration>,
}

impl Launcher {
    async fn launch(&self) -> Result<Browser, BrowserError> {
        match (&self.webdriver, &self.installation) {
            (Some(url), _) => Browser::attach(self.engine, url, &self.settings).await,
            (None, Some(installation)) => Browser::launch(installation, &self.settings).await,
            (None, None) => Browser::launch(&browsers::find(self.engine)?, &self.settings).await,
        }
    }
}

/// Tells an event. Nobody listening is no reason to stop: the totals are returned all the same.
fn tell(events: &mpsc::UnboundedSender<Event>, event: Event) {
    drop(events.send(event));
}
