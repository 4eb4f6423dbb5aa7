//! The whole of what the doctor says, `corsproof/doctor/1`.

use browsers::Engine;
use serde::Serialize;

use super::{Facts, Problem, Program, Severity, Start, diagnose};

/// The name of the shape; it changes where a program that reads it would have to.
pub(crate) const SCHEMA: &str = "corsproof/doctor/1";

/// What was found and what is wrong with it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Examination {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// corsproof's own version.
    pub version: &'static str,
    /// The machine.
    pub machine: Facts,
    /// The engines that were asked about.
    pub engines: Vec<Examined>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// An engine.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Examined {
    /// Which.
    pub name: Engine,
    /// Whether a run in it can be expected to work.
    pub usable: bool,
    /// Its browser.
    pub browser: Option<Program>,
    /// Its driver.
    pub driver: Option<Program>,
    /// What came of starting it, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Start>,
}

impl Examination {
    /// Draws the conclusions. `starts`: what came of starting engines.
    pub(crate) fn of(facts: Facts, starts: &[(Engine, Start)]) -> Self {
        let mut problems = diagnose(&facts);
        problems.extend(starts.iter().filter_map(|(engine, start)| start.problem(*engine)));
        let stopped = |engine: Option<Engine>| {
            problems.iter().any(|problem| problem.severity == Severity::Stops && problem.engine == engine)
        };
        let engines = facts
            .engines
            .iter()
            .map(|of_engine| {
                let found = of_engine.found.as_ref().ok();
                Examined {
                    name: of_engine.engine,
                    usable: !stopped(Some(of_engine.engine)) && !stopped(None),
                    browser: found.map(|found| found.browser.clone()),
                    driver: found.map(|found| found.driver.clone()),
                    start: starts
                        .iter()
                        .find(|(engine, _)| *engine == of_engine.engine)
                        .map(|(_, start)| start.clone()),
                }
            })
            .collect();
        Self { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), machine: facts, engines, problems }
    }
}
