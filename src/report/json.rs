//! The report for programs, `corsproof/run/1`.

use std::io;

use browsers::Engine;
use serde::Serialize;
use serde_json::Value;

use crate::{
    case::{CaseId, Loaded},
    judge::Verdict,
    observation::{GivenReason, Observation, Read, SeenResponse, SentRequest, StepOutcome},
    stream::{self, CaseRecord, CheckedFile, Completeness, EngineRun, ResultRecord, Run, Totals},
};

/// The name of the shape; it changes where a program that reads it would have to.
const SCHEMA: &str = "corsproof/run/1";

/// A run as JSON.
///
/// # Errors
/// None that can be foreseen: text and numbers alone.
pub(crate) fn json(run: &Run) -> io::Result<String> {
    let document = Document {
        schema: SCHEMA,
        engines: run.engines.iter().filter_map(EngineJson::of).collect(),
        results: run.results().map(ResultJson::of).collect(),
        checks: run.checks.clone(),
        interrupted: run.completeness == Completeness::CutShort,
        totals: run.totals,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// The JSON Schema of the JSON report.
pub(crate) fn schema() -> Value {
    stream::schema_of::<Document>(
        "corsproof run",
        "What `corsproof run --report json=PATH` and `corsproof check --report json=PATH` write.",
    )
}

/// All of it.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Document {
    /// `corsproof/run/1`
    schema: &'static str,
    /// The browsers.
    engines: Vec<EngineJson>,
    /// What came of each case in each engine, in the order in which it was known.
    results: Vec<ResultJson>,
    /// What came of each policy file that was checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<CheckedFile>,
    /// Whether the run ended before all cases ran.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    interrupted: bool,
    /// How many of each verdict; last, so that a file that was cut off shows.
    totals: Totals,
}

/// A browser.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct EngineJson {
    /// Its engine.
    name: Engine,
    /// Its version, as it says itself; null where it never came up.
    version: Option<String>,
    /// Why it could not be had or gave up.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl EngineJson {
    /// `None` for an engine that nothing was heard of.
    fn of((engine, EngineRun { version, failure, .. }): (&Engine, &EngineRun)) -> Option<Self> {
        (version.is_some() || failure.is_some()).then(|| Self {
            name: *engine,
            version: version.clone(),
            failure: failure.clone(),
        })
    }
}

/// What came of a case in an engine.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ResultJson {
    /// Its identity.
    case: CaseId,
    /// Its file.
    file: String,
    /// The line of its `[[case]]`, from 1.
    line: usize,
    /// The anchor of the standard it is about.
    spec: String,
    /// The engine.
    engine: Engine,
    #[serde(flatten)]
    verdict: Verdict,
    /// Whether trying again changed the verdict.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    flaky: bool,
    /// What the model says.
    predicted: ObservationJson,
    /// What was seen; null where nothing could be.
    observed: Option<ObservationJson>,
    /// What its requests took, in milliseconds.
    duration_ms: f64,
    /// How often it was started again after a browser died.
    #[serde(skip_serializing_if = "is_zero")]
    retries: u32,
}

impl ResultJson {
    fn of((case, result): (&CaseRecord, &ResultRecord)) -> Self {
        Self {
            case: case.id.clone(),
            file: case.file.clone(),
            line: case.line,
            spec: case.spec.clone(),
            engine: result.engine,
            verdict: result.verdict.clone(),
            flaky: result.is_flaky(),
            predicted: ObservationJson::of(&result.predicted),
            observed: result.observed.as_ref().map(ObservationJson::of),
            duration_ms: (result.duration.as_secs_f64() * 10_000.0).round() / 10.0,
            retries: result.retries,
        }
    }
}

/// An observation or a prediction. On top stands what came of the last step; where there are several
/// steps, all of them are listed too.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ObservationJson {
    #[serde(flatten)]
    last: Option<OutcomeJson>,
    /// The requests that reached a server, in order.
    sent: Vec<SentRequest>,
    /// What came of each step, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<OutcomeJson>,
}

impl ObservationJson {
    fn of(observation: &Observation) -> Self {
        let steps = match observation.steps.as_slice() {
            [] | [_] => Vec::new(),
            several => several.iter().map(OutcomeJson::of).collect(),
        };
        let last = observation.steps.last().map(OutcomeJson::of);
        Self { last, sent: observation.sent.clone(), steps }
    }
}

/// What came of a step.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct OutcomeJson {
    /// Whether the resource took effect.
    loaded: Loaded,
    /// What a script could read: `allowed`, `opaque` or `blocked`.
    read: &'static str,
    /// Why it was blocked; `unreported` where the engine does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The engine's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The response as a script sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<SeenResponse>,
}

impl OutcomeJson {
    fn of(outcome: &StepOutcome) -> Self {
        let response = match &outcome.read {
            Read::Allowed(response) | Read::Opaque(response) => Some(response.clone()),
            Read::Blocked => None,
        };
        Self {
            loaded: outcome.loaded,
            read: outcome.read.word(),
            reason: outcome.reason.map(GivenReason::word),
            message: (!outcome.messages.is_empty()).then(|| outcome.messages.join("\n")),
            response,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
