//! The findings that a policy file expects, held against those that were made.

use std::collections::BTreeSet;

use browsers::Engine;

use super::{
    checked_file::Vanished,
    finding::{Expectedness, Finding, Kind, Severity},
    policy::{Expect, PolicyFile},
};

/// The `[[expect]]`s of a file, as far as the engines that showed something can meet them.
pub(super) struct Expectations<'a> {
    /// `None`: the file does not say what must be found.
    expects: Option<Vec<&'a Expect>>,
    engines: &'a BTreeSet<Engine>,
}

impl<'a> Expectations<'a> {
    pub(super) fn new(file: &'a PolicyFile, engines: &'a BTreeSet<Engine>) -> Self {
        let expects = file.expects.as_ref().map(|expects| {
            let can_be_met = |expect: &&Expect| expect.is_for_any_of(engines);
            expects.iter().filter(can_be_met).collect()
        });
        Self { expects, engines }
    }

    /// Whether the file expects a finding of a policy, shown in these engines.
    pub(super) fn of(
        &self,
        kind: Kind,
        severity: Severity,
        path: &str,
        engines: &BTreeSet<Engine>,
    ) -> Expectedness {
        match &self.expects {
            Some(expects)
                if expects.iter().any(|expect| self.is_met(expect, kind, severity, path, engines)) =>
            {
                Expectedness::Expected
            }
            None if severity == Severity::Advice => Expectedness::Tolerated,
            Some(_) | None => Expectedness::Unexpected,
        }
    }

    /// The expected findings that are not among `findings`.
    pub(super) fn vanished(&self, findings: &[Finding]) -> Vec<Vanished> {
        let is_unmet = |expect: &&&Expect| {
            !findings.iter().any(|finding| {
                let Finding { kind, severity, path, engines, .. } = finding;
                self.is_met(expect, *kind, *severity, path, engines)
            })
        };
        let vanished = |expect: &&Expect| Vanished {
            kind: expect.kind,
            severity: expect.severity,
            path: expect.path.clone(),
            line: expect.line,
        };
        self.expects.iter().flatten().filter(is_unmet).map(vanished).collect()
    }

    fn is_met(
        &self,
        expect: &Expect,
        kind: Kind,
        severity: Severity,
        path: &str,
        engines: &BTreeSet<Engine>,
    ) -> bool {
        expect.kind == kind
            && expect.severity.is_none_or(|expected| expected == severity)
            && expect.path.as_ref().is_none_or(|expected| expected == path)
            && expect.engines.as_ref().is_none_or(|expected| *engines == expected & self.engines)
    }
}
