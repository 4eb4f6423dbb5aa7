//! A WebDriver session in which every call has a time limit, and every failure a name.

use std::time::{Duration, Instant};

use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource, KeyAction, KeyActions},
    error::CmdError,
    wd::{Capabilities, WebDriverCompatibleCommand},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use super::{
    BrowserError, Engine,
    failure::{failed, no_session},
    patience::{Patience, within},
};

/// How long the deletion of a session may take before the processes are ended without it.
const DELETION_LIMIT: Duration = Duration::from_secs(5);

/// A session.
#[derive(Debug)]
pub(super) struct Session {
    client: Client,
    engine: Engine,
    patience: Patience,
    state: State,
}

/// Whether a session takes calls. fantoccini sends one at a time: behind one without an answer all others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    /// In a call, or one was given up half-way.
    InCall,
    Lost,
}

impl Session {
    /// [New session](https://www.w3.org/TR/webdriver2/#new-session).
    pub(super) async fn start(
        engine: Engine,
        url: &str,
        capabilities: Capabilities,
        start_limit: Duration,
        limit: Duration,
    ) -> Result<Self, BrowserError> {
        const CALL: &str = "new session";
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities);
        match within(start_limit, builder.connect(url)).await {
            Some(Ok(client)) => {
                Ok(Self { client, engine, patience: Patience::new(limit), state: State::Idle })
            }
            Some(Err(error)) => Err(no_session(engine, CALL, error)),
            None => {
                Err(BrowserError::TimedOut { engine, call: CALL, limit: start_limit, output: Vec::new() })
            }
        }
    }

    /// What the driver says the session can do.
    pub(super) fn capability(&self, name: &str) -> Option<&Value> {
        self.client.capabilities()?.get(name)
    }

    /// [Navigate to](https://www.w3.org/TR/webdriver2/#navigate-to).
    pub(super) async fn navigate_to(&mut self, url: &str) -> Result<(), BrowserError> {
        let client = self.client.clone();
        self.call("navigate to", client.goto(url)).await.map_err(|error| match error {
            BrowserError::Refused { engine, words, .. } => {
                BrowserError::Navigation { engine, url: url.to_owned(), words }
            }
            other => other,
        })
    }

    /// [Execute script](https://www.w3.org/TR/webdriver2/#execute-script).
    pub(super) async fn execute_script(
        &mut self,
        script: &str,
        args: Vec<Value>,
    ) -> Result<Value, BrowserError> {
        let client = self.client.clone();
        self.call("execute script", client.execute(script, args)).await
    }

    /// [Execute async script](https://www.w3.org/TR/webdriver2/#execute-async-script).
    pub(super) async fn execute_async_script(
        &mut self,
        script: &str,
        args: Vec<Value>,
    ) -> Result<Value, BrowserError> {
        let client = self.client.clone();
        self.call("execute async script", client.execute_async(script, args)).await
    }

    /// [Perform actions](https://www.w3.org/TR/webdriver2/#perform-actions) of a keyboard.
    pub(super) async fn press(&mut self, keys: &str) -> Result<(), BrowserError> {
        let client = self.client.clone();
        let keyboard = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |keyboard, value| {
            keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.call("perform actions", client.perform_actions(keyboard)).await
    }

    /// [Delete all cookies](https://www.w3.org/TR/webdriver2/#delete-all-cookies) that the current page sees.
    pub(super) async fn delete_all_cookies(&mut self) -> Result<(), BrowserError> {
        let client = self.client.clone();
        self.call("delete all cookies", client.delete_all_cookies()).await
    }

    /// A command that fantoccini does not know.
    pub(super) async fn issue(
        &mut self,
        call: &'static str,
        command: impl WebDriverCompatibleCommand + Send + 'static,
    ) -> Result<Value, BrowserError> {
        let client = self.client.clone();
        self.call(call, client.issue_cmd(command)).await
    }

    /// [Delete session](https://www.w3.org/TR/webdriver2/#delete-session), if there is still one.
    pub(super) async fn delete(self) {
        if self.state == State::Idle {
            // Whether it works or not, the processes end next.
            let _ = timeout(DELETION_LIMIT, self.client.close()).await;
        }
    }

    async fn call<T>(
        &mut self,
        call: &'static str,
        answer: impl Future<Output = Result<T, CmdError>>,
    ) -> Result<T, BrowserError> {
        let engine = self.engine;
        if self.state != State::Idle {
            let words = "an earlier call has ended the session".to_owned();
            return Err(BrowserError::Gone { engine, call, words });
        }
        self.state = State::InCall;
        let (limit, called) = (self.patience.limit(), Instant::now());
        let result = match within(limit, answer).await {
            Some(result) => {
                self.patience.answered_within(called.elapsed());
                result.map_err(|error| failed(engine, call, error))
            }
            None => Err(BrowserError::TimedOut { engine, call, limit, output: Vec::new() }),
        };
        // A driver that waited in vain for a script can still be asked.
        let is_lost = result
            .as_ref()
            .is_err_and(|error| error.ends_session() && !matches!(error, BrowserError::Stuck { .. }));
        self.state = if is_lost { State::Lost } else { State::Idle };
        result
    }
}
