//! The proof of how a service stands, in a form that stays the same from run to run.

use std::{collections::BTreeSet, fmt};

use browsers::Engine;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::error::CheckError;
use crate::check::{CheckedFile, CheckedPoint, Finding, Kind, Severity};

/// What real browsers showed of a service: the ten points of the checklist, and every finding.
///
/// Written out ([`Display`](fmt::Display)) or serialized it is a snapshot for `insta`: it names no version, no
/// address and no time, and an engine only where not all show a finding. Written out it says what to change as well;
/// serialized it does not, so that better advice changes no snapshot. What each of
/// [`Proof::findings`] rests on is written out when the finding itself is serialized.
#[derive(Clone, Debug)]
pub struct Proof {
    checked: CheckedFile,
}

impl Proof {
    /// The proof, unless some case was not observed.
    pub(super) fn of(checked: CheckedFile) -> Result<Self, CheckError> {
        if !checked.unobserved.is_empty() {
            return Err(CheckError::Unobserved(checked.unobserved));
        }
        Ok(Self { checked })
    }

    /// The findings, the worst first, each with its evidence.
    pub fn findings(&self) -> &[Finding] {
        &self.checked.findings
    }

    /// The standing of the service on each of the ten points.
    pub fn checklist(&self) -> &[CheckedPoint] {
        &self.checked.checklist
    }

    /// The engines in which at least one case was observed.
    pub fn engines(&self) -> &BTreeSet<Engine> {
        &self.checked.engines
    }

    /// Whether nothing is broken and nothing unsafe: advice alone is sound.
    pub fn is_sound(&self) -> bool {
        self.findings().iter().all(|finding| finding.severity == Severity::Advice)
    }

    /// Whether there is a finding of a kind.
    pub fn finds(&self, kind: Kind) -> bool {
        self.findings().iter().any(|finding| finding.kind == kind)
    }

    /// In which engines alone a finding shows; empty: in all.
    fn only_in(&self, finding: &Finding) -> Vec<Engine> {
        if finding.engines == *self.engines() {
            Vec::new()
        } else {
            finding.engines.iter().copied().collect()
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, checked) in self.checklist().iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(f, "{separator}{:<16}{}", checked.point.word(), checked.standing.word())?;
        }
        for finding in self.findings() {
            let engines = self.only_in(finding);
            let engines: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
            let only =
                if engines.is_empty() { String::new() } else { format!(", in {}", engines.join(", ")) };
            write!(f, "\n\n{}: {} of {}{only}", finding.severity.word(), finding.kind.word(), finding.path)?;
            write!(f, "\n  found   {}", finding.found)?;
            write!(f, "\n  means   {}", finding.means)?;
            write!(f, "\n  change  {}", finding.change)?;
        }
        Ok(())
    }
}

impl Serialize for Proof {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let findings: Vec<BareFinding<'_>> = self
            .findings()
            .iter()
            .map(|finding| BareFinding {
                finding: finding.kind,
                severity: finding.severity,
                path: &finding.path,
                found: &finding.found,
                only_in: self.only_in(finding),
            })
            .collect();
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("checklist", &Standings(self.checklist()))?;
        map.serialize_entry("findings", &findings)?;
        map.end()
    }
}

/// The points with their standings, in the order of the checklist.
struct Standings<'a>(&'a [CheckedPoint]);

impl Serialize for Standings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|checked| (checked.point, checked.standing.word())))
    }
}

/// A finding without its evidence, which differs between machines.
#[derive(Serialize)]
struct BareFinding<'a> {
    finding: Kind,
    severity: Severity,
    path: &'a str,
    found: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    only_in: Vec<Engine>,
}
