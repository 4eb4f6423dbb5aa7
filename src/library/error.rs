//! The reasons for which a check has no proof.

use std::io;

use browsers::{NotFound, UnknownEngine};

use super::engines::VARIABLE;
use crate::{
    check::{Complaint, Unobserved, counted},
    run::RunError,
};

/// How many cases that could not be observed are told one by one.
const MOST: usize = 5;

/// Why nothing can be said of a service. None of these is about its CORS.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The policy contradicts itself or holds a value that no browser would send.
    #[error("the policy cannot be meant so:{}", lines(.0))]
    BadPolicy(Vec<Complaint>),
    /// `CORSPROOF_BROWSERS` names an unknown engine.
    #[error("{VARIABLE}: {0}")]
    UnknownEngine(#[source] UnknownEngine),
    /// `CORSPROOF_BROWSERS` selects no engine.
    #[error("no engine is named: a proof needs at least one")]
    NoEngine,
    /// No engine is installed on this machine.
    #[error("no browser can be used:{}", lines(.0))]
    NoBrowser(Vec<NotFound>),
    /// There was no run: one of the engines is not installed, or there is no network for them.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Browsers could not show some of what was asked, so that what they showed may be less than there is.
    #[error("{} could not be observed:{}", counted(.0.len(), "case"), lines(.0))]
    Unobserved(Vec<Unobserved>),
    /// The events could not be written where they were wanted.
    #[error("the events cannot be written: {0}")]
    Events(#[source] io::Error),
}

fn lines(items: &[impl ToString]) -> String {
    let mut text: String = items
        .iter()
        .take(MOST)
        .map(|item| format!("\n- {}", item.to_string().replace('\n', "\n  ")))
        .collect();
    if let Some(rest) = items.len().checked_sub(MOST).filter(|rest| *rest > 0) {
        text.push_str(&format!("\n- and {rest} more"));
    }
    text
}
