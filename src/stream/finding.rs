//! Something that is wrong with a server's policy, and what that rests on.

use std::collections::BTreeSet;

use browsers::Engine;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Kind, Mismatch, Severity},
    evidence::Evidence,
};

/// Something that is wrong with a server's policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What.
    pub finding: Kind,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether the file expects it.
    pub expectation: Expectation,
    /// The path of the policy.
    pub path: String,
    /// The line of its `[[policy]]`, from 1.
    pub line: usize,
    /// The last line of what belongs to it.
    pub last_line: usize,
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
    pub evidence: Option<Evidence>,
}

/// Whether a finding is what the file expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// An `[[expect]]` says so.
    Expected,
    /// The file expects nothing and it is advice: it stands, and the check passes.
    Tolerated,
    /// The check does not pass with it.
    Unexpected,
}

impl Finding {
    pub(super) fn of(finding: &check::Finding, checked: &check::Checked) -> Self {
        let is_unexpected = checked.mismatches.iter().any(|mismatch| {
            matches!(mismatch, Mismatch::Unexpected(kind, severity, path)
                if (*kind, *severity, path) == (finding.kind, finding.severity, &finding.path))
        });
        let policy = checked.file.policies.iter().find(|policy| policy.path == finding.path);
        let (line, last_line) = policy.map_or((1, 1), |policy| (policy.line, policy.last_line));
        Self {
            finding: finding.kind,
            severity: finding.severity,
            expectation: match (is_unexpected, &checked.file.expects) {
                (true, _) => Expectation::Unexpected,
                (false, Some(_)) => Expectation::Expected,
                (false, None) => Expectation::Tolerated,
            },
            path: finding.path.clone(),
            line,
            last_line,
            found: finding.found.clone(),
            means: check::consequence(finding.kind).to_owned(),
            change: check::advice(finding.kind, checked.file.server.framework),
            engines: finding.engines.clone(),
            evidence: finding.evidence.clone(),
        }
    }
}
