//! A WebDriver session in which every call has a time limit, and every failure a name.

use std::time::Duration;

use fantoccini::{
    Client, ClientBuilder,
    error::{CmdError, ErrorStatus, NewSessionError, WebDriver},
    wd::{Capabilities, WebDriverCompatibleCommand},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use super::{BrowserError, Engine, driver::innermost};

/// How long the deletion of a session may take before the processes are ended without it.
const DELETION_LIMIT: Duration = Duration::from_secs(5);

/// A session.
#[derive(Debug)]
pub(super) struct Session {
    client: Client,
    engine: Engine,
    limit: Duration,
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
        match timeout(start_limit, builder.connect(url)).await {
            Ok(Ok(client)) => Ok(Self { client, engine, limit, state: State::Idle }),
            Ok(Err(error)) => Err(no_session(engine, CALL, error)),
            Err(_) => Err(BrowserError::TimedOut { engine, call: CALL, limit: start_limit }),
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
        let result = match timeout(self.limit, answer).await {
            Ok(result) => result.map_err(|error| failed(engine, call, error)),
            Err(_) => Err(BrowserError::TimedOut { engine, call, limit: self.limit }),
        };
        let is_lost = result.as_ref().is_err_and(BrowserError::ends_session);
        self.state = if is_lost { State::Lost } else { State::Idle };
        result
    }
}

/// What a failed call means.
fn failed(engine: Engine, call: &'static str, error: CmdError) -> BrowserError {
    match error {
        CmdError::Standard(error) => refused(engine, call, &error),
        CmdError::Failed(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::FailedC(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::Lost(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::NotJson(answer) => BrowserError::Nonsense { engine, call, answer: shortened(&answer) },
        CmdError::NotW3C(answer) => {
            BrowserError::Nonsense { engine, call, answer: shortened(&answer.to_string()) }
        }
        CmdError::Json(error) => {
            BrowserError::Nonsense { engine, call, answer: format!("broken JSON ({error})") }
        }
        other => BrowserError::Refused { engine, call, words: other.to_string() },
    }
}

/// What an error that the driver gives means.
fn refused(engine: Engine, call: &'static str, error: &WebDriver) -> BrowserError {
    let words = words(error);
    match error.error {
        ErrorStatus::InvalidSessionId | ErrorStatus::NoSuchWindow => {
            BrowserError::Gone { engine, call, words }
        }
        // WebKitWebDriver has no words for the death of its browser.
        ErrorStatus::UnknownError if error.message.is_empty() || tells_of_death(&words) => {
            BrowserError::Gone { engine, call, words }
        }
        ErrorStatus::ScriptTimeout => BrowserError::Stuck { engine, words },
        ErrorStatus::JavascriptError => BrowserError::Script { engine, words },
        _ => BrowserError::Refused { engine, call, words },
    }
}

/// Whether "unknown error" is a driver's way to say that its browser is gone.
fn tells_of_death(words: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "disconnected",
        "not reachable",
        "crashed",
        "session deleted",
        "target window already closed",
        "Failed to decode response from marionette",
        "unexpectedly closed",
        "Connection reset by peer",
    ];
    SIGNS.iter().any(|sign| words.contains(sign))
}

/// What it means that there is no session.
fn no_session(engine: Engine, call: &'static str, error: NewSessionError) -> BrowserError {
    match error {
        NewSessionError::SessionNotCreated(error) => session_refused(engine, words(&error)),
        NewSessionError::UnexpectedError(CmdError::Standard(error)) => session_refused(engine, words(&error)),
        NewSessionError::UnexpectedError(error) => failed(engine, call, error),
        NewSessionError::Failed(error) => failed(engine, call, CmdError::Failed(error)),
        NewSessionError::FailedC(error) => failed(engine, call, CmdError::FailedC(error)),
        NewSessionError::Lost(error) => failed(engine, call, CmdError::Lost(error)),
        // fantoccini also puts the driver's "unknown error" here.
        NewSessionError::NotW3C(answer) => match (answer["error"].as_str(), answer["message"].as_str()) {
            (Some(_), Some(message)) => session_refused(engine, shortened(message)),
            _ => failed(engine, call, CmdError::NotW3C(answer)),
        },
        NewSessionError::BadWebdriverUrl(error) => {
            BrowserError::Refused { engine, call, words: error.to_string() }
        }
    }
}

fn session_refused(engine: Engine, words: String) -> BrowserError {
    let remedy = remedy(engine, &words);
    BrowserError::SessionRefused { engine, words, remedy, output: Vec::new() }
}

/// What to do about a refusal that is known.
fn remedy(engine: Engine, words: &str) -> Option<String> {
    let text = match engine {
        Engine::Chromium if words.contains("only supports Chrome version") => {
            "The driver is made for another version: install the chromedriver of the browser's version, or name a pair \
             that fits by CORSPROOF_CHROMIUM and CORSPROOF_CHROMEDRIVER."
        }
        Engine::Chromium
            if words.contains("crashed")
                || words.contains("exited")
                || words.contains("DevToolsActivePort") =>
        {
            "The browser ended as soon as it was started: run it by hand with --headless to see why."
        }
        Engine::Firefox if words.contains("protocol version") || words.contains("Marionette") => {
            "The driver is made for another version: cargo install geckodriver --locked brings the current one, or name a \
             pair that fits by CORSPROOF_FIREFOX and CORSPROOF_GECKODRIVER."
        }
        Engine::WebKit if words.contains("match") => {
            "Driver and browser must come from the same version of WebKitGTK: apt-get install --reinstall webkit2gtk-driver."
        }
        _ => return None,
    };
    Some(text.to_owned())
}

/// The driver's words without its stack trace.
fn words(error: &WebDriver) -> String {
    let message = shortened(&error.message);
    if message.is_empty() { error.error.to_string() } else { message }
}

fn shortened(text: &str) -> String {
    const LENGTH: usize = 500;
    let text = text.split("\nStacktrace:").next().unwrap_or_default().trim();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::dead_session(ErrorStatus::InvalidSessionId, "session deleted", true)]
    #[case::dead_browser(ErrorStatus::UnknownError, "disconnected: not connected to DevTools", true)]
    #[case::dead_marionette(ErrorStatus::UnknownError, "Failed to decode response from marionette", true)]
    #[case::dead_mini_browser(ErrorStatus::UnknownError, "", true)]
    #[case::bad_page(ErrorStatus::UnknownError, "net::ERR_EMPTY_RESPONSE", false)]
    #[case::script(ErrorStatus::JavascriptError, "ReferenceError: x is not defined", false)]
    #[case::slow_script(ErrorStatus::ScriptTimeout, "script timeout", true)]
    fn only_death_and_hanging_end_a_session(
        #[case] status: ErrorStatus,
        #[case] words: &str,
        #[case] ends: bool,
    ) {
        let error = refused(Engine::Chromium, "x", &WebDriver::new(status, words.to_owned()));
        assert_eq!(error.ends_session(), ends, "{error}");
    }

    #[test]
    fn a_driver_of_another_version_is_recognised() {
        let words = "session not created: This version of ChromeDriver only supports Chrome version 114\nCurrent \
                     browser version is 156.0.8078.79";
        let message = session_refused(Engine::Chromium, words.to_owned()).to_string();
        assert!(
            message.contains("only supports Chrome version 114")
                && message.contains("install the chromedriver")
        );
    }

    #[test]
    fn words_have_no_stack_trace_and_an_end() {
        assert_eq!(shortened("it broke\nStacktrace:\n#0 0x1"), "it broke");
        assert_eq!(shortened(&"ä".repeat(600)).chars().count(), 503);
    }
}
