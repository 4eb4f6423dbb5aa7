//! One visit to a page: its cases run there, and their results are fetched.

mod harvest;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use browsers::{Browser, BrowserError};
use fetch_model::Origin;

use super::{
    executor::Executor,
    plan::{Visit, stay},
    running_case::{NotObserved, RunningCase, Stage},
    span::{Activity, SpanPage},
};
use crate::{
    case::Need,
    observation::StepOutcome,
    page::{self, Job, Mark, NoOutcome},
};

/// How long a browser may need to put the page that it was sent to in the place of the former one, and how often it is
/// looked at meanwhile.
const REPLACEMENT: Duration = Duration::from_secs(20);
const REPLACEMENT_LOOK: Duration = Duration::from_millis(25);

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

/// The https origin of which a browser loaded the page in place of `page`, as it does for whole domains whose owners have
/// had them put on a list, <https://hstspreload.org/>.
fn upgraded(page: &Origin, error: &BrowserError) -> Option<String> {
    let secure = page.serialize().strip_prefix("http://").map(|host| format!("https://{host}"))?;
    error.to_string().contains(&format!("this page's origin is {secure}")).then_some(secure)
}
