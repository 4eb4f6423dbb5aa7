//! What is said of one file in the end.

use std::collections::BTreeSet;

use browsers::Engine;

use super::{
    cases::Probe,
    checklist::{Line, checklist},
    examine::{Seen, examine},
    finding::{Finding, Kind, Severity},
    policy::{Expect, PolicyFile},
    server::NoServer,
};
use crate::{case::CaseId, judge::Verdict, run::CaseResult};

/// What came of one file.
#[derive(Debug)]
pub struct Checked {
    /// The file.
    pub file: PolicyFile,
    /// Why there was no server, if there was none: then all else is empty.
    pub no_server: Option<NoServer>,
    /// What is wrong, the worst first.
    pub findings: Vec<Finding>,
    /// The ten points.
    pub checklist: Vec<Line>,
    /// Where the findings are not those that the file expects.
    pub mismatches: Vec<Mismatch>,
    /// Cases of which nothing is known.
    pub unobserved: Vec<Unobserved>,
    /// Cases that an engine cannot show: which engine, how many, and why.
    pub not_applicable: BTreeSet<(Engine, String)>,
    /// How many cases there were.
    pub cases: usize,
    /// The engines that showed something.
    pub engines: BTreeSet<Engine>,
}

/// A difference between what is found and what the file expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// It is found, and no `[[expect]]` says so.
    Unexpected(Kind, Severity, String),
    /// An `[[expect]]` says so, and it is not found.
    Vanished(Expect),
}

/// A case of which nothing is known.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{case} in {engine}: {why}")]
pub struct Unobserved {
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// What went wrong.
    pub why: String,
}

impl Checked {
    pub(super) fn without_server(file: PolicyFile, error: NoServer) -> Self {
        Self {
            file,
            no_server: Some(error),
            findings: Vec::new(),
            checklist: Vec::new(),
            mismatches: Vec::new(),
            unobserved: Vec::new(),
            not_applicable: BTreeSet::new(),
            cases: 0,
            engines: BTreeSet::new(),
        }
    }

    pub(super) fn of(file: PolicyFile, probes: &[Probe], results: &[CaseResult]) -> Self {
        let seen: Vec<Seen<'_>> =
            (0..file.policies.len()).map(|index| Seen::new(index, probes, results)).collect();
        let mut findings: Vec<Finding> =
            file.policies.iter().zip(&seen).flat_map(|(policy, seen)| examine(&file, policy, seen)).collect();
        findings.sort_by_key(|finding| (finding.severity, finding.kind));
        let policies: Vec<_> = file.policies.iter().zip(seen).collect();
        let checklist = checklist(&policies, &findings);
        let ids: BTreeSet<&CaseId> = probes.iter().map(|probe| &probe.case.id).collect();
        let own: Vec<&CaseResult> = results.iter().filter(|result| ids.contains(&result.case.id)).collect();
        let engines: BTreeSet<Engine> =
            own.iter().filter(|result| result.observed.is_some()).map(|result| result.engine).collect();
        Self {
            mismatches: mismatches(&file, &findings, &engines),
            unobserved: own.iter().filter_map(|result| unobserved(result)).collect(),
            not_applicable: own.iter().filter_map(|result| not_applicable(result)).collect(),
            engines,
            file,
            no_server: None,
            findings,
            checklist,
            cases: probes.len(),
        }
    }

    /// Whether everything is as it should be: with `[[expect]]` in the file, exactly as it says; without, nothing
    /// broken and nothing unsafe.
    pub fn is_as_expected(&self) -> bool {
        self.no_server.is_none() && self.mismatches.is_empty()
    }
}

fn mismatches(file: &PolicyFile, findings: &[Finding], asked: &BTreeSet<Engine>) -> Vec<Mismatch> {
    let expects: Vec<&Expect> =
        file.expects.iter().flatten().filter(|expect| expect.is_for_any_of(asked)).collect();
    let meets = |expect: &Expect, finding: &Finding| {
        expect.kind == finding.kind
            && expect.severity.is_none_or(|severity| severity == finding.severity)
            && expect.path.as_ref().is_none_or(|path| *path == finding.path)
            && expect.engines.as_ref().is_none_or(|engines| finding.engines == engines & asked)
    };
    let unexpected = findings
        .iter()
        .filter(|finding| file.expects.is_some() || finding.severity != Severity::Advice)
        .filter(|finding| !expects.iter().any(|expect| meets(expect, finding)))
        .map(|finding| Mismatch::Unexpected(finding.kind, finding.severity, finding.path.clone()));
    let vanished = expects
        .iter()
        .filter(|expect| !findings.iter().any(|finding| meets(expect, finding)))
        .map(|expect| Mismatch::Vanished((*expect).clone()));
    unexpected.chain(vanished).collect()
}

fn unobserved(result: &CaseResult) -> Option<Unobserved> {
    match &result.verdict {
        Verdict::Failed { why } => {
            Some(Unobserved { case: result.case.id.clone(), engine: result.engine, why: why.clone() })
        }
        _ => None,
    }
}

fn not_applicable(result: &CaseResult) -> Option<(Engine, String)> {
    match &result.verdict {
        Verdict::NotApplicable { why } => Some((result.engine, why.clone())),
        _ => None,
    }
}
