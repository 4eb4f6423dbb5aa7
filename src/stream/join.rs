//! Checks of one policy file in several runs, as one: of different engines, or again in the same.

use std::collections::BTreeSet;

use super::{CheckedFile, CheckedPoint, Expectedness, Finding};

/// The check of a file, and the run it comes from.
pub(super) struct NamedCheck<'a> {
    /// The name of the run that holds the check.
    pub(super) from: &'a str,
    pub(super) checked: &'a CheckedFile,
}

/// Puts `more` into `checked`, and says where the two do not say the same of an engine that both have. What is wrong
/// in one of them counts.
pub(super) fn join(checked: &mut CheckedFile, before: &str, more: &NamedCheck<'_>) -> Vec<String> {
    let NamedCheck { from, checked: more } = more;
    let mut conflicts = Vec::new();
    match (&checked.no_server, &more.no_server) {
        (_, Some(_)) => {
            if checked.no_server.is_none() {
                conflicts.push(format!("{}: there was no server in {from}; {before} counts", checked.file));
            }
            return conflicts;
        }
        (Some(_), None) => {
            conflicts.push(format!("{}: there was no server in {before}; {from} counts", checked.file));
            (*more).clone_into(checked);
            return conflicts;
        }
        (None, None) => {}
    }
    let both: BTreeSet<_> = checked.engines.intersection(&more.engines).copied().collect();
    for (has, lacks, one, other) in [(before, *from, &*checked, *more), (from, before, *more, &*checked)] {
        for finding in one.findings.iter().filter(|finding| !finding.engines.is_disjoint(&both)) {
            if !other.findings.iter().any(|known| is_same(known, finding)) {
                let (file, word) = (&one.file, finding.kind.word());
                conflicts.push(format!(
                    "{file}: {word} of {} in {has} and not in {lacks}; it counts",
                    finding.path
                ));
            }
        }
    }
    for finding in &more.findings {
        match checked.findings.iter_mut().find(|known| is_same(known, finding)) {
            Some(known) => join_finding(known, finding),
            None => checked.findings.push(finding.clone()),
        }
    }
    checked.findings.sort_by_key(|finding| (finding.severity, finding.kind));
    for (point, other) in checked.checklist.iter_mut().zip(&more.checklist) {
        join_point(point, other);
    }
    checked.cases = checked.cases.max(more.cases);
    checked.vanished.retain(|vanished| more.vanished.contains(vanished));
    for unobserved in &more.unobserved {
        if !checked.unobserved.contains(unobserved) {
            checked.unobserved.push(unobserved.clone());
        }
    }
    checked.engines.extend(more.engines.iter().copied());
    conflicts
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    (one.kind, &one.path) == (other.kind, &other.path)
}

/// Of one finding in two runs the graver is told, for all the engines that show it.
fn join_finding(known: &mut Finding, more: &Finding) {
    let mut engines = known.engines.clone();
    engines.extend(more.engines.iter().copied());
    let is_graver = (more.severity, more.expectation == Expectedness::Expected)
        < (known.severity, known.expectation == Expectedness::Expected);
    if is_graver {
        *known = more.clone();
    }
    known.engines = engines;
}

fn join_point(point: &mut CheckedPoint, other: &CheckedPoint) {
    // Standings are in order, the worst first.
    point.standing = point.standing.min(other.standing);
    if point.note != other.note {
        point.note = [point.note.as_str(), other.note.as_str()]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
    }
    for case in &other.cases {
        if !point.cases.contains(case) {
            point.cases.push(case.clone());
        }
    }
}
