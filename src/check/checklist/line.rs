//! How a server stands on each point.

use super::{
    basis::{Basis, basis},
    example::example,
    point::{Line, Point, Standing},
};
use crate::{
    case::CaseId,
    check::{examine::Seen, finding::Finding, policy::Policy},
};

/// The checklist of a file: over all its policies.
pub(in crate::check) fn checklist(policies: &[(&Policy, Seen<'_>)], findings: &[Finding]) -> Vec<Line> {
    let line = |point: &Point| {
        let bases: Vec<Basis> = policies.iter().map(|(policy, seen)| basis(*point, policy, seen)).collect();
        let cases: Vec<CaseId> = bases.iter().flat_map(|basis| basis.cases.clone()).collect();
        let worst = findings.iter().filter(|finding| finding.kind.fails(*point)).map(|f| f.severity).min();
        let mut notes: Vec<String> = bases.into_iter().map(|basis| basis.told).collect();
        notes.dedup();
        let standing = match (worst, cases.is_empty()) {
            (Some(severity), _) => Standing::Fails(severity),
            (None, true) => Standing::NotApplicable,
            (None, false) => Standing::Passes,
        };
        // A finding shows what it rests on itself.
        if standing == Standing::Passes {
            notes.extend(policies.iter().find_map(|(_, seen)| example(*point, seen)));
        }
        Line { point: *point, standing, note: notes.join("; "), cases }
    };
    Point::ALL.iter().map(line).collect()
}
