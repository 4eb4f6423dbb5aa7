//! Turns what the sessions observed into verdicts, each as soon as its twins are known.

use std::{collections::HashMap, sync::Arc};

use corsproof_fixture::{AnsweredBy, Exchange, Reply, Token};
use tokio::sync::mpsc;

use super::{
    event::{CaseResult, Event, Totals},
    execute::{Done, NotObserved, Progress},
    tell,
};
use crate::{
    browser::Engine,
    case::{Case, CaseId, ServedBy},
    judge::{Twins, Verdict, judge},
    observation::Observation,
    predict::{predict, predict_recorded},
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
        // What a real server answers is not known before.
        let scripted = cases.iter().filter(|case| case.served_by == ServedBy::Script);
        let predictions = scripted.map(|case| (case.id.clone(), predict(case))).collect();
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
                token: Token::new(0, 0),
                log: Vec::new(),
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
        if let Some(why) = no_answer(&done.log).or_else(|| self.never_sent(&done)) {
            self.verdict(Done { result: Ok(observation), ..*done }, Verdict::Failed { why });
            return self.judge_those_that_can_be();
        }
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
        let verdict = judge(&done.case, self.engine, &self.prediction(&done), &observation, twins);
        self.verdict(Done { result: Ok(observation), ..done }, verdict);
    }

    /// The model's word: over the script, or over what the real server answered.
    fn prediction(&self, done: &Done) -> Observation {
        match self.predictions.get(&done.case.id) {
            Some(prediction) => prediction.clone(),
            None => predict_recorded(&done.case, &done.token, &done.log),
        }
    }

    /// A request to a real server that the standard has sent and the browser did not send: nothing is known then.
    fn never_sent(&self, done: &Done) -> Option<String> {
        let is_silent = done.case.served_by == ServedBy::RealServer && done.log.is_empty();
        let first = is_silent.then(|| self.prediction(done).sent.into_iter().next()).flatten()?;
        Some(format!("the browser never sent {} {}", first.method, first.url))
    }

    fn verdict(&mut self, done: Done, verdict: Verdict) {
        self.totals.count(&verdict);
        let result = CaseResult {
            predicted: self.prediction(&done),
            engine: self.engine,
            verdict,
            observed: done.result.ok(),
            duration: done.duration,
            retries: done.retries,
            log: done.log,
            token: Some(done.token),
            case: done.case,
        };
        tell(&self.events, Event::CaseFinished(Box::new(result)));
    }
}

/// What a real server did instead of giving an HTTP answer: nothing is known of its CORS then.
fn no_answer(log: &[Exchange]) -> Option<String> {
    log.iter().find_map(|exchange| match (&exchange.by, &exchange.answer.reply) {
        (AnsweredBy::NoOne { why }, _) => Some(format!("the server at {why}")),
        (AnsweredBy::Upstream, Reply::Hang) => Some(format!(
            "the server did not answer {} {}",
            exchange.received.method,
            exchange.received.url.path()
        )),
        _ => None,
    })
}
