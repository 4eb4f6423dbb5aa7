//! What is found, as it is found: one finding of a kind, with all that it is about.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;

use super::seen::Seen;
use crate::{
    check::{
        finding::{Finding, Kind, Severity},
        policy::{Policy, PolicyFile},
        wording,
    },
    evidence::Evidence,
    run::CaseResult,
};

/// All findings of a policy.
pub(in crate::check) fn examine(file: &PolicyFile, policy: &Policy, seen: &Seen<'_>) -> Vec<Finding> {
    let mut examiner = Examiner { file, policy, seen, found: BTreeMap::new() };
    examiner.engines();
    examiner.expiry();
    examiner.redirects();
    examiner.stability();
    examiner.readers();
    examiner.strangers();
    examiner.undeclared();
    examiner.errors();
    examiner.answers();
    examiner.max_age();
    examiner.exposed();
    examiner.caches();
    examiner.protocols();
    examiner.findings()
}

/// What is known of one finding so far.
struct Draft {
    severity: Severity,
    subjects: BTreeSet<String>,
    engines: BTreeSet<Engine>,
    evidence: Evidence,
}

/// Looks at what was seen of one policy, and keeps what it finds.
pub(super) struct Examiner<'a> {
    pub(super) file: &'a PolicyFile,
    pub(super) policy: &'a Policy,
    pub(super) seen: &'a Seen<'a>,
    found: BTreeMap<Kind, Draft>,
}

impl Examiner<'_> {
    pub(super) fn report(&mut self, kind: Kind, subject: impl Into<String>, result: &CaseResult) {
        self.report_as(kind, kind.severity(), subject, result);
    }

    pub(super) fn report_as(
        &mut self,
        kind: Kind,
        severity: Severity,
        subject: impl Into<String>,
        result: &CaseResult,
    ) {
        let draft = self.found.entry(kind).or_insert_with(|| Draft {
            severity,
            subjects: BTreeSet::new(),
            engines: BTreeSet::new(),
            evidence: Evidence::of(result),
        });
        // Severities are in order, the worst first.
        if severity < draft.severity {
            draft.severity = severity;
            draft.evidence = Evidence::of(result);
        }
        draft.subjects.insert(subject.into());
        draft.engines.insert(result.engine);
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.found.contains_key(&kind)
    }

    fn findings(self) -> Vec<Finding> {
        let path = &self.policy.path;
        self.found
            .into_iter()
            .map(|(kind, draft)| Finding {
                kind,
                severity: draft.severity,
                path: path.clone(),
                found: wording::found(kind, &draft.subjects),
                engines: draft.engines,
                evidence: Some(draft.evidence),
            })
            .collect()
    }
}
