//! What a run tells while it goes on. Every report is a function of these.

use std::{sync::Arc, time::Duration};

use browsers::Engine;
use corsproof_fixture::{Exchange, Token};
use serde::{Deserialize, Serialize};

use super::limits::Stopped;
use crate::{
    case::{Case, CaseId},
    judge::Verdict,
    observation::Observation,
};

/// Something that happened, in order.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The run begins: which cases are selected, which engines were asked for.
    Started {
        /// The cases.
        cases: Vec<Arc<Case>>,
        /// The engines.
        engines: Vec<Engine>,
    },
    /// An engine's browser is up.
    EngineStarted(EngineInfo),
    /// An engine could not be had or gave up; its remaining cases are `failed` events of their own.
    EngineFailed {
        /// Which.
        engine: Engine,
        /// Why, and what to do.
        why: String,
    },
    /// Something a person should know that is no verdict (a retry, `--no-sandbox`, a refused host).
    Note {
        /// Which engine it is about, if one.
        engine: Option<Engine>,
        /// What.
        text: String,
    },
    /// A case has its verdict.
    CaseFinished(Box<CaseResult>),
    /// An engine is done.
    EngineFinished {
        /// Which.
        engine: Engine,
        /// How long it took, start of the browser included.
        duration: Duration,
    },
    /// The run is over.
    Finished {
        /// How many of each verdict.
        totals: Totals,
        /// How long it took.
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

/// What came of one case in one engine.
#[derive(Clone, Debug)]
pub(crate) struct CaseResult {
    /// The case.
    pub case: Arc<Case>,
    /// The engine.
    pub engine: Engine,
    /// What follows.
    pub verdict: Verdict,
    /// What the model says.
    pub predicted: Observation,
    /// What was seen; `None` where nothing could be.
    pub observed: Option<Observation>,
    /// What its requests took, from the call of each to its end.
    pub duration: Duration,
    /// How often it was started again after a browser died.
    pub retries: u32,
    /// The verdicts it had before it was tried again, in order.
    pub earlier: Vec<Verdict>,
    /// What reached its servers, and what they answered; with the case's token.
    pub log: Vec<Exchange>,
    /// What marked its requests; `None` where nothing was asked.
    pub token: Option<Token>,
}

impl CaseResult {
    /// The case's identity.
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
    /// Counts one more.
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
    /// The sum of both.
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
