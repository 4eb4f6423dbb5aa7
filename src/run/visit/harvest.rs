//! The results of a visit: what the page brings, and what the engine says of it in its console.

use std::time::{Duration, Instant};

use browsers::BrowserError;
use corsproof_fixture::Token;

use super::{Lost, PageVisit, span_page};
use crate::{
    case::{Loaded, Step, Via},
    observation::{GivenReason, StepOutcome},
    page::{self, JobResult, JobResults, NoOutcome, StepResult},
    run::{
        attribution::attribute,
        running_case::NotObserved,
        span::{Activity, SpanCase},
    },
};

/// How many answers in a row may bring nothing before a page counts as hung. Each takes at least [`page::PATIENCE`], and
/// as much more as the machine is slow, so that this is longer than any step may take.
const EMPTY_ANSWERS: usize = 120;

/// How often in a row a driver may wait in vain for a page that still sends requests.
const LATE_ANSWERS: usize = 4;

/// How long an engine's console may lag behind what the page saw, and how often it is looked at meanwhile.
const CONSOLE_LAG: Duration = Duration::from_millis(400);
const CONSOLE_LOOK: Duration = Duration::from_millis(40);

/// How long a beacon that the browser has taken on may take to arrive, and for how long nothing more must come
/// then. No script is told when it is sent, and on a machine that is busy it is sent late.
const BEACON_LAG: Duration = Duration::from_secs(5);
const BEACON_QUIET: Duration = Duration::from_secs(1);

impl PageVisit<'_, '_> {
    /// Takes what the page brings, and the engine's words on it.
    pub(super) async fn harvest(&mut self) -> Result<(), Lost> {
        let mut empty = 0;
        let steps = self.visit.cases.iter().flat_map(|index| &self.running[*index].case.steps);
        let longest = steps.filter_map(|step| step.answer_limit).max();
        let limit = self.executor.case_timeout().or(longest).unwrap_or_default();
        let most = EMPTY_ANSWERS + (limit.as_millis() / page::PATIENCE.as_millis()) as usize;
        while self.to_come > 0 && !self.executor.is_interrupted() {
            let Some(results) = self.drain().await? else { return Ok(()) };
            if results.visit.as_deref() != Some(self.mark.as_str()) {
                return Err(Lost::Page(self.script_error("another page took its place".to_owned())));
            }
            let known = self.acknowledged.saturating_sub(results.first);
            let new = results.finished.get(known..).unwrap_or_default();
            empty = if new.is_empty() { empty + 1 } else { 0 };
            if empty == most {
                let words = format!("it was asked {most} times in a row and brought nothing");
                return Err(Lost::Browser(self.script_error(words)));
            }
            if new.is_empty() && results.pending == 0 {
                let words = format!("it has no jobs left, but {} results are missing", self.to_come);
                return Err(Lost::Page(self.script_error(words)));
            }
            self.acknowledged += new.len();
            for result in new {
                self.take(result);
            }
            let listening = Instant::now();
            self.listen().await?;
            self.spent(Activity::Console, listening);
        }
        let waiting = Instant::now();
        // The console may lag behind the page.
        let deadline = Instant::now() + CONSOLE_LAG;
        while !self.unexplained.is_empty() && self.browser.has_console() && Instant::now() < deadline {
            tokio::time::sleep(CONSOLE_LOOK).await;
            self.listen().await?;
        }
        self.await_beacons().await;
        self.spent(Activity::Waiting, waiting);
        Ok(())
    }

    /// The results that the page has and the harness has not; `None` where the run is to end early.
    async fn drain(&mut self) -> Result<Option<JobResults>, Lost> {
        let mut late = 0;
        loop {
            let arguments = page::drain_arguments(self.acknowledged, self.executor.pace.width());
            let asked = Instant::now();
            let value = tokio::select! {
                value = self.browser.execute_async(page::DRAIN, arguments) => value,
                // A driver that hangs must not keep a person waiting who wants to stop.
                () = self.executor.interrupted() => return Ok(None),
            };
            self.spent(Activity::Requests, asked);
            self.executor.pace.answered_within(asked.elapsed());
            match value {
                // The page is behind, but it lives.
                Err(BrowserError::Stuck { .. }) if late < LATE_ANSWERS && self.has_sent_since(asked) => {
                    late += 1;
                }
                Err(error) => return Err(error.into()),
                Ok(value) => {
                    let results = JobResults::read(&value);
                    return results
                        .map(Some)
                        .map_err(|error| Lost::Browser(self.script_error(error.to_string())));
                }
            }
        }
    }

    /// Whether a request of a case here has reached a server since then.
    fn has_sent_since(&self, moment: Instant) -> bool {
        self.visit.cases.iter().any(|index| {
            let log = self.executor.internet.log(&self.running[*index].token);
            log.last().is_some_and(|exchange| exchange.at > moment)
        })
    }

    /// Waits for beacons as long as any arrives: a browser may send many one after the other.
    async fn await_beacons(&self) {
        let mut awaited = usize::MAX;
        let mut last = Instant::now();
        while last.elapsed() < BEACON_LAG {
            let awaits =
                |(index, outcomes): &(&usize, &Vec<StepOutcome>)| self.awaits_beacon(**index, outcomes);
            match self.unexplained.iter().filter(awaits).count() {
                0 => return,
                fewer if fewer < awaited => (awaited, last) = (fewer, Instant::now()),
                _ => {}
            }
            tokio::time::sleep(CONSOLE_LOOK).await;
        }
    }

    /// Whether a beacon of a case was taken on and has not arrived, or may be followed by more.
    fn awaits_beacon(&self, index: usize, outcomes: &[StepOutcome]) -> bool {
        let case = &self.running[index];
        let outcomes = case.outcomes.iter().chain(outcomes);
        let taken_on = |(step, outcome): &(&Step, &StepOutcome)| {
            step.request.via == Via::Beacon && outcome.loaded == Loaded::Yes
        };
        let beacons = case.case.steps.iter().zip(outcomes).filter(taken_on).count();
        if beacons == 0 {
            return false;
        }
        let log = self.executor.internet.log(&case.token);
        log.len() < beacons || log.last().is_some_and(|exchange| exchange.at.elapsed() < BEACON_QUIET)
    }

    /// Takes in the results that the page returned for one case.
    fn take(&mut self, returned: &JobResult) {
        let Some(index) = self.by_token.get(&returned.id).copied() else { return };
        self.to_come -= 1;
        let case = &mut self.running[index];
        case.duration += returned.steps.iter().map(StepResult::duration).sum::<Duration>();
        let (id, contexts) = (case.case.id.clone(), returned.contexts());
        let began = self.started + returned.began();
        self.executor.spent_on_case(began, returned.took(), span_page(self.visit), SpanCase { id, contexts });
        let outcomes = returned.steps.iter().map(|step| page::outcome(&case.token, step)).collect();
        match outcomes {
            Ok(outcomes) => drop(self.unexplained.insert(index, outcomes)),
            Err(NoOutcome::Unsupported(what)) if !case.case.needs.is_empty() => {
                let why = format!("the engine does not support {what}");
                self.executor.end(case, Err(NotObserved::NotApplicable(why)));
            }
            Err(error @ NoOutcome::Aborted(_)) => drop(self.aborted.insert(index, error)),
            Err(error) => self.executor.end(case, Err(NotObserved::Failed(error.to_string()))),
        }
    }

    /// Puts the engine's words to the blocked reads they are about, and lets those cases go on that have nothing
    /// left to explain.
    async fn listen(&mut self) -> Result<(), BrowserError> {
        for message in self.browser.console().await? {
            let index =
                Token::in_text(&message.text).and_then(|token| self.by_token.get(token.as_str()).copied());
            if let Some(index) = index {
                let text = self.running[index].token.strip_from(&message.text);
                self.words.entry(index).or_default().push(text);
            }
        }
        let engine = self.browser.engine();
        for (index, outcomes) in &mut self.unexplained {
            let case = &self.running[*index];
            let steps = &case.case.steps[case.outcomes.len()..case.outcomes.len() + outcomes.len()];
            attribute(engine, steps, outcomes, self.words.get(index).map(Vec::as_slice).unwrap_or_default());
        }
        let explained: Vec<usize> = self
            .unexplained
            .iter()
            .filter(|(index, outcomes)| are_explained(outcomes) && !self.awaits_beacon(**index, outcomes))
            .map(|(index, _)| *index)
            .collect();
        for index in explained {
            if let Some(outcomes) = self.unexplained.remove(&index) {
                self.executor.go_on(&mut self.running[index], outcomes);
            }
        }
        Ok(())
    }
}

/// Whether nothing among them waits for the engine's words.
fn are_explained(outcomes: &[StepOutcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.reason != Some(GivenReason::Unreported))
}
