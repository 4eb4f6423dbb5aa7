//! Facts, engines and problems together: the JSON of `corsproof doctor --json`, `corsproof/doctor/1`.

use browsers::Engine;
use serde::Serialize;

use super::{Facts, Problem, Program, Severity, Start, problems};

/// The name of the shape; it changes where a program that reads it would have to.
pub(crate) const SCHEMA: &str = "corsproof/doctor/1";

/// The JSON of `corsproof doctor --json`: the facts, and the problems that follow from them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Examination {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// The version of corsproof.
    pub version: &'static str,
    pub machine: Facts,
    /// The engines that were examined.
    pub engines: Vec<EngineExamination>,
    pub problems: Vec<Problem>,
}

/// An engine's programs, and whether they can be used.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EngineExamination {
    pub name: Engine,
    /// Whether a run in it can be expected to work.
    pub usable: bool,
    pub browser: Option<Program>,
    pub driver: Option<Program>,
    /// The result of starting the engine, where `--start` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Start>,
}

impl Examination {
    /// Draws the conclusions. `starts`: what came of starting engines.
    pub(crate) fn of(facts: Facts, starts: &[(Engine, Start)]) -> Self {
        let mut problems = problems(&facts);
        problems.extend(starts.iter().filter_map(|(engine, start)| start.problem(*engine)));
        let stopped = |engine: Option<Engine>| {
            problems.iter().any(|problem| problem.severity == Severity::Stops && problem.engine == engine)
        };
        let engines = facts
            .engines
            .iter()
            .map(|of_engine| {
                let found = of_engine.found.as_ref().ok();
                EngineExamination {
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
