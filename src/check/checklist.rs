//! Ten points that a CORS policy should meet, each with what it rests on.

use super::{
    examine::Seen,
    finding::{Finding, Severity},
    policy::Policy,
};
use crate::{case::CaseId, standard::words};

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

/// The checklist of a file: over all its policies.
pub(super) fn checklist(policies: &[(&Policy, Seen<'_>)], findings: &[Finding]) -> Vec<Line> {
    let line = |point: &Point| {
        let bases: Vec<Basis> = policies.iter().map(|(policy, seen)| basis(*point, policy, seen)).collect();
        let cases: Vec<CaseId> = bases.iter().flat_map(|basis| basis.cases.clone()).collect();
        let worst =
            findings.iter().filter(|finding| finding.kind.point() == *point).map(|f| f.severity).min();
        let mut notes: Vec<String> = bases.into_iter().map(|basis| basis.note).collect();
        notes.dedup();
        let standing = match (worst, cases.is_empty()) {
            (Some(severity), _) => Standing::Fails(severity),
            (None, true) => Standing::NotApplicable,
            (None, false) => Standing::Passes,
        };
        Line { point: *point, standing, note: notes.join("; "), cases }
    };
    Point::ALL.iter().map(line).collect()
}

/// What a point rests on, for one policy.
struct Basis {
    note: String,
    cases: Vec<CaseId>,
}

fn basis(point: Point, policy: &Policy, seen: &Seen<'_>) -> Basis {
    let of = |cases: Vec<CaseId>, note: String| Basis { note, cases };
    let nothing = |note: &str| Basis { note: note.to_owned(), cases: Vec::new() };
    match point {
        Point::Origins => {
            let (readers, strangers) = (seen.readers(), seen.strangers());
            let note = format!(
                "{} as declared origins, {} as strangers",
                counted(readers.len(), "case"),
                counted(strangers.len(), "case")
            );
            of([readers, strangers].concat(), note)
        }
        Point::Preflight => match seen.with_preflight() {
            cases if cases.is_empty() => nothing("no declared request needs a preflight"),
            cases => {
                let note =
                    format!("answered {} in {}", seen.preflight_statuses(), counted(cases.len(), "case"));
                of(cases, note)
            }
        },
        Point::Credentials if !policy.credentials => nothing("pages ask without credentials"),
        Point::Credentials => {
            let cases = seen.credentialed();
            let note = format!("asked with credentials in {}", counted(cases.len(), "case"));
            of(cases, note)
        }
        Point::Vary => match seen.cached() {
            _ if !seen.depends_on_origin() => nothing("the answer is the same for every origin"),
            cases => {
                let note = "the answer depends on the Origin; caches in the browser and before the server";
                of(cases, note.to_owned())
            }
        },
        Point::Methods => {
            let note = format!("declared: {}; others asked for", policy.methods.join(", "));
            of(seen.about_methods(), note)
        }
        Point::Headers => {
            let declared = match policy.request_headers.as_slice() {
                [] => "none".to_owned(),
                headers => headers.join(", "),
            };
            of(seen.about_headers(), format!("declared: {declared}; another asked for"))
        }
        Point::MaxAge => match seen.max_ages() {
            _ if seen.kept().is_empty() => nothing("no declared request needs a preflight"),
            ages => {
                let said = if ages.is_empty() { "not said".to_owned() } else { ages.join(", ") };
                of(seen.kept(), format!("Max-Age {said}; {}", seen.preflights_kept()))
            }
        },
        Point::Reflection => match seen.strangers() {
            cases if cases.is_empty() => nothing("everybody may read"),
            cases => of(cases, "an unrelated origin asked, also as null".to_owned()),
        },
        Point::ExposeHeaders => match policy.exposed_headers.as_slice() {
            [] => nothing("no response header is declared"),
            headers => of(seen.readers(), format!("declared: {}", headers.join(", "))),
        },
        Point::Consistency => {
            of(seen.all(), format!("{} in {}", counted(seen.all().len(), "case"), seen.engines()))
        }
    }
}

pub(super) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
