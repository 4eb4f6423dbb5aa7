//! A case on its way through a session, and what comes of it.

use std::{sync::Arc, time::Duration};

use corsproof_fixture::{Exchange, Token};

use super::plan::{PORTION, Unfinished};
use crate::{
    case::Case,
    observation::{Observation, StepOutcome},
};

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// No page was asked to run it.
    NotBegun,
    /// A page runs some of its steps now: a browser that is lost may be lost because of this case.
    UnderWay,
    /// Some of its steps have outcomes, and the others wait for another page.
    BetweenPages,
    /// It was told to the collector.
    Done,
}

/// A case that a session is to bring to its end, with what is known so far.
#[derive(Clone, Debug)]
pub(super) struct RunningCase {
    pub case: Arc<Case>,
    pub token: Token,
    pub outcomes: Vec<StepOutcome>,
    pub stage: Stage,
    /// The time that the requests of the case took so far.
    pub duration: Duration,
    /// How often it was started again.
    pub retries: u32,
    /// How much work its page may be given. Each loss makes that less, until the case that causes the loss is alone.
    pub portion: usize,
    /// How often a browser or a page was lost while it was under way alone.
    pub lost_alone: u32,
}

impl RunningCase {
    pub(super) fn new(case: Arc<Case>, token: Token) -> Self {
        Self {
            case,
            token,
            outcomes: Vec::new(),
            stage: Stage::NotBegun,
            duration: Duration::ZERO,
            retries: 0,
            portion: PORTION,
            lost_alone: 0,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Forgets what was observed of it: it begins anew, with requests that are told apart from the former ones.
    pub(super) fn start_again(&mut self, token: Token) {
        *self = Self {
            retries: self.retries + 1,
            portion: self.portion,
            lost_alone: self.lost_alone,
            ..Self::new(Arc::clone(&self.case), token)
        };
    }

    /// What the plan of the next visits needs to know of it, as the `index`th one of a list; `None` once it is done.
    pub(super) fn unfinished(&self, index: usize) -> Option<Unfinished<'_>> {
        let Self { case, outcomes, portion, .. } = self;
        (!self.is_done()).then_some(Unfinished { index, case, next: outcomes.len(), portion: *portion })
    }
}

/// A case with its observation, or with the reason why there is none.
pub(super) struct FinishedCase {
    pub case: Arc<Case>,
    /// The token that marked the case's requests.
    pub token: Token,
    /// The exchanges between browser and servers that bear the token.
    pub log: Vec<Exchange>,
    pub result: Result<Observation, NotObserved>,
    pub duration: Duration,
    pub retries: u32,
}

/// Why a case was not observed.
pub(super) enum NotObserved {
    /// The engine lacks what the case needs.
    NotApplicable(String),
    /// The harness failed: a browser died, a page did not answer.
    Failed(String),
}
