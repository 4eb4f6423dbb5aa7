//! The result of checking one policy file: its findings, its checklist, and what it expects.

use std::collections::BTreeSet;

use browsers::Engine;
use corsproof_fixture::{AnsweredBy, Exchange, Reply};
use serde::{Deserialize, Serialize};

use super::{
    cases::Probe,
    checklist::{CheckedPoint, Point, checklist},
    examination::{PolicyResults, examine},
    expectations::Expectations,
    finding::{Expectedness, Finding, Kind, Severity},
    policy::PolicyFile,
    server::NoServer,
};
use crate::{case::CaseId, judge::Verdict, run::CaseResult};

/// What came of a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Checked"))]
pub(crate) struct CheckedFile {
    /// The policy file, as a stream of events names it.
    #[cfg_attr(
        feature = "cli",
        schemars(description = "The policy file, as [`SourceFile::path`](super::SourceFile::path).")
    )]
    pub file: String,
    /// How its cases call it: the first part of their identities.
    pub name: String,
    /// The origin by which browsers know the server.
    pub origin: String,
    /// Why there was no server, if there was none: then nothing below is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_server: Option<String>,
    /// How many cases there were.
    pub cases: usize,
    /// The engines that showed something.
    pub engines: BTreeSet<Engine>,
    /// The ten points.
    pub checklist: Vec<CheckedPoint>,
    /// What is wrong, the worst first.
    pub findings: Vec<Finding>,
    /// How many findings the file says there must be, and no others; nothing where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<usize>,
    /// What the file says there must be, and was not found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vanished: Vec<Vanished>,
    /// Cases of which nothing is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unobserved: Vec<Unobserved>,
}

/// An `[[expect]]` of the file that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Vanished {
    /// What must be found.
    #[serde(rename = "finding")]
    pub kind: Kind,
    /// How bad it must be; nothing: as bad as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Of which policy; nothing: of any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line of the `[[expect]]`, from 1.
    pub line: usize,
}

/// A case of which nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, thiserror::Error)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[error("{case} in {engine}: {why}")]
pub struct Unobserved {
    /// The case.
    pub(crate) case: CaseId,
    /// The engine.
    pub(crate) engine: Engine,
    /// What went wrong.
    pub(crate) why: String,
}

impl CheckedFile {
    pub(super) fn without_server(file: &PolicyFile, error: &NoServer) -> Self {
        Self {
            file: file.path.display().to_string(),
            name: file.name.clone(),
            origin: file.server.origin.serialize(),
            no_server: Some(error.to_string()),
            cases: 0,
            engines: BTreeSet::new(),
            checklist: Vec::new(),
            findings: Vec::new(),
            expects: file.expects.as_ref().map(Vec::len),
            vanished: Vec::new(),
            unobserved: Vec::new(),
        }
    }

    pub(super) fn of(file: &PolicyFile, probes: &[Probe], results: &[CaseResult]) -> Self {
        let ids: BTreeSet<&CaseId> = probes.iter().map(|probe| &probe.case.id).collect();
        let own: Vec<&CaseResult> = results.iter().filter(|result| ids.contains(&result.case.id)).collect();
        let engines: BTreeSet<Engine> =
            own.iter().filter(|result| result.observed.is_some()).map(|result| result.engine).collect();
        let by_policy: Vec<PolicyResults<'_>> = file
            .policies
            .iter()
            .enumerate()
            .map(|(index, policy)| PolicyResults::new(index, probes, results, policy.denial_status))
            .collect();
        let policies: Vec<_> = file.policies.iter().zip(by_policy).collect();
        let denials = policies.iter().flat_map(|(_, results)| results.not_observed());
        let unobserved = own.iter().filter_map(|result| unobserved(result)).chain(denials).collect();
        let expectations = Expectations::new(file, &engines);
        let mut findings: Vec<Finding> = policies
            .iter()
            .flat_map(|(policy, results)| examine(file, policy, results, &expectations))
            .collect();
        findings.sort_by_key(|finding| (finding.severity, finding.kind));
        Self {
            file: file.path.display().to_string(),
            name: file.name.clone(),
            origin: file.server.origin.serialize(),
            no_server: None,
            cases: probes.len(),
            checklist: checklist(&policies, &findings),
            expects: file.expects.as_ref().map(Vec::len),
            vanished: expectations.vanished(&findings),
            unobserved,
            engines,
            findings,
        }
    }

    /// Whether everything is as it should be: with `[[expect]]` in the file, exactly as it says; without, nothing
    /// broken and nothing unsafe.
    pub(crate) fn is_as_expected(&self) -> bool {
        self.no_server.is_none() && !self.has_mismatch()
    }

    /// Whether something was found that the file does not expect, or not found that it does.
    pub(crate) fn has_mismatch(&self) -> bool {
        !self.vanished.is_empty() || self.unexpected().next().is_some()
    }

    /// The findings with which the check does not pass.
    pub(crate) fn unexpected(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.expectation == Expectedness::Unexpected)
    }

    /// The findings that are about a point.
    pub(crate) fn findings_on(&self, point: Point) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.kind.fails(point))
    }
}

fn unobserved(result: &CaseResult) -> Option<Unobserved> {
    let Verdict::Failed { why } = &result.verdict else { return None };
    let why = unanswered(result).unwrap_or_else(|| why.clone());
    Some(Unobserved { case: result.case.id.clone(), engine: result.engine, why })
}

/// The request to which the server gave no answer in the time that it had, and the key by which it gets more.
fn unanswered(result: &CaseResult) -> Option<String> {
    let hangs = |exchange: &&Exchange| match &exchange.by {
        AnsweredBy::Upstream => matches!(exchange.answer.reply, Reply::Hang),
        AnsweredBy::NotAsked { .. } => true,
        AnsweredBy::Script | AnsweredBy::SharedCache | AnsweredBy::Withheld | AnsweredBy::NoOne { .. } => {
            false
        }
    };
    let asked = &result.log.iter().find(hangs)?.received;
    let limit = result.case.steps.iter().find_map(|step| step.answer_limit).unwrap_or_default();
    let (method, path, seconds) = (&asked.method, asked.url.path(), limit.as_secs());
    Some(format!(
        "no answer to {method} {path} within {seconds} s; if it takes longer, say answer_within = SECONDS in its \
         [[policy]]"
    ))
}
