//! The executor of one browser session: takes cases from page to page until each is observed.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use browsers::{Browser, BrowserError};
use corsproof_fixture::{Internet, Token};
use tokio::sync::{mpsc, watch};

use super::{
    Launcher, Shared,
    event::EngineInfo,
    limits::Stopped,
    pace::Pace,
    plan::{round, sittings, smaller_portion},
    running_case::{FinishedCase, NotObserved, RunningCase, Stage},
    span::{Activity, Span, SpanCase, SpanPage},
    visit::{Lost, PageVisit},
};
use crate::{
    case::{Case, ServedBy},
    observation::{Observation, SentRequest, StepOutcome},
    page::Mark,
};

/// How often a browser that does not start is tried, and how often a case to which a request to a real server never
/// came is asked again.
const RETRIES: u32 = 1;

/// How often a case may lose the page or the browser that it has for itself.
const LOSSES_ALONE: u32 = 2;

/// After how many losses in a row, without any outcome in between, an engine is given up.
const LOSSES: u32 = 8;

/// Hands out tokens that no other case of the run has, and that nobody else on the machine can guess: who knows one could
/// add requests to the log of its case.
pub(super) struct NumberedTokens {
    /// The system's random keys of a hash, which are all that goes into it.
    run: u64,
    next: AtomicUsize,
}

impl NumberedTokens {
    pub(super) fn new() -> Self {
        Self { run: RandomState::new().build_hasher().finish(), next: AtomicUsize::new(0) }
    }

    fn next(&self) -> Token {
        Token::new(self.run, self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a browser session reports to the collector.
pub(super) enum Progress {
    /// A browser was started.
    Started(EngineInfo),
    /// A remark for people, which is no verdict.
    Note(String),
    /// Time was spent on something.
    Spent(Span),
    /// The engine could not be had, or gave up: the cases that it leaves follow as failed.
    GaveUp(String),
    /// A case has an observation, or the reason why there is none.
    Done(Box<FinishedCase>),
}

/// One browser session, which takes its cases from page to page.
pub(super) struct Executor<'a> {
    launcher: &'a Launcher,
    /// The number of the session among those of the engine, from 1.
    session: usize,
    /// When the run began.
    began: Instant,
    pub(super) internet: &'a Internet,
    tokens: &'a NumberedTokens,
    stopped: watch::Receiver<Option<Stopped>>,
    progress: mpsc::UnboundedSender<Progress>,
    pub(super) pace: Pace,
    /// How many visits there were.
    visits: usize,
    /// How many pages and browsers were lost since an outcome was taken.
    losses: u32,
}

impl<'a> Executor<'a> {
    pub(super) fn new(
        shared: &Shared<'a>,
        session: usize,
        progress: mpsc::UnboundedSender<Progress>,
    ) -> Self {
        let Shared { launcher, internet, tokens, stop, began } = *shared;
        Self {
            launcher,
            session,
            began,
            internet,
            tokens,
            stopped: stop.listen(),
            progress,
            pace: Pace::new(),
            visits: 0,
            losses: 0,
        }
    }

    /// How long a request may take, where that is said.
    pub(super) fn case_timeout(&self) -> Option<Duration> {
        self.launcher.case_timeout
    }

    /// The mark of the next visit.
    pub(super) fn next_mark(&mut self) -> Mark {
        self.visits += 1;
        Mark::new(self.visits)
    }

    /// Runs `cases` to their ends, in as many browsers as it takes.
    pub(super) async fn execute(mut self, cases: Vec<Arc<Case>>) {
        let running = |case| RunningCase::new(case, self.tokens.next());
        let running = |cases: Vec<Arc<Case>>| cases.into_iter().map(running).collect();
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
    /// Why no browser can be had, or none that lives.
    async fn sit(&mut self, running: &mut [RunningCase]) -> Result<(), String> {
        let mut failures = 0;
        while running.iter().any(|case| !case.is_done()) && !self.is_interrupted() {
            let mut browser = match self.launch().await {
                Ok(browser) => browser,
                Err(_) if self.is_interrupted() => break,
                Err(error) if error.may_pass() && failures < RETRIES => {
                    failures += 1;
                    self.note(format!("{error}\nTrying once more."));
                    continue;
                }
                Err(error) => return Err(format!("the browser could not be had: {error}")),
            };
            failures = 0;
            let result = self.execute_in(&mut browser, running).await;
            let finished = Instant::now();
            browser.close().await;
            self.spent(Activity::End, finished, None);
            result?;
        }
        Ok(())
    }

    async fn launch(&mut self) -> Result<Browser, BrowserError> {
        let asked = Instant::now();
        let browser = tokio::select! {
            browser = self.launcher.launch() => browser?,
            () = self.interrupted() => return Err(interrupted(self.launcher)),
        };
        self.spent(Activity::Start, asked, None);
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
    ///
    /// # Errors
    /// Why another browser would not help.
    async fn execute_in(&mut self, browser: &mut Browser, running: &mut [RunningCase]) -> Result<(), String> {
        while running.iter().any(|case| !case.is_done()) {
            let unfinished = running.iter().enumerate().filter_map(|(index, case)| case.unfinished(index));
            for visit in round(unfinished) {
                if self.is_interrupted() {
                    return Ok(());
                }
                let Err(lost) = PageVisit::new(self, browser, running, &visit).carry_out().await else {
                    continue;
                };
                self.start_again(running, &lost)?;
                match lost {
                    Lost::Page(_) => break,
                    Lost::Browser(_) => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// After a loss: what was under way begins anew, fewer cases at a time, until the one that causes the loss is
    /// alone and fails alone. What waited for another page begins anew as well where the browser is gone, for its
    /// cookies are; it is no suspect.
    ///
    /// # Errors
    /// Where nothing comes of all that.
    fn start_again(&mut self, running: &mut [RunningCase], lost: &Lost) -> Result<(), String> {
        let suspects = running.iter().filter(|case| case.stage == Stage::UnderWay).count();
        let again = match suspects {
            1 => "1 case was under way and is tried again, alone.".to_owned(),
            _ => format!("{suspects} cases were under way and are tried again, fewer at a time."),
        };
        tracing::debug!(engine = %self.launcher.engine, session = self.session, suspects, loss = self.losses + 1, %lost, "lost");
        self.note(format!("{lost}\n{again}"));
        self.losses += 1;
        if self.losses == LOSSES {
            return Err(format!("nothing came of {LOSSES} attempts in a row; of the last: {lost}"));
        }
        for case in running.iter_mut() {
            match (case.stage, lost) {
                (Stage::UnderWay, _) => {
                    case.portion = smaller_portion(suspects);
                    case.lost_alone += u32::from(suspects == 1);
                    if case.lost_alone == LOSSES_ALONE {
                        self.fail(case, format!("alone on its page, {LOSSES_ALONE} times: {lost}"));
                        continue;
                    }
                }
                (Stage::BetweenPages, Lost::Browser(_)) => {}
                (Stage::BetweenPages, Lost::Page(_)) | (Stage::NotBegun | Stage::Done, _) => continue,
            }
            self.begin_anew(case);
        }
        Ok(())
    }

    fn give_up(&mut self, sittings: &mut [Vec<RunningCase>], why: &str) {
        if !self.is_interrupted() {
            self.tell(Progress::GaveUp(why.to_owned()));
            for case in sittings.iter_mut().flatten().filter(|case| !case.is_done()) {
                self.fail(case, why.to_owned());
            }
        }
    }

    fn begin_anew(&self, case: &mut RunningCase) {
        self.internet.release(&case.token);
        case.start_again(self.tokens.next());
    }

    fn fail(&self, case: &mut RunningCase, why: String) {
        self.end(case, Err(NotObserved::Failed(why)));
    }

    /// Takes the outcomes of a case's next steps; after the last one it is observed.
    pub(super) fn go_on(&mut self, case: &mut RunningCase, outcomes: Vec<StepOutcome>) {
        self.losses = 0;
        case.outcomes.extend(outcomes);
        case.stage = Stage::BetweenPages;
        if case.outcomes.len() == case.case.steps.len() {
            let log = self.internet.log(&case.token);
            // Nothing was sent. Where many hosts are asked at once, an engine can lose a connection before it uses it.
            if case.case.served_by == ServedBy::RealServer && log.is_empty() && case.retries < RETRIES {
                return self.begin_anew(case);
            }
            let sent = SentRequest::of_log(&case.case, &case.token, &log);
            let steps = std::mem::take(&mut case.outcomes);
            self.end(case, Ok(Observation { sent, steps }));
        }
    }

    pub(super) fn end(&self, case: &mut RunningCase, result: Result<Observation, NotObserved>) {
        case.stage = Stage::Done;
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

    /// Tells what the session spent the time since `began` on.
    pub(super) fn spent(&self, activity: Activity, began: Instant, page: Option<SpanPage>) {
        self.tell_span(activity, began, began.elapsed(), page, None);
    }

    /// Tells that a case had its turn on a page.
    pub(super) fn spent_on_case(&self, began: Instant, duration: Duration, page: SpanPage, case: SpanCase) {
        self.tell_span(Activity::Case, began, duration, Some(page), Some(case));
    }

    fn tell_span(
        &self,
        activity: Activity,
        began: Instant,
        duration: Duration,
        page: Option<SpanPage>,
        case: Option<SpanCase>,
    ) {
        let began = began.saturating_duration_since(self.began);
        let (engine, session) = (self.launcher.engine, self.session);
        self.tell(Progress::Spent(Span { engine, session, activity, began, duration, page, case }));
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
