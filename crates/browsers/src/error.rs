//! What can go wrong between the harness and a browser.

use std::{io, path::PathBuf, time::Duration};

use super::{Engine, NotFound};

/// Why a browser could not do what it was asked. None of these says anything about CORS.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The browser or its driver is not installed.
    #[error(transparent)]
    NotInstalled(#[from] NotFound),

    /// The driver did not come up.
    #[error("{} did not start: {why}{}", driver.display(), quoted(output))]
    DriverNotStarted {
        /// The program.
        driver: PathBuf,
        /// What happened.
        why: String,
        /// The last lines that it wrote.
        output: Vec<String>,
    },

    /// The X server for WebKitGTK did not come up.
    #[error("Xvfb did not start: {why}{}", quoted(output))]
    NoDisplay {
        /// What happened.
        why: String,
        /// The last lines that it wrote.
        output: Vec<String>,
    },

    /// No folder for the profile.
    #[error("no temporary folder for the browser's profile could be made: {0}")]
    NoProfile(#[source] io::Error),

    /// Nothing that can be used answers at the URL of a driver that should run already.
    #[error("no WebDriver is ready at {url}: {why}")]
    NoDriver {
        /// The URL.
        url: String,
        /// What happened.
        why: String,
    },

    /// The driver would not make a session.
    #[error("the driver of {engine} made no session: {words}{}{}", remedy_line(remedy.as_deref()), quoted(output))]
    SessionRefused {
        /// The engine.
        engine: Engine,
        /// The driver's words.
        words: String,
        /// What to do, where that is known.
        remedy: Option<String>,
        /// The last lines that the driver wrote, if it is ours.
        output: Vec<String>,
    },

    /// What answers is no WebDriver.
    #[error("the driver of {engine} gave an answer to '{call}' that is not WebDriver's: {answer}")]
    Nonsense {
        /// The engine.
        engine: Engine,
        /// The call.
        call: &'static str,
        /// What it said.
        answer: String,
    },

    /// The driver or the browser is gone.
    #[error("{engine} or its driver died at '{call}': {words}")]
    Gone {
        /// The engine.
        engine: Engine,
        /// The call.
        call: &'static str,
        /// What was seen of it.
        words: String,
    },

    /// A call did not end. The session cannot be used any more.
    #[error("the driver of {engine} did not answer '{call}' within {} s{}", limit.as_secs_f32(), quoted(output))]
    TimedOut {
        /// The engine.
        engine: Engine,
        /// The call.
        call: &'static str,
        /// How long it had.
        limit: Duration,
        /// The last lines that the driver wrote, if it is ours and the session was never there.
        output: Vec<String>,
    },

    /// The page could not be opened.
    #[error("{engine} could not open {url}: {words}")]
    Navigation {
        /// The engine.
        engine: Engine,
        /// The page.
        url: String,
        /// The driver's words.
        words: String,
    },

    /// The driver waited in vain for the page or for a script inside it: the page, or the whole browser, hangs.
    #[error("the page does not get on in {engine}: {words}")]
    Stuck {
        /// The engine.
        engine: Engine,
        /// The driver's words.
        words: String,
    },

    /// The script inside the page threw.
    #[error("the script inside the page failed in {engine}: {words}")]
    Script {
        /// The engine.
        engine: Engine,
        /// The driver's words.
        words: String,
    },

    /// The driver refused a call for another reason.
    #[error("the driver of {engine} refused '{call}': {words}")]
    Refused {
        /// The engine.
        engine: Engine,
        /// The call.
        call: &'static str,
        /// The driver's words.
        words: String,
    },
}

impl BrowserError {
    /// Whether the session is lost, or of no more use: what was not finished has to be tried in a new browser.
    pub fn ends_session(&self) -> bool {
        !matches!(self, Self::Navigation { .. } | Self::Script { .. } | Self::Refused { .. })
    }

    /// Whether another attempt may fare better: a browser that is not there will not be there then either.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::NotInstalled(_) | Self::NoProfile(_))
    }
}

/// The last lines of a program, indented below the message.
fn quoted(output: &[String]) -> String {
    output.iter().map(|line| format!("\n  | {line}")).collect()
}

fn remedy_line(remedy: Option<&str>) -> String {
    remedy.map(|remedy| format!("\n{remedy}")).unwrap_or_default()
}
