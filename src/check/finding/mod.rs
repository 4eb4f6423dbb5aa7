//! What is wrong with a server's policy.
//!
//! A [`Finding`] is of a [`Kind`]; the list of kinds names for each the [`row`] that holds all there is to say of it:
//! how bad it is, which points of the checklist it fails, what was found, what that means and what to change. Rows
//! stand in a file for each thing that findings are about.

mod caches;
mod consistency;
mod credentials;
mod disguises;
mod grants;
mod kind;
mod preflight;
mod readers;
mod redirects;
mod row;
mod strangers;

use std::collections::BTreeSet;

use browsers::Engine;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;

pub use kind::Kind;
pub use row::Severity;

pub(super) use row::Subjects;

/// Something that is wrong with a server's policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// What.
    #[serde(rename = "finding")]
    pub kind: Kind,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether the file expects it.
    pub(crate) expectation: Expectedness,
    /// The path of the policy.
    pub path: String,
    /// The line of its `[[policy]]`, from 1.
    pub(crate) line: usize,
    /// The last line of what belongs to it.
    pub(crate) last_line: usize,
    /// What was found, in a sentence or two.
    pub found: String,
    /// What somebody would see of it.
    pub means: String,
    /// What to change.
    pub change: String,
    /// In which engines it shows.
    pub engines: BTreeSet<Engine>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) evidence: Option<Evidence>,
}

/// Whether a finding is what the file expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Expectation"))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Expectedness {
    /// An `[[expect]]` says so.
    Expected,
    /// The file expects nothing and it is advice: it stands, and the check passes.
    Tolerated,
    /// The check does not pass with it.
    Unexpected,
}
