//! The result of one case in one engine.

use std::time::Duration;

use browsers::Engine;
use serde::{Deserialize, Serialize};

use super::ServerAnswer;
use crate::{case::CaseId, judge::Verdict, milliseconds, observation::Observation};

/// What came of one case in one engine.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "CaseResult"))]
pub(crate) struct ResultRecord {
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// What follows.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What the model says.
    pub predicted: Observation,
    /// What was seen; nothing where nothing could be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observation>,
    /// What the servers answered to the requests that were seen, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<ServerAnswer>,
    /// What its requests took, from the call of each to its end, in milliseconds.
    #[serde(rename = "duration_ms", with = "milliseconds")]
    #[cfg_attr(feature = "cli", schemars(with = "f64"))]
    pub duration: Duration,
    /// How often it was started again after a browser died.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retries: u32,
    /// Verdicts that it had before it was tried again; where one of them is another than the last, it is flaky.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Verdict>,
}

impl ResultRecord {
    /// Whether trying again changed the verdict.
    pub(crate) fn is_flaky(&self) -> bool {
        self.earlier.iter().any(|earlier| earlier.word() != self.verdict.word())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
