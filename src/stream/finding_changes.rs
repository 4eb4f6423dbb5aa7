//! What changed in the findings from one check to another.

use std::collections::BTreeSet;

use browsers::Engine;
use serde::Serialize;

use super::{FindingKind, Run, Severity};

/// A finding that is new or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct FindingChange {
    /// Whether it is new or gone.
    pub change: Turn,
    /// The policy file.
    pub file: String,
    /// The path of the policy.
    pub path: String,
    /// What.
    pub finding: FindingKind,
    /// How bad it is, or was.
    pub severity: Severity,
    /// The engines in which it is new or gone.
    pub engines: BTreeSet<Engine>,
}

/// The ways in which findings change, the graver first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Turn {
    /// The second run alone has it.
    New,
    /// The first run alone has it.
    Gone,
}

/// The findings that are new or gone, the worst first.
pub(super) fn findings(before: &Run, after: &Run, engines: &[Engine]) -> Vec<FindingChange> {
    let mut changes = Vec::new();
    for (turn, has, lacks) in [(Turn::New, after, before), (Turn::Gone, before, after)] {
        for checked in &has.checks {
            let Some(other) = lacks.checks.iter().find(|other| other.file == checked.file) else { continue };
            for finding in &checked.findings {
                let same = other
                    .findings
                    .iter()
                    .find(|other| (other.kind, &other.path) == (finding.kind, &finding.path));
                let shown = same.map(|same| same.engines.clone()).unwrap_or_default();
                // Of an engine that showed nothing in the other run nothing is known.
                let known = |engine: &&Engine| engines.contains(engine) && other.engines.contains(engine);
                let only: BTreeSet<Engine> =
                    finding.engines.difference(&shown).filter(known).copied().collect();
                if !only.is_empty() {
                    changes.push(FindingChange {
                        change: turn,
                        file: checked.file.clone(),
                        path: finding.path.clone(),
                        finding: finding.kind,
                        severity: finding.severity,
                        engines: only,
                    });
                }
            }
        }
    }
    changes.sort_by_key(|change| (change.change, change.severity, change.finding));
    changes
}
