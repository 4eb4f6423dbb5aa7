//! The collector, which turns observations into verdicts, each as soon as its twins are known.

use std::{collections::HashMap, sync::Arc};

use browsers::Engine;
use corsproof_fixture::{AnsweredBy, Exchange, Reply, Token};
use tokio::sync::mpsc;

use super::{
    event::{CaseResult, Event, Totals},
    executor::Progress,
    limits::{Limits, OnFailure, Stop, Stopped},
    running_case::{FinishedCase, NotObserved},
    tell,
};
use crate::{
    case::{Case, CaseId, Loaded, ServedBy, Step, Via},
    judge::{Twins, Verdict, judge},
    observation::{GivenReason, Observation, Read, StepOutcome},
    predict::{predict, predict_recorded},
};

/// Collects the observations of one engine, judges them, and sends the results as events.
pub(super) struct Collector {
    engine: Engine,
    events: mpsc::UnboundedSender<Event>,
    /// Whether each case that is done was readable; `None` where that was not observed.
    readable: HashMap<CaseId, Option<bool>>,
    /// Blocked cases whose twins are still to come.
    waiting: Vec<(Box<FinishedCase>, Observation)>,
    totals: Totals,
    limits: Limits,
    stop: Stop,
    /// Whether the engine could not be had, or was lost too often.
    is_given_up: bool,
    /// The number of rounds so far: each retry of cases is one more.
    attempts: u32,
    /// Results that may be better once the cases are tried again.
    unsettled: Vec<CaseResult>,
    /// Those that are being tried again.
    tried_again: HashMap<CaseId, Vec<CaseResult>>,
}

impl Collector {
    pub(super) fn new(
        engine: Engine,
        events: mpsc::UnboundedSender<Event>,
        stop: &Stop,
        limits: Limits,
    ) -> Self {
        Self {
            engine,
            events,
            readable: HashMap::new(),
            waiting: Vec::new(),
            totals: Totals::default(),
            limits,
            stop: stop.clone(),
            is_given_up: false,
            attempts: 0,
            unsettled: Vec::new(),
            tried_again: HashMap::new(),
        }
    }

    /// Takes in what a session tells.
    pub(super) fn take(&mut self, progress: Progress) {
        match progress {
            Progress::Started(info) => tell(&self.events, Event::EngineStarted(info)),
            Progress::Note(text) => tell(&self.events, Event::Note { engine: Some(self.engine), text }),
            Progress::GaveUp(why) => {
                self.is_given_up = true;
                tell(&self.events, Event::EngineFailed { engine: self.engine, why });
            }
            Progress::Spent(span) => tell(&self.events, Event::Spent(span)),
            Progress::Done(done) => self.done(done),
        }
    }

    /// A case that the engine cannot show.
    pub(super) fn not_applicable(&mut self, case: &Arc<Case>, why: &str) {
        self.verdict(
            FinishedCase {
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

    /// Ends the run: a twin that has not come by now does not come. Where the run was ended early, a case without its
    /// twin has no result, as those have none that had no turn.
    pub(super) fn end(&mut self) {
        for (done, observation) in std::mem::take(&mut self.waiting) {
            match self.twins(&done.case) {
                Ok(twins) => self.judge(*done, observation, &twins),
                Err(_) if self.stop.reason().is_some() => {}
                Err(missing) => self.judge(*done, observation, &Twins::NotObserved(missing.to_string())),
            }
        }
    }

    pub(super) fn totals(&self) -> Totals {
        self.totals
    }

    fn done(&mut self, mut done: Box<FinishedCase>) {
        let observation = match std::mem::replace(&mut done.result, Err(NotObserved::Failed(String::new()))) {
            Ok(observation) => observation,
            Err(NotObserved::NotApplicable(why)) => {
                return self.verdict(*done, Verdict::NotApplicable { why });
            }
            Err(NotObserved::Failed(why)) => {
                self.readable.insert(done.case.id.clone(), None);
                self.verdict(*done, Verdict::Failed { why });
                return self.judge_those_that_can_be();
            }
        };
        let readable = !observation.is_blocked();
        if let Some(why) = no_answer(&done.log).or_else(|| never_sent(&done, &observation)) {
            self.readable.insert(done.case.id.clone(), None);
            self.verdict(FinishedCase { result: Ok(observation), ..*done }, Verdict::Failed { why });
            return self.judge_those_that_can_be();
        }
        self.readable.insert(done.case.id.clone(), Some(readable));
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

    /// Whether the twins of `case` were readable, or the first twin that has no result yet.
    fn twins(&self, case: &Case) -> Result<Twins, CaseId> {
        for twin in &case.twins {
            match self.readable.get(twin) {
                None => return Err(twin.clone()),
                Some(None) => return Ok(Twins::NotObserved(twin.to_string())),
                Some(Some(false)) => return Ok(Twins::Unreadable(twin.to_string())),
                Some(Some(true)) => {}
            }
        }
        Ok(Twins::Readable)
    }

    fn judge(&mut self, done: FinishedCase, observation: Observation, twins: &Twins) {
        let predicted = prediction(&done);
        let verdict = judge(&done.case, self.engine, &predicted, &observation, twins);
        self.tell_or_keep(FinishedCase { result: Ok(observation), ..done }, predicted, verdict);
    }

    fn verdict(&mut self, done: FinishedCase, verdict: Verdict) {
        let predicted = prediction(&done);
        self.tell_or_keep(done, predicted, verdict);
    }

    /// Tells a result, or keeps it where its case is to be tried again.
    fn tell_or_keep(&mut self, done: FinishedCase, predicted: Observation, verdict: Verdict) {
        let before = self.tried_again.get_mut(&done.case.id).and_then(Vec::pop);
        let earlier = before.map(|before| [before.earlier, vec![before.verdict]].concat());
        let result = CaseResult {
            predicted,
            engine: self.engine,
            verdict,
            observed: done.result.ok(),
            duration: done.duration,
            retries: done.retries,
            earlier: earlier.unwrap_or_default(),
            log: done.log,
            token: Some(done.token),
            case: done.case,
        };
        if may_change(&result) && self.attempts < self.retries(&result) {
            self.unsettled.push(result);
        } else {
            self.tell_result(result);
        }
    }

    /// How often a case with this result is tried again. Where nothing is said that is once if the harness failed: a
    /// server that does not answer, and an engine that is not to be had, will be no better the next time. A read that
    /// an engine blocks without a word, where it is to be readable, may be a connection that was lost.
    fn retries(&self, result: &CaseResult) -> u32 {
        let failed = matches!(result.verdict, Verdict::Failed { .. });
        let by_harness = failed && !self.is_given_up && no_answer(&result.log).is_none();
        self.limits.retries.unwrap_or(u32::from(by_harness || is_wordless_block(result)))
    }

    /// The cases that are to be tried again; what they were is forgotten, and so is what their twins were where those
    /// are tried again as well.
    pub(super) fn try_again(&mut self) -> Vec<Arc<Case>> {
        self.attempts += 1;
        let unsettled = std::mem::take(&mut self.unsettled);
        if unsettled.is_empty() {
            return Vec::new();
        }
        let text = match unsettled.len() {
            1 => "1 case differs or failed and is tried again".to_owned(),
            count => format!("{count} cases differ or failed and are tried again"),
        };
        tell(&self.events, Event::Note { engine: Some(self.engine), text });
        let cases = unsettled.iter().map(|result| Arc::clone(&result.case)).collect();
        for result in unsettled {
            self.readable.remove(&result.case.id);
            self.tried_again.entry(result.case.id.clone()).or_default().push(result);
        }
        cases
    }

    /// Tells the results that nothing better has come of.
    pub(super) fn settle(&mut self) {
        let left = std::mem::take(&mut self.tried_again).into_values().flatten();
        let mut left: Vec<CaseResult> = std::mem::take(&mut self.unsettled).into_iter().chain(left).collect();
        left.sort_by(|one, other| one.case.id.cmp(&other.case.id));
        left.into_iter().for_each(|result| self.tell_result(result));
    }

    fn tell_result(&mut self, result: CaseResult) {
        self.totals.count(&result.verdict);
        if is_bad(&result.verdict) && self.limits.on_failure == OnFailure::Stop {
            self.stop.now(Stopped::FirstFailure);
        }
        tell(&self.events, Event::CaseFinished(Box::new(result)));
    }
}

/// The model's word: over the script, or over what the real server answered. It is made when a result is told, for a
/// run has many cases and those that are told are forgotten.
fn prediction(done: &FinishedCase) -> Observation {
    match done.case.served_by {
        ServedBy::Script => predict(&done.case),
        ServedBy::RealServer => predict_recorded(&done.case, &done.token, &done.log),
    }
}

/// A request that the standard has sent and that never came: nothing is known then. Of a real server that is one
/// which the browser lost; of a beacon, which nobody is told the end of, one that is late.
fn never_sent(done: &FinishedCase, observation: &Observation) -> Option<String> {
    let is_beacon = |(step, outcome): (&Step, &StepOutcome)| {
        step.request.via == Via::Beacon && outcome.loaded == Loaded::Yes
    };
    let has_beacon = done.case.steps.iter().zip(&observation.steps).any(is_beacon);
    let may_be_late = (done.case.served_by == ServedBy::RealServer && done.log.is_empty()) || has_beacon;
    let missing = may_be_late.then(|| prediction(done).sent.into_iter().nth(observation.sent.len()))??;
    Some(format!("the browser never sent {} {}", missing.method, missing.url))
}

/// Whether the verdict rests on a read that should be possible, and that the engine blocked without saying why.
fn is_wordless_block(result: &CaseResult) -> bool {
    let Some(observed) =
        result.observed.as_ref().filter(|_| matches!(result.verdict, Verdict::Differs { .. }))
    else {
        return false;
    };
    let mut steps = observed.steps.iter().zip(&result.predicted.steps);
    steps.any(|(observed, predicted)| {
        let is_wordless = observed.read == Read::Blocked && observed.reason == Some(GivenReason::Unreported);
        is_wordless && predicted.read != Read::Blocked
    })
}

/// Whether trying again may end better. A real server that is not as its policy says stays so: there only what the
/// browser could or could not read is in doubt.
fn may_change(result: &CaseResult) -> bool {
    match (&result.verdict, &result.observed) {
        (Verdict::Differs { .. }, Some(observed)) if result.case.served_by == ServedBy::RealServer => {
            let mut steps = result.predicted.steps.iter().zip(&observed.steps);
            steps.any(|(predicted, observed)| predicted.read.word() != observed.read.word())
        }
        (verdict, _) => is_bad(verdict),
    }
}

/// Whether a verdict is what nobody wants.
fn is_bad(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Differs { .. } | Verdict::Failed { .. } => true,
        Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => false,
    }
}

/// What a real server did instead of giving an HTTP answer; `None` where it gave one.
fn no_answer(log: &[Exchange]) -> Option<String> {
    log.iter().find_map(|exchange| match (&exchange.by, &exchange.answer.reply) {
        (AnsweredBy::NoOne { why } | AnsweredBy::NotAsked { why }, _) => Some(why.clone()),
        (AnsweredBy::Upstream, Reply::Hang) => Some(format!(
            "the server did not answer {} {}",
            exchange.received.method,
            exchange.received.url.path()
        )),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::watch;

    use super::*;
    use crate::casefile::Suite;

    const BLOCKED: &str = "classic-errors/five/no-allow-origin";
    const TWIN: &str = "classic-errors/five/no-allow-origin-fixed";

    /// A collector of two cases, of which one is the other's twin.
    fn collector(retries: Option<u32>) -> (Collector, mpsc::UnboundedReceiver<Event>, [Arc<Case>; 2]) {
        let suite = Suite::embedded().expect("a suite");
        let cases = [BLOCKED, TWIN].map(|id| Arc::clone(suite.get(id).expect("the case is there")));
        let (events, arriving) = mpsc::unbounded_channel();
        let stop = Stop::new(&watch::channel(false).1);
        let limits = Limits { retries, ..Limits::default() };
        (Collector::new(Engine::Chromium, events, &stop, limits), arriving, cases)
    }

    fn done(case: &Arc<Case>, result: Result<Observation, NotObserved>) -> Progress {
        let duration = Duration::from_millis(1);
        Progress::Done(Box::new(FinishedCase {
            case: Arc::clone(case),
            token: Token::new(0, 0),
            log: Vec::new(),
            result,
            duration,
            retries: 0,
        }))
    }

    fn failed(case: &Arc<Case>) -> Progress {
        done(case, Err(NotObserved::Failed("on purpose".to_owned())))
    }

    fn told(arriving: &mut mpsc::UnboundedReceiver<Event>) -> Vec<(String, &'static str, Vec<&'static str>)> {
        let mut told = Vec::new();
        while let Ok(event) = arriving.try_recv() {
            if let Event::CaseFinished(result) = event {
                let earlier = result.earlier.iter().map(Verdict::word).collect();
                told.push((result.id().0.clone(), result.verdict.word(), earlier));
            }
        }
        told
    }

    #[test]
    fn a_case_that_agrees_when_it_is_tried_again_says_what_it_was() {
        let (mut collector, mut arriving, [blocked, twin]) = collector(Some(1));
        // Its twin cannot be observed, so the blocked read proves nothing: both are tried again.
        collector.take(failed(&twin));
        collector.take(done(&blocked, Ok(predict(&blocked))));
        collector.end();
        assert_eq!(told(&mut arriving), []);
        assert_eq!(collector.try_again().len(), 2);
        collector.take(done(&blocked, Ok(predict(&blocked))));
        assert_eq!(told(&mut arriving), [], "the twin is still to come");
        collector.take(done(&twin, Ok(predict(&twin))));
        collector.end();
        assert!(collector.try_again().is_empty());
        collector.settle();
        let expected =
            [(TWIN.to_owned(), "agrees", vec!["failed"]), (BLOCKED.to_owned(), "agrees", vec!["failed"])];
        let mut told = told(&mut arriving);
        told.sort_by_key(|(id, _, _)| id == BLOCKED);
        assert_eq!(told, expected);
        assert_eq!(collector.totals(), Totals { agrees: 2, ..Totals::default() });
    }

    #[test]
    fn a_run_that_is_stopped_while_cases_are_tried_again_tells_what_they_were() {
        let (mut collector, mut arriving, [blocked, twin]) = collector(Some(1));
        collector.take(failed(&twin));
        collector.take(done(&blocked, Ok(predict(&blocked))));
        collector.end();
        collector.try_again();
        collector.settle();
        let verdicts: Vec<&str> = told(&mut arriving).into_iter().map(|(_, verdict, _)| verdict).collect();
        assert_eq!(verdicts, ["failed", "failed"]);
    }

    #[test]
    fn what_failed_is_tried_again_where_nothing_is_said_and_what_differs_is_not() {
        let (mut collector, mut arriving, [blocked, twin]) = collector(None);
        collector.take(failed(&twin));
        collector.take(done(&blocked, Ok(predict(&twin))));
        assert_eq!(told(&mut arriving), [(BLOCKED.to_owned(), "differs", vec![])]);
        assert_eq!(collector.try_again().len(), 1);
        collector.take(failed(&twin));
        assert_eq!(told(&mut arriving), [(TWIN.to_owned(), "failed", vec!["failed"])]);
    }

    /// An engine that refuses says why; one that lost a connection does not.
    #[test]
    fn a_read_that_is_blocked_without_a_word_is_tried_again() {
        let (mut collector, mut arriving, [blocked, twin]) = collector(None);
        let mut wordless = predict(&blocked);
        wordless.steps[0].reason = Some(GivenReason::Unreported);
        collector.take(done(&twin, Ok(wordless)));
        assert_eq!(told(&mut arriving), []);
        assert_eq!(collector.try_again().len(), 1);
        collector.take(done(&twin, Ok(predict(&twin))));
        assert_eq!(told(&mut arriving), [(TWIN.to_owned(), "agrees", vec!["differs"])]);
    }

    #[test]
    fn without_retries_a_verdict_is_told_at_once() {
        let (mut collector, mut arriving, [_, twin]) = collector(Some(0));
        collector.take(failed(&twin));
        assert_eq!(told(&mut arriving), [(TWIN.to_owned(), "failed", vec![])]);
    }

    /// A real server that does not do what its policy says will not do so the next time.
    #[test]
    fn of_a_real_server_only_what_a_browser_read_is_tried_again() {
        let (mut collector, mut arriving, [blocked, case]) = collector(Some(1));
        let readable = predict(&case);
        let case = Arc::new(Case { served_by: ServedBy::RealServer, ..(*case).clone() });
        let mut told_of = |observation: Observation| {
            let Progress::Done(done) = done(&case, Ok(observation.clone())) else {
                unreachable!("it is done")
            };
            let differs = Verdict::Differs { differences: Vec::new() };
            let finished = FinishedCase { result: Ok(observation), ..*done };
            collector.tell_or_keep(finished, readable.clone(), differs);
            told(&mut arriving).len()
        };
        assert_eq!(told_of(readable.clone()), 1, "the browser read what there was to read: told at once");
        assert_eq!(told_of(predict(&blocked)), 0, "still to be tried again");
        assert_eq!(collector.try_again().len(), 1);
    }
}
