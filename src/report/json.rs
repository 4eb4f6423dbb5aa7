//! The report for programs, `corsproof/run/1`.

use std::io;

use serde::Serialize;

use super::{Report, file::ReportFile, words};
use crate::{
    case::CaseId,
    engine::Engine,
    judge::Verdict,
    observation::{Loaded, Observation, Outcome, Read, SeenResponse, SentRequest},
    run::{CaseResult, Event, Totals},
};

/// The name of the shape; it changes where a program that reads it would have to.
const SCHEMA: &str = "corsproof/run/1";

/// Collects a run and writes it as JSON.
#[derive(Debug)]
pub struct Json {
    file: ReportFile,
    engines: Vec<EngineJson>,
    results: Vec<ResultJson>,
    totals: Totals,
    completeness: Completeness,
}

/// Whether all that was asked for is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Completeness {
    Whole,
    CutShort,
}

impl Json {
    /// Will write to `file`.
    pub fn new(file: ReportFile) -> Self {
        Self {
            file,
            engines: Vec::new(),
            results: Vec::new(),
            totals: Totals::default(),
            completeness: Completeness::CutShort,
        }
    }

    fn text(&self) -> serde_json::Result<String> {
        let document = Document {
            schema: SCHEMA,
            engines: &self.engines,
            results: &self.results,
            interrupted: self.completeness == Completeness::CutShort,
            totals: self.totals,
        };
        serde_json::to_string_pretty(&document).map(|text| text + "\n")
    }

    fn engine(&mut self, engine: Engine) -> &mut EngineJson {
        let index = self.engines.iter().position(|known| known.name == engine).unwrap_or_else(|| {
            self.engines.push(EngineJson { name: engine, version: None, failure: None });
            self.engines.len() - 1
        });
        &mut self.engines[index]
    }
}

impl Report for Json {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::EngineStarted(info) => self.engine(info.engine).version = Some(info.version.clone()),
            Event::EngineFailed { engine, why } => self.engine(*engine).failure = Some(why.clone()),
            Event::CaseFinished(result) => {
                self.totals.count(&result.verdict);
                self.results.push(ResultJson::of(result));
            }
            Event::Finished { interrupted: false, .. } => self.completeness = Completeness::Whole,
            Event::Started { .. }
            | Event::Note { .. }
            | Event::EngineFinished { .. }
            | Event::Finished { interrupted: true, .. } => {}
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let text = self.text()?;
        self.file.write(text.as_bytes())
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    engines: &'a [EngineJson],
    results: &'a [ResultJson],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    interrupted: bool,
    totals: Totals,
}

#[derive(Debug, Serialize)]
struct EngineJson {
    name: Engine,
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

#[derive(Debug, Serialize)]
struct ResultJson {
    case: CaseId,
    file: String,
    line: usize,
    spec: String,
    engine: Engine,
    #[serde(flatten)]
    verdict: Verdict,
    predicted: ObservationJson,
    observed: Option<ObservationJson>,
    duration_ms: f64,
    #[serde(skip_serializing_if = "is_zero")]
    retries: u32,
}

impl ResultJson {
    fn of(result: &CaseResult) -> Self {
        let case = &result.case;
        Self {
            case: case.id.clone(),
            file: case.place.file.display().to_string(),
            line: case.place.line,
            spec: case.spec.clone(),
            engine: result.engine,
            verdict: result.verdict.clone(),
            predicted: ObservationJson::of(&result.predicted),
            observed: result.observed.as_ref().map(ObservationJson::of),
            duration_ms: (result.duration.as_secs_f64() * 10_000.0).round() / 10.0,
            retries: result.retries,
        }
    }
}

/// An observation or a prediction. On top stands what came of the last step; where there are several
/// steps, all of them are listed too.
#[derive(Debug, Serialize)]
struct ObservationJson {
    #[serde(flatten)]
    last: Option<OutcomeJson>,
    sent: Vec<SentRequest>,
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

#[derive(Debug, Serialize)]
struct OutcomeJson {
    loaded: Loaded,
    read: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<SeenResponse>,
}

impl OutcomeJson {
    fn of(outcome: &Outcome) -> Self {
        let response = match &outcome.read {
            Read::Allowed(response) | Read::Opaque(response) => Some(response.clone()),
            Read::Blocked => None,
        };
        Self {
            loaded: outcome.loaded,
            read: outcome.read.word(),
            reason: outcome.reason.map(words::given_reason),
            message: (!outcome.messages.is_empty()).then(|| outcome.messages.join("\n")),
            response,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
