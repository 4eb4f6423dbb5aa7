//! The standing of a server on each point.

use serde::{Deserialize, Serialize};

use super::{
    basis::{Basis, basis, counted},
    example::example,
    point::Point,
};
use crate::{
    case::CaseId,
    check::{
        examination::PolicyResults,
        finding::{Finding, Severity},
        policy::Policy,
    },
    words::words,
};

words! {
    /// How a server stands on a point, the worst first.
    #[non_exhaustive]
    pub Standing {
        /// Users are locked out.
        Broken = "broken",
        /// Strangers can read.
        Unsafe = "unsafe",
        /// There is advice; nobody is hurt yet.
        Advice = "advice",
        /// It meets it.
        Pass = "pass",
        /// Not all that it rests on could be observed.
        Unknown = "unknown",
        /// The point does not apply.
        NotApplicable = "not-applicable",
    }
}

impl Standing {
    /// On a point with a finding as bad as this.
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Broken => Self::Broken,
            Severity::Unsafe => Self::Unsafe,
            Severity::Advice => Self::Advice,
        }
    }
}

/// A point of the checklist, and how the server stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckedPoint {
    /// Which.
    pub point: Point,
    /// What it demands.
    pub title: String,
    /// How the server stands on it.
    pub standing: Standing,
    /// What that rests on, in a few words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The cases it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) cases: Vec<CaseId>,
}

/// The checklist of a file: over all its policies.
pub(in crate::check) fn checklist(
    policies: &[(&Policy, PolicyResults<'_>)],
    findings: &[Finding],
) -> Vec<CheckedPoint> {
    let checked = |point: &Point| {
        let bases: Vec<Basis> =
            policies.iter().map(|(policy, results)| basis(*point, policy, results)).collect();
        let cases: Vec<CaseId> = bases.iter().flat_map(|basis| basis.cases.clone()).collect();
        let failing = findings.iter().filter(|finding| finding.kind.fails(*point));
        let worst = failing.map(|finding| finding.severity).min();
        let mut notes: Vec<String> = bases.into_iter().map(|basis| basis.note).collect();
        notes.dedup();
        let unknown: usize = policies.iter().map(|(_, results)| results.unknown_about(*point)).sum();
        let standing = match (worst, cases.is_empty()) {
            (Some(severity), _) => Standing::of(severity),
            (None, _) if unknown > 0 => Standing::Unknown,
            (None, true) => Standing::NotApplicable,
            (None, false) => Standing::Pass,
        };
        if standing == Standing::Unknown {
            notes = vec![format!("{} could not be observed", counted(unknown, "case"))];
        }
        // A finding shows what it rests on itself.
        if standing == Standing::Pass {
            notes.extend(policies.iter().find_map(|(_, results)| example(*point, results)));
        }
        CheckedPoint {
            point: *point,
            title: point.title().to_owned(),
            standing,
            note: notes.join("; "),
            cases,
        }
    };
    Point::ALL.iter().map(checked).collect()
}
