//! One visit to a page: its cases run there, and their results are fetched.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use browsers::{Browser, BrowserError};
use corsproof_fixture::Token;
use fetch_model::Origin;

use super::{
    attribution::attribute,
    executor::Executor,
    plan::{Visit, stay},
    running_case::{NotObserved, RunningCase, Stage},
    span::{Activity, SpanCase, SpanPage},
};
use crate::{
    case::{Loaded, Need, Step, Via},
    observation::{GivenReason, StepOutcome},
    page::{self, Job, JobResult, JobResults, Mark, NoOutcome, StepResult},
};

/// How long a browser may need to put the page that it was sent to in the place of the former one, and how often it is
/// looked at meanwhile.
const REPLACEMENT: Duration = Duration::from_secs(20);
const REPLACEMENT_LOOK: Duration = Duration::from_millis(25);

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

/// Why a visit ended before all its cases had outcomes.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// Another document stands in the place of the page. The browser can be used.
    #[error("{0}")]
    Page(BrowserError),
    /// The browser is gone, or hangs, or its answers cannot be relied on.
    #[error("{0}")]
    Browser(BrowserError),
}

impl From<BrowserError> for Lost {
    fn from(error: BrowserError) -> Self {
        if error.ends_session() { Self::Browser(error) } else { Self::Page(error) }
    }
}

/// One visit to a page, from its opening until all its cases have results.
pub(super) struct PageVisit<'a, 'e> {
    executor: &'a mut Executor<'e>,
    browser: &'a mut Browser,
    running: &'a mut [RunningCase],
    visit: &'a Visit,
    mark: Mark,
    /// When the page took its jobs.
    started: Instant,
    /// The cases here, by their tokens.
    by_token: HashMap<String, usize>,
    /// How many results of the page were taken in.
    acknowledged: usize,
    /// How many cases the page has brought nothing of.
    to_come: usize,
    /// Outcomes of blocked reads that the engine has not explained yet.
    unexplained: HashMap<usize, Vec<StepOutcome>>,
    /// Cases of which the browser aborted a request, which it does with all requests of a page that goes away.
    aborted: HashMap<usize, NoOutcome>,
    /// The engine's words about each case, in order.
    words: HashMap<usize, Vec<String>>,
}

impl<'a, 'e> PageVisit<'a, 'e> {
    pub(super) fn new(
        executor: &'a mut Executor<'e>,
        browser: &'a mut Browser,
        running: &'a mut [RunningCase],
        visit: &'a Visit,
    ) -> Self {
        let mark = executor.next_mark();
        let by_token = visit.cases.iter().map(|index| (running[*index].token.to_string(), *index)).collect();
        Self {
            executor,
            browser,
            running,
            visit,
            mark,
            started: Instant::now(),
            by_token,
            acknowledged: 0,
            to_come: visit.cases.len(),
            unexplained: HashMap::new(),
            aborted: HashMap::new(),
            words: HashMap::new(),
        }
    }

    /// Opens the page, asks, and takes what comes until there is no more. Where the page or the browser is lost on the
    /// way, what has come is kept but for blocked reads that the engine has not explained and for requests that the browser
    /// aborted: a page that goes away ends its requests, and their script is told of an abort, or what it is told of a
    /// block. Those cases stay under way, and so do all that have no results where the run is interrupted.
    ///
    /// # Errors
    /// What costs the page or the browser, and with them the cases that are under way.
    pub(super) async fn carry_out(mut self) -> Result<(), Lost> {
        tracing::debug!(
            engine = %self.browser.engine(),
            visit = self.mark.as_str(),
            page = %self.visit.page,
            cases = self.visit.cases.len(),
            side_by_side = self.executor.pace.width(),
            "visit"
        );
        match self.ask().await {
            Ok(()) => {}
            // The page did not open, but the browser lives: that fails the cases of this page alone.
            Err(error) if !error.ends_session() => {
                let why = format!("the page of {} could not ask: {error}", self.visit.page);
                for index in &self.visit.cases {
                    let case = &mut self.running[*index];
                    let page = &self.visit.page;
                    let result = if case.case.needs.contains(&Need::SpecialHost) {
                        NotObserved::NotApplicable(format!("the engine loads no page from {page}"))
                    } else if let Some(secure) = upgraded(page, &error) {
                        NotObserved::NotApplicable(format!(
                            "the engine loads {secure} in place of {page}: it knows hosts of that name to be https alone"
                        ))
                    } else {
                        NotObserved::Failed(why.clone())
                    };
                    self.executor.end(case, Err(result));
                }
                return Ok(());
            }
            Err(error) => return Err(Lost::Browser(error)),
        }
        self.harvest().await?;
        if self.executor.is_interrupted() {
            return Ok(());
        }
        for (index, error) in std::mem::take(&mut self.aborted) {
            self.executor.end(&mut self.running[index], Err(NotObserved::Failed(error.to_string())));
        }
        // Whatever the engine has not said by now, it does not say.
        for (index, outcomes) in std::mem::take(&mut self.unexplained) {
            self.executor.go_on(&mut self.running[index], outcomes);
        }
        Ok(())
    }

    async fn ask(&mut self) -> Result<(), BrowserError> {
        let page = self.visit.page.serialize();
        self.executor.internet.open(&page);
        for frame in self.frames() {
            self.executor.internet.open(&frame.serialize());
        }
        let mut jobs = Vec::new();
        for index in &self.visit.cases {
            let case = &mut self.running[*index];
            // Once a case: what its servers have counted and logged is of all its pages.
            if case.stage == Stage::NotBegun {
                self.executor.internet.admit(&case.token, Arc::clone(&case.case.scenario));
            }
            case.stage = Stage::UnderWay;
            let mut job = page::job(&case.case, &case.token, stay(&case.case, case.outcomes.len()));
            if let Some(limit) = self.executor.case_timeout() {
                job.limit(limit);
            }
            jobs.push(job);
        }
        match self.open_and_start(&page, &jobs).await {
            // Nothing was asked yet. A window that is still closing can get in the way of the page, so once more.
            Err(BrowserError::Script { .. }) => self.open_and_start(&page, &jobs).await,
            result => result,
        }
    }

    /// The origins of the frames that ask here.
    fn frames(&self) -> Vec<Origin> {
        let steps = self.visit.cases.iter().flat_map(|index| &self.running[*index].case.steps);
        steps.flat_map(|step| &step.frames).cloned().collect()
    }

    async fn open_and_start(&mut self, page: &str, jobs: &[Job]) -> Result<(), BrowserError> {
        let path = page::path(&self.visit.headers);
        let asked = Instant::now();
        let opened = self.browser.navigate(&format!("{page}{path}")).await;
        self.spent(Activity::Navigation, asked);
        opened?;
        let navigated = Instant::now();
        // A page with an opener policy gets a process of its own, and the navigation can end before the page is there.
        while !self.start(jobs).await? {
            if navigated.elapsed() > REPLACEMENT {
                let words = format!("the former page was still there after {} s", REPLACEMENT.as_secs());
                return Err(self.script_error(words));
            }
            tokio::time::sleep(REPLACEMENT_LOOK).await;
        }
        self.started = Instant::now();
        self.spent(Activity::Jobs, navigated);
        Ok(())
    }

    /// Hands the jobs to the page, and says whether the page took them: the page of an earlier visit does not.
    async fn start(&mut self, jobs: &[Job]) -> Result<bool, BrowserError> {
        let arguments = page::start_arguments(&self.mark, &self.visit.page, jobs);
        let taken = self.browser.execute(page::START, arguments).await?;
        // A driver that answers anything else shows it with the results.
        Ok(taken != serde_json::Value::Bool(false))
    }

    /// Takes what the page brings, and the engine's words on it.
    async fn harvest(&mut self) -> Result<(), Lost> {
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

    /// Tells what the time since `began` was spent on.
    fn spent(&self, activity: Activity, began: Instant) {
        self.executor.spent(activity, began, Some(span_page(self.visit)));
    }

    fn script_error(&self, words: String) -> BrowserError {
        BrowserError::Script { engine: self.browser.engine(), words }
    }
}

fn span_page(visit: &Visit) -> SpanPage {
    SpanPage { origin: visit.page.serialize(), cases: visit.cases.len() }
}

/// Whether nothing among them waits for the engine's words.
fn are_explained(outcomes: &[StepOutcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.reason != Some(GivenReason::Unreported))
}

/// The https origin of which a browser loaded the page in place of `page`, as it does for whole domains whose owners have
/// had them put on a list, <https://hstspreload.org/>.
fn upgraded(page: &Origin, error: &BrowserError) -> Option<String> {
    let secure = page.serialize().strip_prefix("http://").map(|host| format!("https://{host}"))?;
    error.to_string().contains(&format!("this page's origin is {secure}")).then_some(secure)
}
