//! A browser on a page of ours, and the network that it sees.

use std::time::{Duration, Instant};

use corsproof_fixture::{Exchange, Internet, Token};
use serde_json::Value;
use tokio::sync::RwLockWriteGuard;

use crate::{
    case::Case,
    observation::{Read, SeenResponse, StepOutcome},
    page::{self, Job, JobResults, Mark, NoOutcome, StepResult},
};
use browsers::{Browser, BrowserError, Engine, Settings};
use fetch_model::Origin;

use super::{
    super::{engines::installed, turn},
    cases::PAGE,
};

/// How many jobs run side by side.
const WIDTH: usize = 6;

pub(crate) struct World {
    internet: Internet,
    pub(crate) browser: Browser,
    tokens: usize,
    _turn: RwLockWriteGuard<'static, ()>,
}

/// What came of a case.
pub(crate) struct Shown {
    pub(crate) name: String,
    token: Token,
    pub(crate) results: Vec<StepResult>,
    pub(crate) sent: Vec<Exchange>,
}

/// What one draining call brought, and when, from the start of the jobs.
pub(crate) struct Batch {
    pub(crate) ids: Vec<String>,
    pub(crate) pending: usize,
    pub(crate) at: Duration,
}

impl World {
    /// Opens the page; `None` where the engine is not to be tested.
    pub(crate) async fn start(engine: Engine) -> Option<Self> {
        let installation = installed(engine)?;
        let turn = turn::BROWSERS.write().await;
        let internet = Internet::start(page::assets()).expect("a network");
        internet.open(PAGE);
        let settings = Settings::new(internet.address(), internet.spki_pin());
        let browser =
            Browser::launch(&installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
        Some(Self { internet, browser, tokens: 0, _turn: turn })
    }

    /// Opens the page, and gives it the jobs of cases; tells their tokens.
    pub(crate) async fn start_cases(&mut self, mark: &Mark, cases: &[Case]) -> Vec<Token> {
        let tokens: Vec<Token> = cases.iter().map(|case| self.admit(case)).collect();
        let jobs: Vec<Job> = cases
            .iter()
            .zip(&tokens)
            .map(|(case, token)| page::job(case, token, 0..case.steps.len()))
            .collect();
        self.open().await;
        assert_eq!(self.start_jobs(mark, PAGE, &jobs).await.expect("a start"), Value::Bool(true));
        tokens
    }

    pub(crate) async fn open(&mut self) {
        self.browser.navigate(&format!("{PAGE}{}", page::PATH)).await.expect("the page");
    }

    /// What the page answers that is there, and that is given jobs for a page of `origin`.
    pub(crate) async fn start_jobs(
        &mut self,
        mark: &Mark,
        origin: &str,
        jobs: &[Job],
    ) -> Result<Value, BrowserError> {
        let origin = Origin::parse(origin).expect("an origin");
        self.browser.execute(page::START, page::start_arguments(mark, &origin, jobs)).await
    }

    /// Runs the cases in one go and says what came of them, in their order.
    pub(crate) async fn show(&mut self, cases: &[Case]) -> Vec<Shown> {
        self.show_in_batches(cases).await.0
    }

    /// The same, and what each draining call brought.
    pub(crate) async fn show_in_batches(&mut self, cases: &[Case]) -> (Vec<Shown>, Vec<Batch>) {
        let started = Instant::now();
        let mark = Mark::new(self.tokens);
        let tokens = self.start_cases(&mark, cases).await;
        let (mut batches, mut returned) = (Vec::new(), Vec::new());
        loop {
            let drained = self.drain(returned.len()).await;
            assert_eq!((drained.visit.as_deref(), drained.first), (Some(mark.as_str()), returned.len()));
            let ids = drained.finished.iter().map(|returned| returned.id.clone()).collect();
            batches.push(Batch { ids, pending: drained.pending, at: started.elapsed() });
            returned.extend(drained.finished);
            if drained.pending == 0 {
                break;
            }
        }
        assert_eq!(returned.len(), cases.len(), "every job comes back once");
        let shown = cases.iter().zip(tokens).map(|(case, token)| {
            let found = returned.iter().position(|returned| returned.id == token.as_str());
            let results = returned.swap_remove(found.expect("a result by its id")).steps;
            let sent = self.internet.release(&token);
            Shown { name: case.id.to_string(), token, results, sent }
        });
        let shown = shown.collect();
        (shown, batches)
    }

    /// What the page brings a harness that has so many results.
    pub(crate) async fn drain(&mut self, acknowledged: usize) -> JobResults {
        let arguments = page::drain_arguments(acknowledged, WIDTH);
        let value = self.browser.execute_async(page::DRAIN, arguments).await.expect("results");
        JobResults::read(&value).unwrap_or_else(|error| panic!("{error}"))
    }

    /// How many exchanges bear a token.
    pub(crate) fn log_len(&self, token: &Token) -> usize {
        self.internet.log(token).len()
    }

    fn admit(&mut self, case: &Case) -> Token {
        self.tokens += 1;
        let token = Token::new(1, self.tokens);
        self.internet.admit(&token, case.scenario.clone());
        token
    }
}

impl Shown {
    pub(crate) fn outcomes(&self) -> Vec<Result<StepOutcome, NoOutcome>> {
        self.results.iter().map(|result| page::outcome(&self.token, result)).collect()
    }

    /// What came of its only step.
    pub(crate) fn outcome(&self) -> StepOutcome {
        let [outcome] = &self.outcomes()[..] else { panic!("{}: {:?}", self.name, self.results) };
        outcome.clone().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The response that its only step could read.
    pub(crate) fn read(&self) -> SeenResponse {
        match self.outcome().read {
            Read::Allowed(seen) => seen,
            other => panic!("{}: {other:?}", self.name),
        }
    }

    /// The methods of the requests that reached a server.
    pub(crate) fn methods(&self) -> Vec<&str> {
        self.sent.iter().map(|exchange| exchange.received.method.as_str()).collect()
    }

    /// A header of the last request that reached a server.
    pub(crate) fn sent_header(&self, name: &str) -> Option<String> {
        self.sent.last().and_then(|exchange| exchange.received.header(name))
    }

    /// The body of the last request that reached a server.
    pub(crate) fn sent_body(&self) -> String {
        self.sent
            .last()
            .map(|exchange| String::from_utf8_lossy(&exchange.received.body).into_owned())
            .unwrap_or_default()
    }
}
