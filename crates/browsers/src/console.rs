//! What an engine writes to its console.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

use super::{BrowserError, bidi::Listener, session::Session};

/// A message, verbatim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleMessage {
    /// The engine's words.
    pub text: String,
    /// Where they come from, as the engine says: in Chromium `javascript`, `worker`, `network`, ...; in Firefox
    /// `javascript` or `console`.
    pub source: String,
    /// How grave it is.
    pub level: Level,
}

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Chromium's `SEVERE`, Firefox's `error`.
    Error,
    /// `WARNING`, `warn`.
    Warning,
    /// All others.
    Info,
}

impl Level {
    pub(super) fn parse(text: &str) -> Self {
        match text {
            "SEVERE" | "error" => Self::Error,
            "WARNING" | "warn" => Self::Warning,
            _ => Self::Info,
        }
    }
}

/// How an engine's console is read.
#[derive(Debug)]
pub(super) enum Console {
    /// By chromedriver's log of the session.
    Log,
    /// By WebDriver BiDi.
    Events(Listener),
    /// Not at all.
    Silent,
}

impl Console {
    /// The messages since the last call.
    pub(super) async fn take(&mut self, session: &mut Session) -> Result<Vec<ConsoleMessage>, BrowserError> {
        match self {
            Self::Log => {
                let answer = session.issue("se/log", BrowserLog).await?;
                Ok(answer.as_array().into_iter().flatten().filter_map(of_log_entry).collect())
            }
            Self::Events(listener) => listener.take().await,
            Self::Silent => Ok(Vec::new()),
        }
    }
}

fn of_log_entry(entry: &Value) -> Option<ConsoleMessage> {
    Some(ConsoleMessage {
        text: entry["message"].as_str()?.to_owned(),
        source: entry["source"].as_str().unwrap_or_default().to_owned(),
        level: Level::parse(entry["level"].as_str().unwrap_or_default()),
    })
}

/// Chromedriver's own command: gives what the capability `goog:loggingPrefs` asked for, once.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
