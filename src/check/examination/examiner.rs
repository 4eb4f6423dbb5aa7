//! The examiner, which collects findings: one for each kind, with everything that it is about.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;

use super::policy_results::PolicyResults;
use crate::{
    check::{
        expectations::Expectations,
        finding::{Finding, Kind, Severity, Subjects},
        policy::{Policy, PolicyFile},
    },
    evidence::Evidence,
    run::CaseResult,
};

/// Every finding about one policy of a file.
pub(in crate::check) fn examine(
    file: &PolicyFile,
    policy: &Policy,
    results: &PolicyResults<'_>,
    expectations: &Expectations<'_>,
) -> Vec<Finding> {
    let mut examiner = Examiner { file, policy, results, drafts: BTreeMap::new() };
    examiner.engines();
    examiner.expiry();
    examiner.redirects();
    examiner.stability();
    examiner.turns();
    examiner.substance();
    examiner.readers();
    examiner.without_origin();
    examiner.silence_without_origin();
    examiner.strangers();
    examiner.undeclared();
    examiner.errors();
    examiner.answers();
    examiner.max_age();
    examiner.exposed();
    examiner.caches();
    examiner.protocols();
    examiner.blocked_reads();
    examiner.findings(expectations)
}

/// A finding whose engines and notes are still being collected.
struct Draft {
    severity: Severity,
    subjects: Subjects,
    engines: BTreeSet<Engine>,
    evidence: Evidence,
}

/// Looks at the results of one policy, and keeps what it finds.
pub(super) struct Examiner<'a> {
    pub(super) file: &'a PolicyFile,
    pub(super) policy: &'a Policy,
    pub(super) results: &'a PolicyResults<'a>,
    drafts: BTreeMap<Kind, Draft>,
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
        let draft = self.drafts.entry(kind).or_insert_with(|| Draft {
            severity,
            subjects: Subjects::default(),
            engines: BTreeSet::new(),
            evidence: Evidence::of(result),
        });
        // Severities are in order, the worst first.
        if severity < draft.severity {
            draft.severity = severity;
            draft.evidence = Evidence::of(result);
        }
        draft.subjects.add(subject.into());
        draft.engines.insert(result.engine);
    }

    /// Whether something is found for which declared pages cannot read in an engine.
    pub(super) fn is_broken_in(&self, engine: Engine) -> bool {
        let is_broken = |draft: &Draft| draft.severity == Severity::Broken && draft.engines.contains(&engine);
        self.drafts.values().any(is_broken)
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.drafts.contains_key(&kind)
    }

    fn findings(self, expectations: &Expectations<'_>) -> Vec<Finding> {
        let Policy { path, line, last_line, .. } = self.policy;
        let framework = self.file.server.framework;
        let finding = |(kind, draft): (Kind, Draft)| Finding {
            kind,
            severity: draft.severity,
            expectation: expectations.of(kind, draft.severity, path, &draft.engines),
            path: path.clone(),
            line: *line,
            last_line: *last_line,
            found: kind.found(&draft.subjects),
            means: kind.consequence().to_owned(),
            change: kind.advice(framework),
            engines: draft.engines,
            evidence: Some(draft.evidence),
        };
        self.drafts.into_iter().map(finding).collect()
    }
}
