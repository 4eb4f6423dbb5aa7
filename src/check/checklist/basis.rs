//! What a point rests on, for one policy: which cases, and what they came to.

use super::point::Point;
use crate::{
    case::CaseId,
    check::{
        examine::{CAPS, Seen},
        policy::Policy,
    },
};

/// What a point rests on. Without cases it does not apply, and what is told says why.
pub(super) struct Basis {
    pub(super) told: String,
    pub(super) cases: Vec<CaseId>,
}

impl Basis {
    fn nothing(told: &str) -> Self {
        Self { told: told.to_owned(), cases: Vec::new() }
    }
}

/// What `point` rests on.
pub(super) fn basis(point: Point, policy: &Policy, seen: &Seen<'_>) -> Basis {
    let of = |cases: Vec<CaseId>, told: String| Basis { told, cases };
    // What a server grants shows where somebody is let in.
    let nobody_reads = || Basis::nothing("nobody who is declared could read, so nothing is known");
    let no_preflight_passes = || Basis::nothing("no preflight let a request through, so nothing is known");
    match point {
        Point::Origins => of([seen.readers(), seen.strangers()].concat(), asked(seen)),
        Point::Preflight => match seen.with_preflight() {
            cases if cases.is_empty() => Basis::nothing("no declared request needs a preflight"),
            _ if !seen.passes_a_preflight() => no_preflight_passes(),
            cases => {
                let told =
                    format!("answered {} in {}", seen.preflight_statuses(), counted(cases.len(), "case"));
                of(cases, told)
            }
        },
        Point::Credentials if !policy.credentials => Basis::nothing("pages ask without credentials"),
        Point::Credentials if !seen.reads_with_credentials() => {
            Basis::nothing("nobody who is declared could read with credentials")
        }
        Point::Credentials => {
            let cases = seen.credentialed();
            let told = format!("asked with credentials in {}", counted(cases.len(), "case"));
            of(cases, told)
        }
        Point::Vary if !seen.depends_on_origin() => Basis::nothing("the answer is the same for every origin"),
        Point::Vary => {
            of(seen.cached(), format!("the answer depends on the Origin; asked with {}", seen.caches()))
        }
        Point::Methods if !seen.reads() => nobody_reads(),
        Point::Methods => {
            let withheld = seen.withheld().map(|withheld| format!("; {withheld}")).unwrap_or_default();
            let told = format!("declared: {}; others asked for{withheld}", policy.methods.join(", "));
            of(seen.about_methods(), told)
        }
        Point::Headers if !seen.reads() => nobody_reads(),
        Point::Headers => {
            let declared = match policy.request_headers.as_slice() {
                [] => "none".to_owned(),
                headers => headers.join(", "),
            };
            of(seen.about_headers(), format!("declared: {declared}; another asked for"))
        }
        Point::MaxAge if seen.kept().is_empty() => Basis::nothing("no declared request needs a preflight"),
        Point::MaxAge if !seen.reads_after_preflight() => no_preflight_passes(),
        Point::MaxAge => of(seen.kept(), max_age(seen)),
        Point::Reflection => match seen.strangers() {
            cases if cases.is_empty() => Basis::nothing("everybody may read"),
            cases => of(cases, "an unrelated origin asked, also as null".to_owned()),
        },
        Point::ExposeHeaders if policy.exposed_headers.is_empty() => {
            Basis::nothing("no response header is declared")
        }
        Point::ExposeHeaders if !seen.reads() => nobody_reads(),
        Point::ExposeHeaders => {
            of(seen.readers(), format!("declared: {}", policy.exposed_headers.join(", ")))
        }
        Point::Consistency => {
            let left_out = seen.left_out().map(|left_out| format!("; {left_out}")).unwrap_or_default();
            let told = format!("{} in {}{left_out}", counted(seen.all().len(), "case"), seen.engines());
            of(seen.all(), told)
        }
    }
}

fn asked(seen: &Seen<'_>) -> String {
    format!(
        "{} as declared origins, {} as strangers",
        counted(seen.readers().len(), "case"),
        counted(seen.strangers().len(), "case")
    )
}

fn max_age(seen: &Seen<'_>) -> String {
    let said = match seen.max_ages() {
        ages if ages.is_empty() => "not said".to_owned(),
        ages => ages.join(", "),
    };
    let expired = seen.preflights_expired().map(|expired| format!("; {expired}")).unwrap_or_default();
    let caps: Vec<String> = CAPS.iter().map(|(engine, cap)| format!("{cap} in {engine}")).collect();
    format!(
        "Max-Age {said}; {}{expired}; kept no longer than {} (documented, not observed here)",
        seen.preflights_kept(),
        caps.join(", ")
    )
}

/// `3 cases`
pub(in crate::check) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
