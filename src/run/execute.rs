//! One browser session: takes cases from page to page until each is observed.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use corsproof_fixture::{Internet, Token};
use tokio::sync::{mpsc, watch};

use super::{
    Launcher,
    attribute::attribute,
    event::EngineInfo,
    plan::{Visit, round, stay},
};
use crate::{
    browser::{Browser, BrowserError},
    case::Case,
    observation::{GivenReason, Observation, Outcome, SentRequest},
    page::{self, Drained, NoOutcome, Returned, StepResult},
};

/// How often a case is started again after the browser beneath it died.
const RETRIES: u32 = 1;

/// How long a page may bring nothing before its browser counts as hung: longer than any step may take.
const SILENCE: Duration = Duration::from_secs(30);

/// How long an engine's console may lag behind what the page saw, and how often it is looked at meanwhile.
const CONSOLE_LAG: Duration = Duration::from_millis(400);
const CONSOLE_LOOK: Duration = Duration::from_millis(40);

/// Hands out tokens that no other case of the run has.
#[derive(Default)]
pub(super) struct NumberedTokens(AtomicUsize);

impl NumberedTokens {
    fn next(&self) -> Token {
        Token::new(std::process::id(), self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a session tells.
pub(super) enum Progress {
    /// A browser is up.
    Started(EngineInfo),
    /// Something to know.
    Note(String),
    /// The engine could not be had, or gave up: the cases that it leaves follow as failed.
    GaveUp(String),
    /// A case is done.
    Done(Box<Done>),
}

/// A case that is done.
pub(super) struct Done {
    pub case: Arc<Case>,
    pub result: Result<Observation, NotObserved>,
    pub duration: Duration,
    pub retries: u32,
}

/// Why there is no observation.
pub(super) enum NotObserved {
    /// The engine lacks what the case needs.
    NotApplicable(String),
    /// The harness failed.
    Failed(String),
}

/// Whether a browser that is lost takes a case with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    Yes,
    No,
}

/// A case on its way.
struct Running {
    case: Arc<Case>,
    token: Token,
    outcomes: Vec<Outcome>,
    /// Whether a page was ever asked to run it.
    begun: Begun,
    /// What its requests took so far.
    duration: Duration,
    retries: u32,
    done: bool,
}

/// One session.
pub(super) struct Executor<'a> {
    launcher: &'a Launcher,
    internet: &'a Internet,
    tokens: &'a NumberedTokens,
    interrupt: watch::Receiver<bool>,
    progress: mpsc::UnboundedSender<Progress>,
}

impl<'a> Executor<'a> {
    pub(super) fn new(
        launcher: &'a Launcher,
        internet: &'a Internet,
        tokens: &'a NumberedTokens,
        interrupt: watch::Receiver<bool>,
        progress: mpsc::UnboundedSender<Progress>,
    ) -> Self {
        Self { launcher, internet, tokens, interrupt, progress }
    }

    /// Runs `cases` to their ends, in as many browsers as it takes.
    pub(super) async fn execute(mut self, cases: Vec<Arc<Case>>) {
        let mut running: Vec<Running> = cases.into_iter().map(|case| self.running(case, 0)).collect();
        let mut failures = 0;
        while running.iter().any(|case| !case.done) && !self.is_interrupted() {
            let mut browser = match self.launch().await {
                Ok(browser) => browser,
                Err(error) if error.may_pass() && failures < RETRIES => {
                    failures += 1;
                    self.note(format!("{error}\nTrying once more."));
                    continue;
                }
                Err(error) => return self.give_up(&mut running, &error.to_string()),
            };
            let result = self.execute_in(&mut browser, &mut running).await;
            browser.close().await;
            if let Err(error) = result {
                self.note(format!("{error}\nUnfinished cases are tried once more in a new browser."));
                self.start_again(&mut running, &error);
            }
        }
        for case in &running {
            self.internet.release(&case.token);
        }
    }

    async fn launch(&mut self) -> Result<Browser, BrowserError> {
        let mut interrupt = self.interrupt.clone();
        let browser = tokio::select! {
            browser = self.launcher.launch() => browser?,
            _ = interrupt.wait_for(|stop| *stop) => return Err(interrupted(self.launcher)),
        };
        self.tell(Progress::Started(EngineInfo {
            engine: self.launcher.engine,
            version: browser.version().to_owned(),
        }));
        for note in browser.notes() {
            self.note(note.clone());
        }
        Ok(browser)
    }

    /// Runs what is not done in one browser, until all is or the browser is lost.
    async fn execute_in(
        &mut self,
        browser: &mut Browser,
        running: &mut [Running],
    ) -> Result<(), BrowserError> {
        while running.iter().any(|case| !case.done) {
            let unfinished = running
                .iter()
                .enumerate()
                .filter(|(_, case)| !case.done)
                .map(|(i, case)| (i, &*case.case, case.outcomes.len()));
            for visit in round(unfinished) {
                if self.is_interrupted() {
                    return Ok(());
                }
                self.visit(browser, running, &visit).await?;
            }
        }
        Ok(())
    }

    /// Opens a page and has everything asked there.
    async fn visit(
        &mut self,
        browser: &mut Browser,
        running: &mut [Running],
        visit: &Visit,
    ) -> Result<(), BrowserError> {
        let page = visit.page.serialize();
        self.internet.open(&page);
        let mut jobs = Vec::new();
        let mut by_token = HashMap::new();
        for index in &visit.cases {
            let case = &mut running[*index];
            self.internet.admit(&case.token, Arc::clone(&case.case.scenario));
            case.begun = Begun::Yes;
            jobs.push(page::job(&case.case, &case.token, stay(&case.case, case.outcomes.len())));
            by_token.insert(case.token.to_string(), *index);
        }
        let asked: Result<(), BrowserError> = async {
            browser.navigate(&format!("{page}{}", page::PATH)).await?;
            browser.execute(page::START, page::start_arguments(&visit.page, &jobs)).await?;
            Ok(())
        }
        .await;
        match asked {
            Ok(()) => {}
            // The page did not open, but the browser lives: that fails the cases of this page alone.
            Err(error) if !error.ends_session() => {
                for index in &visit.cases {
                    self.fail(&mut running[*index], format!("the page of {page} could not ask: {error}"));
                }
                return Ok(());
            }
            Err(error) => return Err(error),
        }
        let returned = self.drain(browser, running, &by_token).await?;
        self.settle(browser, running, &by_token, returned).await
    }

    /// Collects what the page brings until it has brought everything.
    async fn drain(
        &mut self,
        browser: &mut Browser,
        running: &[Running],
        by_token: &HashMap<String, usize>,
    ) -> Result<Vec<(usize, Returned)>, BrowserError> {
        let mut returned = Vec::new();
        let mut last = Instant::now();
        while returned.len() < by_token.len() && !self.is_interrupted() {
            let value = browser.execute_async(page::DRAIN, Vec::new()).await?;
            let drained = Drained::read(&value).map_err(|error| self.script_error(error.to_string()))?;
            if !drained.finished.is_empty() {
                last = Instant::now();
            } else if last.elapsed() > SILENCE {
                return Err(self.script_error(format!("it brought nothing for {} s", SILENCE.as_secs())));
            }
            for result in drained.finished {
                if let Some(index) = by_token.get(&result.id).filter(|index| !running[**index].done) {
                    returned.push((*index, result));
                }
            }
        }
        Ok(returned)
    }

    /// Makes outcomes of what a page brought, with the engine's words, and ends the cases that have no step left.
    async fn settle(
        &mut self,
        browser: &mut Browser,
        running: &mut [Running],
        by_token: &HashMap<String, usize>,
        returned: Vec<(usize, Returned)>,
    ) -> Result<(), BrowserError> {
        let mut fresh: HashMap<usize, Vec<Outcome>> = HashMap::new();
        for (index, result) in returned {
            let case = &mut running[index];
            case.duration += result.steps.iter().map(StepResult::duration).sum::<Duration>();
            match result
                .steps
                .iter()
                .map(|step| page::outcome(&case.token, step))
                .collect::<Result<Vec<_>, _>>()
            {
                Ok(outcomes) => drop(fresh.insert(index, outcomes)),
                Err(NoOutcome::Unsupported(what)) if !case.case.needs.is_empty() => {
                    self.end(
                        case,
                        Err(NotObserved::NotApplicable(format!("the engine does not support {what}"))),
                    );
                }
                Err(error) => self.fail(case, error.to_string()),
            }
        }
        self.read_console(browser, running, by_token, &mut fresh).await?;
        for (index, outcomes) in fresh {
            let case = &mut running[index];
            case.outcomes.extend(outcomes);
            if case.outcomes.len() == case.case.steps.len() {
                let log = self.internet.log(&case.token);
                let sent =
                    SentRequest::of(&case.case, &case.token, log.iter().map(|exchange| &exchange.received));
                let steps = std::mem::take(&mut case.outcomes);
                self.end(case, Ok(Observation { sent, steps }));
            }
        }
        Ok(())
    }

    /// Puts the console's words to the blocked reads they are about. The console may lag behind the page.
    async fn read_console(
        &mut self,
        browser: &mut Browser,
        running: &[Running],
        by_token: &HashMap<String, usize>,
        fresh: &mut HashMap<usize, Vec<Outcome>>,
    ) -> Result<(), BrowserError> {
        let mut messages: HashMap<usize, Vec<String>> = HashMap::new();
        let deadline = Instant::now() + CONSOLE_LAG;
        loop {
            for message in browser.console().await? {
                if let Some(index) =
                    Token::in_text(&message.text).and_then(|token| by_token.get(token.as_str())).copied()
                {
                    messages.entry(index).or_default().push(running[index].token.strip_from(&message.text));
                }
            }
            let engine = browser.engine();
            for (index, outcomes) in fresh.iter_mut() {
                let case = &running[*index];
                let steps = &case.case.steps[case.outcomes.len()..case.outcomes.len() + outcomes.len()];
                attribute(
                    engine,
                    steps,
                    outcomes,
                    messages.get(index).map(Vec::as_slice).unwrap_or_default(),
                );
            }
            let unreported =
                fresh.values().flatten().any(|outcome| outcome.reason == Some(GivenReason::Unreported));
            if !unreported || !browser.has_console() || Instant::now() >= deadline {
                return Ok(());
            }
            tokio::time::sleep(CONSOLE_LOOK).await;
        }
    }

    /// After a browser was lost: what was under way gets a new token and one more chance.
    fn start_again(&mut self, running: &mut [Running], error: &BrowserError) {
        for case in running.iter_mut().filter(|case| !case.done && case.begun == Begun::Yes) {
            if case.retries == RETRIES {
                self.fail(case, format!("the browser was lost twice while this case was under way: {error}"));
            } else {
                self.internet.release(&case.token);
                *case = self.running(Arc::clone(&case.case), case.retries + 1);
            }
        }
    }

    fn give_up(&mut self, running: &mut [Running], why: &str) {
        if !self.is_interrupted() {
            self.tell(Progress::GaveUp(why.to_owned()));
            for case in running.iter_mut().filter(|case| !case.done) {
                self.fail(case, format!("the browser could not be had: {why}"));
            }
        }
    }

    fn running(&self, case: Arc<Case>, retries: u32) -> Running {
        Running {
            case,
            token: self.tokens.next(),
            outcomes: Vec::new(),
            begun: Begun::No,
            duration: Duration::ZERO,
            retries,
            done: false,
        }
    }

    fn fail(&self, case: &mut Running, why: String) {
        self.end(case, Err(NotObserved::Failed(why)));
    }

    fn end(&self, case: &mut Running, result: Result<Observation, NotObserved>) {
        case.done = true;
        self.internet.release(&case.token);
        self.tell(Progress::Done(Box::new(Done {
            case: Arc::clone(&case.case),
            result,
            duration: case.duration,
            retries: case.retries,
        })));
    }

    fn script_error(&self, words: String) -> BrowserError {
        BrowserError::Script { engine: self.launcher.engine, words }
    }

    fn note(&self, text: String) {
        self.tell(Progress::Note(text));
    }

    fn tell(&self, progress: Progress) {
        drop(self.progress.send(progress));
    }

    fn is_interrupted(&self) -> bool {
        *self.interrupt.borrow()
    }
}

fn interrupted(launcher: &Launcher) -> BrowserError {
    BrowserError::Gone {
        engine: launcher.engine,
        call: "new session",
        words: "the run was interrupted".to_owned(),
    }
}
