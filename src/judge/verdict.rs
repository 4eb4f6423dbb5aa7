//! The verdict that follows from author, model and browser.

use serde::{Deserialize, Serialize};

/// The verdict on one case in one engine.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// Author, model and browser say the same.
    Agrees,
    /// They do not.
    Differs {
        /// Every field that differs.
        differences: Vec<Difference>,
    },
    /// The engine differs exactly as the case file says it does.
    Known {
        /// Why, with the standard's step.
        note: String,
        /// The engine's bug or what explains it.
        link: String,
        /// The version it was first seen in.
        since: String,
    },
    /// The engine lacks what the case needs.
    NotApplicable {
        /// What, and why.
        why: String,
    },
    /// The harness could not observe.
    Failed {
        /// What went wrong, and where.
        why: String,
    },
}

impl Verdict {
    /// The word of the JSON report.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs { .. } => "differs",
            Self::Known { .. } => "known",
            Self::NotApplicable { .. } => "not-applicable",
            Self::Failed { .. } => "failed",
        }
    }
}

/// Who says something about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Voice {
    /// The case file: what the standard demands.
    Author,
    /// The executable standard.
    Model,
    /// The case file: what this engine is known to do instead.
    Known,
    /// A rule that holds of every case.
    Invariant,
    /// The browser and the servers.
    Browser,
}

/// One field on which two voices differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Difference {
    /// Which: `read`, `reason`, `sent[1].headers.origin`, `steps[0].status`, an invariant's name, ...
    pub field: String,
    /// What was expected.
    pub expected: String,
    /// By whom.
    pub by: Voice,
    /// What was found.
    pub found: String,
    /// With whom.
    pub with: Voice,
}
