//! What the sessions of a run spend their time on.

use std::time::Duration;

use browsers::Engine;
use serde::{Deserialize, Serialize};

use crate::{case::CaseId, milliseconds, words::words};

words! {
    /// What a session can spend its time on.
    pub(crate) Activity {
        /// The driver and the browser start.
        Start = "start",
        /// The browser opens a page.
        Navigation = "navigation",
        /// The page takes its jobs.
        Jobs = "jobs",
        /// The page makes requests, and brings what it saw.
        Requests = "requests",
        /// The engine's console is read.
        Console = "console",
        /// What the engine says or sends late is waited for.
        Waiting = "waiting",
        /// The browser ends.
        End = "end",
        /// A case has its turn on a page, beside others.
        Case = "case",
    }
}

/// A stretch of time that a session spent on something. Those of cases overlap with each other, and with the requests of
/// their page; all others of a session follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Span {
    /// Whose session.
    pub engine: Engine,
    /// Which of the engine's sessions that run side by side, from 1.
    pub session: usize,
    /// What it did.
    pub activity: Activity,
    /// From the beginning of the run, in milliseconds.
    #[serde(rename = "began_ms", with = "milliseconds")]
    #[cfg_attr(feature = "cli", schemars(with = "f64"))]
    pub began: Duration,
    /// How long, in milliseconds.
    #[serde(rename = "duration_ms", with = "milliseconds")]
    #[cfg_attr(feature = "cli", schemars(with = "f64"))]
    pub duration: Duration,
    /// The page that is open, and how many cases share it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<SpanPage>,
    /// The case that has its turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<SpanCase>,
}

/// A page on which time was spent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SpanPage {
    /// Its origin.
    pub origin: String,
    /// How many cases were given to it.
    pub cases: usize,
}

/// A case on which time was spent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SpanCase {
    /// Its identity.
    pub id: CaseId,
    /// How much of the time its frames, workers and controlled pages took to come up, in milliseconds.
    #[serde(rename = "contexts_ms", with = "milliseconds")]
    #[cfg_attr(feature = "cli", schemars(with = "f64"))]
    pub contexts: Duration,
}
