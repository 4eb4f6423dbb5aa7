//! Ten points that a CORS policy should meet.

use crate::{case::CaseId, check::finding::Severity, words::words};

words! {
    /// The points.
    Point {
        /// Those who are declared can read, and nobody else.
        Origins = "origins",
        /// The preflight is answered with an ok status, without asking who is there.
        Preflight = "preflight",
        /// Credentials are granted where they are declared, and in the right words.
        Credentials = "credentials",
        /// The answer says that it depends on the Origin.
        Vary = "vary",
        /// Declared methods, and no others.
        Methods = "methods",
        /// Declared request headers, and no others.
        Headers = "headers",
        /// The preflight's answer says how long it holds.
        MaxAge = "max-age",
        /// The Origin is compared, not sent back.
        Reflection = "reflection",
        /// Declared response headers can be read.
        ExposeHeaders = "expose-headers",
        /// The same in every engine, over repeats, protocols and errors.
        Consistency = "consistency",
    }
}

/// How a server stands on a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It meets it.
    Passes,
    /// It does not; as bad as the worst finding.
    Fails(Severity),
    /// The point does not apply.
    NotApplicable,
}

impl Standing {
    /// The word: `pass`, the severity, or `not-applicable`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passes => "pass",
            Self::Fails(severity) => severity.word(),
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// A point and how the server stands on it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The point.
    pub point: Point,
    /// How the server stands on it.
    pub standing: Standing,
    /// What that rests on, in a few words.
    pub note: String,
    /// The cases it rests on.
    pub cases: Vec<CaseId>,
}
