//! What a check says of one policy file: ten points, what is wrong, and what the file expects.

use std::collections::BTreeSet;

use browsers::Engine;
use serde::{Deserialize, Serialize};

use super::{Expectation, Finding};
use crate::{
    case::CaseId,
    check::{self, Kind, Mismatch, Point, Severity},
    words::words,
};

/// What came of a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Checked {
    /// The policy file, as [`SourceFile::path`](super::SourceFile::path).
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

/// A point of the checklist, and how the server stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    pub cases: Vec<CaseId>,
}

words! {
    /// How a server stands on a point, the worst first.
    Standing {
        /// Users are locked out.
        Broken = "broken",
        /// Strangers can read.
        Unsafe = "unsafe",
        /// There is advice; nobody is hurt yet.
        Advice = "advice",
        /// It meets it.
        Pass = "pass",
        /// The point does not apply.
        NotApplicable = "not-applicable",
    }
}

/// An `[[expect]]` of the file that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Vanished {
    /// What must be found.
    pub finding: Kind,
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Unobserved {
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// What went wrong.
    pub why: String,
}

impl Checked {
    /// What is told of a file that was checked.
    pub fn of(checked: &check::Checked) -> Self {
        let file = &checked.file;
        let vanished = checked.mismatches.iter().filter_map(|mismatch| match mismatch {
            Mismatch::Vanished(expect) => Some(Vanished {
                finding: expect.kind,
                severity: expect.severity,
                path: expect.path.clone(),
                line: expect.line,
            }),
            Mismatch::Unexpected(..) => None,
        });
        let unobserved = checked.unobserved.iter().map(|unobserved| Unobserved {
            case: unobserved.case.clone(),
            engine: unobserved.engine,
            why: unobserved.why.clone(),
        });
        Self {
            file: file.path.display().to_string(),
            name: file.name.clone(),
            origin: file.server.origin.serialize(),
            no_server: checked.no_server.as_ref().map(ToString::to_string),
            cases: checked.cases,
            engines: checked.engines.clone(),
            checklist: checked.checklist.iter().map(CheckedPoint::of).collect(),
            findings: checked.findings.iter().map(|finding| Finding::of(finding, checked)).collect(),
            expects: file.expects.as_ref().map(Vec::len),
            vanished: vanished.collect(),
            unobserved: unobserved.collect(),
        }
    }

    /// Whether everything is as it should be: with `[[expect]]` in the file, exactly as it says; without, nothing
    /// broken and nothing unsafe.
    pub fn is_as_expected(&self) -> bool {
        self.no_server.is_none() && self.vanished.is_empty() && self.unexpected().next().is_none()
    }

    /// The findings with which the check does not pass.
    pub fn unexpected(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.expectation == Expectation::Unexpected)
    }

    /// The findings that are about a point.
    pub fn findings_on(&self, point: Point) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.finding.fails(point))
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

impl CheckedPoint {
    fn of(line: &check::Line) -> Self {
        Self {
            point: line.point,
            title: check::title(line.point).to_owned(),
            standing: match line.standing {
                check::Standing::Passes => Standing::Pass,
                check::Standing::Fails(severity) => Standing::of(severity),
                check::Standing::NotApplicable => Standing::NotApplicable,
            },
            note: line.note.clone(),
            cases: line.cases.clone(),
        }
    }
}
