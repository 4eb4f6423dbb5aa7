//! Starting an engine for a moment: nothing else shows that it will.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Settings};
use corsproof_fixture::Internet;
use serde::Serialize;

use super::{Problem, ProblemKind, Remedy, Severity};
use crate::page;

/// What came of starting an engine.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(crate) enum Start {
    /// The browser started and opened a session.
    Opened {
        /// The browser's version, as its session reports it.
        version: String,
        /// The time from the start of the driver to the session.
        #[serde(rename = "duration_ms", serialize_with = "milliseconds")]
        took: Duration,
    },
    /// The browser did not start.
    Failed { why: String },
}

impl Start {
    /// The problem that a failure is.
    pub(super) fn problem(&self, engine: Engine) -> Option<Problem> {
        let Self::Failed { why } = self else { return None };
        Some(Problem {
            finding: ProblemKind::DoesNotStart,
            severity: Severity::Stops,
            engine: Some(engine),
            text: why.clone(),
            remedy: Remedy::command(format!(
                "CORSPROOF_LOG=corsproof=debug corsproof doctor --start --browser {engine}"
            ))
            .noting("it tells every step"),
        })
    }
}

/// Starts an engine with the network that a run would have, and ends it. `None` where it is not installed.
pub(crate) async fn start(engine: Engine) -> Option<Start> {
    let installation = browsers::find(engine).ok()?;
    let started = Instant::now();
    let internet = match Internet::start(page::assets()) {
        Ok(internet) => internet,
        Err(error) => return Some(Start::Failed { why: error.to_string() }),
    };
    let settings = Settings::new(internet.address(), internet.spki_pin());
    Some(match Browser::launch(&installation, &settings).await {
        Ok(browser) => {
            let version = browser.version().to_owned();
            let took = started.elapsed();
            browser.close().await;
            Start::Opened { version, took }
        }
        Err(error) => Start::Failed { why: error.to_string() },
    })
}

fn milliseconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
