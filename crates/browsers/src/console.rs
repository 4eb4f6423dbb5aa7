//! What an engine writes to its console.

use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

use super::{BrowserError, Engine, bidi::Listener, row::ConsoleSource, session::Session};

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

/// The console of a session.
#[derive(Debug)]
pub(super) enum Console {
    /// Chromedriver's log of it.
    Log,
    /// The events of WebDriver BiDi.
    Events(Listener),
    /// None that can be read.
    Silent,
}

impl Console {
    /// As the engine's row says it is read.
    pub(super) async fn open(
        engine: Engine,
        session: &Session,
        limit: Duration,
    ) -> Result<Self, BrowserError> {
        match engine.row().session.console {
            ConsoleSource::Log => Ok(Self::Log),
            ConsoleSource::Bidi => match session.capability("webSocketUrl").and_then(Value::as_str) {
                Some(socket) => Listener::start(engine, socket, limit).await.map(Self::Events),
                None => Ok(Self::Silent),
            },
            ConsoleSource::None => Ok(Self::Silent),
        }
    }

    /// Why it cannot be read, where the engine's could.
    pub(super) fn note(&self, engine: Engine) -> Option<String> {
        match (self, engine.row().session.console) {
            (Self::Silent, ConsoleSource::Bidi) => {
                Some(format!("{}'s console cannot be read: its driver gives no webSocketUrl", engine.title()))
            }
            _ => None,
        }
    }

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
