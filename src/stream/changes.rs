//! What changed from one run to another.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;
use serde::Serialize;

use super::{
    FindingChange, ResultRecord, Run,
    finding_changes::findings,
    merge::{groups, worst},
};
use crate::{
    case::CaseId,
    observation::{GivenReason, StepOutcome},
};

/// All that changed, and between what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Changes {
    /// The engines that both runs have.
    pub engines: Vec<Versions>,
    /// Engines that only the first run has.
    pub only_before: Vec<Engine>,
    /// Engines that only the second run has.
    pub only_after: Vec<Engine>,
    /// What changed, the gravest first.
    pub changes: Vec<Change>,
    /// Findings of checks that one of them has and the other has not, of policy files that both checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingChange>,
    /// How many results were held against each other.
    pub compared: usize,
}

/// An engine in both runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Versions {
    /// Which.
    pub engine: Engine,
    /// Its version in the first run.
    pub before: Option<String>,
    /// Its version in the second.
    pub after: Option<String>,
}

/// The kinds of change, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Kind"))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ChangeKind {
    /// A script can read what it could not read.
    NewlyReadable,
    /// A script cannot read what it could.
    NewlyBlocked,
    /// A script can read as little as before, and for another reason.
    NewReason,
    /// The verdict is another.
    VerdictChanged,
    /// A case that the first run had not.
    NewCase,
    /// A case that the second run has not.
    GoneCase,
}

impl ChangeKind {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 6] = [
        Self::NewlyReadable,
        Self::NewlyBlocked,
        Self::NewReason,
        Self::VerdictChanged,
        Self::NewCase,
        Self::GoneCase,
    ];

    /// In words.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::NewlyReadable => "newly readable",
            Self::NewlyBlocked => "newly blocked",
            Self::NewReason => "new reason",
            Self::VerdictChanged => "another verdict",
            Self::NewCase => "new case",
            Self::GoneCase => "gone case",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Change {
    /// What kind of change it is, the gravest of those it is.
    pub kind: ChangeKind,
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// How it was; nothing for a new case.
    pub before: Option<CaseState>,
    /// How it is; nothing for a case that is gone.
    pub after: Option<CaseState>,
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "State"))]
pub(crate) struct CaseState {
    /// The word of the verdict.
    pub verdict: &'static str,
    /// What a script could read, step by step; empty where nothing could be observed.
    pub reads: Vec<SeenRead>,
}

/// What a script could read in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SeenRead {
    /// `allowed`, `opaque` or `blocked`.
    pub read: &'static str,
    /// Why it was blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

impl CaseState {
    fn of(result: &ResultRecord) -> Self {
        let steps = result.observed.iter().flat_map(|observed| &observed.steps);
        Self { verdict: result.verdict.word(), reads: steps.map(SeenRead::of).collect() }
    }
}

impl SeenRead {
    fn of(outcome: &StepOutcome) -> Self {
        Self { read: outcome.read.word(), reason: outcome.reason.map(GivenReason::word) }
    }

    /// Whether a script could read more than that there is an answer.
    fn is_readable(&self) -> bool {
        self.read == "allowed"
    }
}

impl Changes {
    /// What changed from `before` to `after`. A case that was repeated counts by its worst result; an engine that
    /// only one of them has is told, and its cases are not.
    pub(crate) fn between(before: &Run, after: &Run) -> Self {
        let ran = |run: &Run| run.results.iter().map(|result| result.engine).collect::<BTreeSet<_>>();
        let (engines_before, engines_after) = (ran(before), ran(after));
        let both: Vec<Engine> = engines_before.intersection(&engines_after).copied().collect();
        let (old, new) = (states(before, &both), states(after, &both));
        let mut changes: Vec<Change> = Vec::new();
        for ((case, engine), before) in &old {
            let after = new.get(&(case.clone(), *engine));
            let kind = after.map_or(Some(ChangeKind::GoneCase), |after| kind(before, after));
            changes.extend(kind.map(|kind| Change {
                kind,
                case: case.clone(),
                engine: *engine,
                before: Some(before.clone()),
                after: after.cloned(),
            }));
        }
        for ((case, engine), after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            let (case, engine, after) = (case.clone(), *engine, Some(after.clone()));
            changes.push(Change { kind: ChangeKind::NewCase, case, engine, before: None, after });
        }
        changes.sort_by(|one, other| {
            (one.kind, &one.case, one.engine).cmp(&(other.kind, &other.case, other.engine))
        });
        let version =
            |run: &Run, engine| run.engines.get(&engine).and_then(|of_engine| of_engine.version.clone());
        let versions = |engine: &Engine| Versions {
            engine: *engine,
            before: version(before, *engine),
            after: version(after, *engine),
        };
        Self {
            engines: both.iter().map(versions).collect(),
            only_before: engines_before.difference(&engines_after).copied().collect(),
            only_after: engines_after.difference(&engines_before).copied().collect(),
            compared: old.keys().filter(|key| new.contains_key(*key)).count(),
            findings: findings(before, after, &both),
            changes,
        }
    }

    /// Whether nothing changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.findings.is_empty()
    }
}

fn states(run: &Run, engines: &[Engine]) -> BTreeMap<(CaseId, Engine), CaseState> {
    let groups = groups(run).into_iter().filter(|((_, engine), _)| engines.contains(engine));
    groups.map(|(key, results)| (key, CaseState::of(worst(&results)))).collect()
}

/// The gravest thing that changed, if anything did.
fn kind(before: &CaseState, after: &CaseState) -> Option<ChangeKind> {
    let pairs = || before.reads.iter().zip(&after.reads);
    if pairs().any(|(before, after)| !before.is_readable() && after.is_readable()) {
        Some(ChangeKind::NewlyReadable)
    } else if pairs().any(|(before, after)| before.is_readable() && !after.is_readable()) {
        Some(ChangeKind::NewlyBlocked)
    } else if pairs().any(|(before, after)| before != after) {
        Some(ChangeKind::NewReason)
    } else if before.verdict != after.verdict || before.reads.len() != after.reads.len() {
        Some(ChangeKind::VerdictChanged)
    } else {
        None
    }
}
