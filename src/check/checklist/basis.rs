//! The basis of a point for one policy: the cases that are about it, and their results.

use browsers::Engine;

use super::point::Point;
use crate::{
    case::CaseId,
    check::{
        examination::{PolicyResults, cap},
        policy::Policy,
    },
};

/// The cases on which a point's standing rests. Without cases the point does not apply, and the note says why.
pub(super) struct Basis {
    pub(super) note: String,
    pub(super) cases: Vec<CaseId>,
}

impl Basis {
    fn nothing(why: &str) -> Self {
        Self { note: why.to_owned(), cases: Vec::new() }
    }
}

/// The cases on which the standing of `point` rests.
pub(super) fn basis(point: Point, policy: &Policy, results: &PolicyResults<'_>) -> Basis {
    let of = |cases: Vec<CaseId>, note: String| Basis { note, cases };
    // What a server grants shows where somebody is let in.
    let nobody_reads = || Basis::nothing("nobody who is declared could read, so nothing is known");
    let no_preflight_passes = || Basis::nothing("no preflight let a request through, so nothing is known");
    match point {
        Point::Origins => of(results.about(point), origins(results)),
        Point::Preflight => match results.with_preflight() {
            cases if cases.is_empty() => Basis::nothing("no declared request needs a preflight"),
            _ if !results.passes_a_preflight() => no_preflight_passes(),
            cases => {
                let note =
                    format!("answered {} in {}", results.preflight_statuses(), counted(cases.len(), "case"));
                of(cases, note)
            }
        },
        Point::Credentials if !policy.credentials => Basis::nothing("pages ask without credentials"),
        Point::Credentials if !results.reads_with_credentials() => {
            Basis::nothing("nobody who is declared could read with credentials")
        }
        Point::Credentials => {
            let cases = results.about(point);
            let note = format!("asked with credentials in {}", counted(cases.len(), "case"));
            of(cases, note)
        }
        Point::Vary if !results.depends_on_origin() => {
            Basis::nothing("the answer is the same for every origin")
        }
        Point::Vary => of(
            results.about(point),
            format!("the answer depends on the Origin; asked with {}", results.caches()),
        ),
        Point::Methods if !results.reads() => nobody_reads(),
        Point::Methods => {
            let withheld = results.withheld().map(|withheld| format!("; {withheld}")).unwrap_or_default();
            let note = format!("declared: {}; others asked for{withheld}", policy.methods.join(", "));
            of(results.about(point), note)
        }
        Point::Headers if !results.reads() => nobody_reads(),
        Point::Headers => {
            let declared = match policy.declared_headers().as_slice() {
                [] => "none".to_owned(),
                headers => headers.join(", "),
            };
            of(results.about(point), format!("declared: {declared}; another asked for"))
        }
        Point::MaxAge if results.about(point).is_empty() => {
            Basis::nothing("no declared request needs a preflight")
        }
        Point::MaxAge if !results.reads_after_preflight() => no_preflight_passes(),
        Point::MaxAge => of(results.about(point), max_age(results)),
        Point::Reflection => match results.about(point) {
            cases if cases.is_empty() => Basis::nothing("everybody may read"),
            cases => of(cases, "an unrelated origin asked, also as null".to_owned()),
        },
        Point::ExposeHeaders if policy.exposed_headers.is_empty() => {
            Basis::nothing("no response header is declared")
        }
        Point::ExposeHeaders if !results.reads() => nobody_reads(),
        Point::ExposeHeaders => {
            of(results.about(point), format!("declared: {}", policy.exposed_headers.join(", ")))
        }
        Point::Consistency => {
            let left_out = results.left_out().map(|left_out| format!("; {left_out}")).unwrap_or_default();
            let note =
                format!("{} in {}{left_out}", counted(results.about(point).len(), "case"), results.engines());
            of(results.about(point), note)
        }
    }
}

fn origins(results: &PolicyResults<'_>) -> String {
    format!(
        "{} as declared origins, {} as strangers",
        counted(results.readers().len(), "case"),
        counted(results.strangers().len(), "case")
    )
}

fn max_age(results: &PolicyResults<'_>) -> String {
    let said = match results.max_ages() {
        ages if ages.is_empty() => "not said".to_owned(),
        ages => ages.join(", "),
    };
    let expired = results.preflights_expired().map(|expired| format!("; {expired}")).unwrap_or_default();
    let caps = Engine::ALL.map(|engine| format!("{} in {engine}", cap(engine)));
    format!(
        "Max-Age {said}; {}{expired}; kept no longer than {} (documented, not observed here)",
        results.preflights_kept(),
        caps.join(", ")
    )
}

/// A number with its noun, as `3 cases`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
