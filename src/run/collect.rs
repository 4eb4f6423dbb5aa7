//! Turns what the sessions observed into verdicts, each as soon as its twins are known.

use std::{collections::HashMap, sync::Arc};

use tokio::sync::mpsc;

use super::{
    event::{CaseResult, Event, Totals},
    execute::{Done, NotObserved, Progress},
    tell,
};
use crate::{
    browser::Engine,
    case::{Case, CaseId},
    judge::{Twins, Verdict, judge},
    observation::Observation,
    predict::predict,
};

/// The results of one engine.
pub(super) struct Collector {
    engine: Engine,
    predictions: HashMap<CaseId, Observation>,
    events: mpsc::UnboundedSender<Event>,
    /// Whether each case that is done was readable.
    readable: HashMap<CaseId, bool>,
    /// Blocked cases whose twins are still to come.
    waiting: Vec<(Box<Done>, Observation)>,
    totals: Totals,
}

impl Collector {
    pub(super) fn new(engine: Engine, cases: &[Arc<Case>], events: mpsc::UnboundedSender<Event>) -> Self {
        let predictions = cases.iter().map(|case| (case.id.clone(), predict(case))).collect();
        Self {
            engine,
            predictions,
            events,
            readable: HashMap::new(),
            waiting: Vec::new(),
            totals: Totals::default(),
        }
    }

    /// Takes in what a session tells.
    pub(super) fn take(&mut self, progress: Progress) {
        match progress {
            Progress::Started(info) => tell(&self.events, Event::EngineStarted(info)),
            Progress::Note(text) => tell(&self.events, Event::Note { engine: Some(self.engine), text }),
            Progress::GaveUp(why) => tell(&self.events, Event::EngineFailed { engine: self.engine, why }),
            Progress::Done(done) => self.done(done),
        }
    }

    /// A case that the engine cannot show.
    pub(super) fn not_applicable(&mut self, case: &Arc<Case>, why: &str) {
        self.verdict(
            Done {
                case: Arc::clone(case),
                result: Err(NotObserved::NotApplicable(why.to_owned())),
                duration: std::time::Duration::ZERO,
                retries: 0,
            },
            Verdict::NotApplicable { why: why.to_owned() },
        );
    }

    /// Ends the run: a twin that has not come by now does not come.
    pub(super) fn end(&mut self) {
        for (done, observation) in std::mem::take(&mut self.waiting) {
            let twins =
                self.twins(&done.case).unwrap_or_else(|missing| Twins::Unreadable(missing.to_string()));
            self.judge(*done, observation, &twins);
        }
    }

    pub(super) fn totals(&self) -> Totals {
        self.totals
    }

    fn done(&mut self, mut done: Box<Done>) {
        let observation = match std::mem::replace(&mut done.result, Err(NotObserved::Failed(String::new()))) {
            Ok(observation) => observation,
            Err(NotObserved::NotApplicable(why)) => {
                return self.verdict(*done, Verdict::NotApplicable { why });
            }
            Err(NotObserved::Failed(why)) => {
                self.readable.insert(done.case.id.clone(), false);
                self.verdict(*done, Verdict::Failed { why });
                return self.judge_those_that_can_be();
            }
        };
        self.readable.insert(done.case.id.clone(), !observation.is_blocked());
        self.waiting.push((done, observation));
        self.judge_those_that_can_be();
    }

    fn judge_those_that_can_be(&mut self) {
        for (done, observation) in std::mem::take(&mut self.waiting) {
            match self.twins(&done.case) {
                Ok(twins) => self.judge(*done, observation, &twins),
                Err(_) => self.waiting.push((done, observation)),
            }
        }
    }

    /// What the twins of `case` showed, or the first one that is still to come.
    fn twins(&self, case: &Case) -> Result<Twins, CaseId> {
        for twin in &case.twins {
            match self.readable.get(twin) {
                None => return Err(twin.clone()),
                Some(false) => return Ok(Twins::Unreadable(twin.to_string())),
                Some(true) => {}
            }
        }
        Ok(Twins::Readable)
    }

    fn judge(&mut self, done: Done, observation: Observation, twins: &Twins) {
        let verdict = judge(&done.case, self.engine, &self.predictions[&done.case.id], &observation, twins);
        self.verdict(Done { result: Ok(observation), ..done }, verdict);
    }

    fn verdict(&mut self, done: Done, verdict: Verdict) {
        self.totals.count(&verdict);
        let result = CaseResult {
            predicted: self.predictions[&done.case.id].clone(),
            engine: self.engine,
            verdict,
            observed: done.result.ok(),
            duration: done.duration,
            retries: done.retries,
            case: done.case,
        };
        tell(&self.events, Event::CaseFinished(Box::new(result)));
    }
}
