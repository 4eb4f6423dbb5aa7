//! The executor of one browser session: takes cases from page to page until each is observed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use browsers::{Browser, BrowserError};
use corsproof_fixture::{Exchange, Internet, Token};
use tokio::sync::{mpsc, watch};

use super::{
    Launcher, Shared,
    event::EngineInfo,
    limits::Stopped,
    plan::{round, sittings},
    visit::PageVisit,
};
use crate::{
    case::{Case, ServedBy},
    observation::{Observation, SentRequest, StepOutcome},
};

/// How often a case is started again after the browser beneath it died.
const RETRIES: u32 = 1;

/// Hands out tokens that no other case of the run has.
#[derive(Default)]
pub(super) struct NumberedTokens(AtomicUsize);

impl NumberedTokens {
    fn next(&self) -> Token {
        Token::new(std::process::id(), self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a browser session reports to the collector.
pub(super) enum Progress {
    /// A browser was started.
    Started(EngineInfo),
    /// A remark for people, which is no verdict.
    Note(String),
    /// The engine could not be had, or gave up: the cases that it leaves follow as failed.
    GaveUp(String),
    /// A case has an observation, or the reason why there is none.
    Done(Box<FinishedCase>),
}

/// A case with its observation, or with the reason why there is none.
pub(super) struct FinishedCase {
    pub case: Arc<Case>,
    /// The token that marked the case's requests.
    pub token: Token,
    /// The exchanges between browser and servers that bear the token.
    pub log: Vec<Exchange>,
    pub result: Result<Observation, NotObserved>,
    pub duration: Duration,
    pub retries: u32,
}

/// Why a case was not observed.
pub(super) enum NotObserved {
    /// The engine lacks what the case needs.
    NotApplicable(String),
    /// The harness failed: a browser died, a page did not answer.
    Failed(String),
}

/// Whether a browser that is lost takes a case with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    Yes,
    No,
}

/// A case that the session has begun, with what is known so far.
pub(super) struct RunningCase {
    pub(super) case: Arc<Case>,
    pub(super) token: Token,
    pub(super) outcomes: Vec<StepOutcome>,
    /// Whether a page has been asked to run the case.
    pub(super) begun: Begun,
    /// The time that the requests of the case took so far.
    pub(super) duration: Duration,
    retries: u32,
    done: bool,
}

/// One browser session, which takes its cases from page to page.
pub(super) struct Executor<'a> {
    launcher: &'a Launcher,
    pub(super) internet: &'a Internet,
    tokens: &'a NumberedTokens,
    stopped: watch::Receiver<Option<Stopped>>,
    progress: mpsc::UnboundedSender<Progress>,
}

impl<'a> Executor<'a> {
    pub(super) fn new(shared: &Shared<'a>, progress: mpsc::UnboundedSender<Progress>) -> Self {
        let Shared { launcher, internet, tokens, stop } = *shared;
        Self { launcher, internet, tokens, stopped: stop.listen(), progress }
    }

    /// How long a request may take, where that is said.
    pub(super) fn case_timeout(&self) -> Option<Duration> {
        self.launcher.case_timeout
    }

    /// Runs `cases` to their ends, in as many browsers as it takes.
    pub(super) async fn execute(mut self, cases: Vec<Arc<Case>>) {
        let running = |cases: Vec<Arc<Case>>| cases.into_iter().map(|case| self.running(case, 0)).collect();
        let mut sittings: Vec<Vec<RunningCase>> = sittings(cases).into_iter().map(running).collect();
        for index in 0..sittings.len() {
            if let Err(why) = self.sit(&mut sittings[index]).await {
                self.give_up(&mut sittings[index..], &why);
                break;
            }
        }
        for case in sittings.iter().flatten() {
            self.internet.release(&case.token);
        }
    }

    /// Runs the cases of one browser, and of those that replace it where it is lost.
    ///
    /// # Errors
    /// Why no browser can be had.
    async fn sit(&mut self, running: &mut [RunningCase]) -> Result<(), String> {
        let mut failures = 0;
        while running.iter().any(|case| !case.done) && !self.is_interrupted() {
            let mut browser = match self.launch().await {
                Ok(browser) => browser,
                Err(_) if self.is_interrupted() => break,
                Err(error) if error.may_pass() && failures < RETRIES => {
                    failures += 1;
                    self.note(format!("{error}\nTrying once more."));
                    continue;
                }
                Err(error) => return Err(error.to_string()),
            };
            let result = self.execute_in(&mut browser, running).await;
            browser.close().await;
            if let Err(error) = result {
                self.note(format!("{error}\nUnfinished cases are tried once more in a new browser."));
                self.start_again(running, &error);
            }
        }
        Ok(())
    }

    async fn launch(&mut self) -> Result<Browser, BrowserError> {
        let browser = tokio::select! {
            browser = self.launcher.launch() => browser?,
            () = self.interrupted() => return Err(interrupted(self.launcher)),
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
        running: &mut [RunningCase],
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
                PageVisit::new(self, browser, running, &visit).carry_out().await?;
            }
        }
        Ok(())
    }

    /// After a browser was lost: what was under way gets a new token and one more chance.
    fn start_again(&mut self, running: &mut [RunningCase], error: &BrowserError) {
        for case in running.iter_mut().filter(|case| !case.done && case.begun == Begun::Yes) {
            if case.retries == RETRIES {
                self.fail(case, format!("the browser was lost twice while this case was under way: {error}"));
            } else {
                self.internet.release(&case.token);
                *case = self.running(Arc::clone(&case.case), case.retries + 1);
            }
        }
    }

    fn give_up(&mut self, sittings: &mut [Vec<RunningCase>], why: &str) {
        if !self.is_interrupted() {
            self.tell(Progress::GaveUp(why.to_owned()));
            for case in sittings.iter_mut().flatten().filter(|case| !case.done) {
                self.fail(case, format!("the browser could not be had: {why}"));
            }
        }
    }

    fn running(&self, case: Arc<Case>, retries: u32) -> RunningCase {
        RunningCase {
            case,
            token: self.tokens.next(),
            outcomes: Vec::new(),
            begun: Begun::No,
            duration: Duration::ZERO,
            retries,
            done: false,
        }
    }

    fn fail(&self, case: &mut RunningCase, why: String) {
        self.end(case, Err(NotObserved::Failed(why)));
    }

    /// Takes the outcomes of a case's next steps; after the last one it is observed.
    pub(super) fn go_on(&self, case: &mut RunningCase, outcomes: Vec<StepOutcome>) {
        case.outcomes.extend(outcomes);
        if case.outcomes.len() == case.case.steps.len() {
            let log = self.internet.log(&case.token);
            if case.case.served_by == ServedBy::RealServer && log.is_empty() && case.retries < RETRIES {
                return self.ask_again(case);
            }
            let sent = SentRequest::of_log(&case.case, &case.token, &log);
            let steps = std::mem::take(&mut case.outcomes);
            self.end(case, Ok(Observation { sent, steps }));
        }
    }

    /// Nothing was sent. Where many hosts are asked at once, an engine can lose a connection before it uses it.
    fn ask_again(&self, case: &mut RunningCase) {
        self.internet.release(&case.token);
        *case = self.running(Arc::clone(&case.case), case.retries + 1);
    }

    pub(super) fn end(&self, case: &mut RunningCase, result: Result<Observation, NotObserved>) {
        case.done = true;
        let log = self.internet.release(&case.token);
        self.tell(Progress::Done(Box::new(FinishedCase {
            case: Arc::clone(&case.case),
            token: case.token.clone(),
            log,
            result,
            duration: case.duration,
            retries: case.retries,
        })));
    }

    fn note(&self, text: String) {
        self.tell(Progress::Note(text));
    }

    fn tell(&self, progress: Progress) {
        drop(self.progress.send(progress));
    }

    /// Waits until the run is to end early; for ever, if nobody can say so any more.
    pub(super) async fn interrupted(&self) {
        if self.stopped.clone().wait_for(Option::is_some).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.stopped.borrow().is_some()
    }
}

fn interrupted(launcher: &Launcher) -> BrowserError {
    BrowserError::Gone {
        engine: launcher.engine,
        call: "new session",
        words: "the run was interrupted".to_owned(),
    }
}
