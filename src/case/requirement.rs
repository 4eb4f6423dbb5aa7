//! The requirements that cases may say they cover, by their ids: stable, and never given anew.

use serde::{Deserialize, Serialize};

/// A part of the list of requirements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// The subject of the section's requirements.
    pub title: String,
    pub requirements: Vec<Requirement>,
}

/// A rule of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Requirement {
    /// Its id, as `R73`.
    pub id: String,
    /// A name for it, of at most [`LONGEST_TITLE`] characters.
    pub title: String,
    /// Where it stands.
    pub spec: String,
    /// Whether cases can show it.
    #[serde(flatten)]
    pub reach: Reach,
}

/// Whether a requirement can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "reach", content = "why", rename_all = "lowercase")]
pub(crate) enum Reach {
    /// It can.
    Now,
    /// It cannot yet: this has to come first.
    Later(String),
    /// No test in a browser can, for this reason.
    Never(String),
}

/// The longest title that fits a table of 80 columns, in characters.
pub(crate) const LONGEST_TITLE: usize = 44;
