//! The events of a run. Every report is a function of them.

use std::{sync::Arc, time::Duration};

use browsers::Engine;
use corsproof_fixture::{Exchange, Token};
use serde::{Deserialize, Serialize};

use super::{limits::Stopped, span::Span};
use crate::{
    case::{Case, CaseId},
    judge::Verdict,
    observation::Observation,
};

/// An event of a run, in the order in which they happen.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The run begins: which cases are selected, which engines were asked for.
    Started { cases: Vec<Arc<Case>>, engines: Vec<Engine> },
    /// An engine's browser is up.
    EngineStarted(EngineInfo),
    /// An engine could not be had or gave up; its remaining cases are `failed` events of their own.
    EngineFailed {
        engine: Engine,
        /// The cause, and what to do about it.
        why: String,
    },
    /// Something a person should know that is no verdict (a retry, `--no-sandbox`, a refused host).
    Note {
        /// The engine that the remark is about; `None`: the whole run.
        engine: Option<Engine>,
        text: String,
    },
    /// A case has its verdict in one engine.
    CaseFinished(Box<CaseResult>),
    /// A session has spent time on something.
    Spent(Span),
    /// All cases of an engine are done.
    EngineFinished {
        engine: Engine,
        /// The time from the start of the browser to the last result.
        duration: Duration,
    },
    /// The run is over; no event follows.
    Finished {
        /// How many results have each verdict.
        totals: Totals,
        /// The time from the first event to this one.
        duration: Duration,
        /// Requests for hosts that no case names, refused (the browsers' own background traffic).
        refused: u64,
        /// Why it ended before all cases ran, if it did.
        stopped: Option<Stopped>,
    },
}

/// A browser that runs.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct EngineInfo {
    /// Which engine.
    pub engine: Engine,
    /// The browser's version, as it says itself.
    pub version: String,
}

/// The verdict on one case in one engine, with everything that it rests on.
#[derive(Clone, Debug)]
pub(crate) struct CaseResult {
    pub case: Arc<Case>,
    pub engine: Engine,
    pub verdict: Verdict,
    /// The observation that the model predicts.
    pub predicted: Observation,
    /// The observation; `None` where the harness could not make one.
    pub observed: Option<Observation>,
    /// The time that the requests of the case took, each from its call to its end.
    pub duration: Duration,
    /// How often it was started again after a browser died.
    pub retries: u32,
    /// The verdicts it had before it was tried again, in order.
    pub earlier: Vec<Verdict>,
    /// The exchanges with the servers, in which the case's token still stands.
    pub log: Vec<Exchange>,
    /// The token that marked the case's requests; `None` where no page was asked to make any.
    pub token: Option<Token>,
}

impl CaseResult {
    pub(crate) fn id(&self) -> &CaseId {
        &self.case.id
    }
}

/// How many of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Totals {
    /// See [`Verdict::Agrees`].
    pub agrees: usize,
    /// See [`Verdict::Differs`].
    pub differs: usize,
    /// See [`Verdict::Known`].
    pub known: usize,
    /// See [`Verdict::NotApplicable`].
    pub not_applicable: usize,
    /// See [`Verdict::Failed`].
    pub failed: usize,
}

impl Totals {
    pub(crate) fn count(&mut self, verdict: &Verdict) {
        let field = match verdict {
            Verdict::Agrees => &mut self.agrees,
            Verdict::Differs { .. } => &mut self.differs,
            Verdict::Known { .. } => &mut self.known,
            Verdict::NotApplicable { .. } => &mut self.not_applicable,
            Verdict::Failed { .. } => &mut self.failed,
        };
        *field += 1;
    }
}

impl Totals {
    #[must_use]
    pub(crate) fn plus(self, other: &Self) -> Self {
        Self {
            agrees: self.agrees + other.agrees,
            differs: self.differs + other.differs,
            known: self.known + other.known,
            not_applicable: self.not_applicable + other.not_applicable,
            failed: self.failed + other.failed,
        }
    }
}
