//! Where engines are known to differ from the standard, as text for people and as JSON for programs.

use std::sync::Arc;

use browsers::Engine;
use serde::Serialize;

use super::{
    ink::{Ink, Tone},
    sheet::Sheet,
    words::counted,
};
use crate::case::{Case, CaseId};

/// A known difference, and the cases that show it.
#[derive(Debug, Serialize)]
struct Difference<'a> {
    note: &'a str,
    link: &'a str,
    since: &'a str,
    cases: Vec<&'a CaseId>,
}

/// An engine's differences, in the order of the cases.
#[derive(Debug, Serialize)]
struct OfEngine<'a> {
    engine: Engine,
    cases: usize,
    differences: Vec<Difference<'a>>,
}

fn by_engine<'a>(cases: &'a [Arc<Case>], engines: &[Engine]) -> Vec<OfEngine<'a>> {
    engines.iter().map(|engine| of_engine(cases, *engine)).collect()
}

fn of_engine(cases: &[Arc<Case>], engine: Engine) -> OfEngine<'_> {
    let mut differences: Vec<Difference<'_>> = Vec::new();
    for (case, known) in cases.iter().filter_map(|case| case.known.get(&engine).map(|known| (case, known))) {
        let same = |other: &&mut Difference<'_>| (other.note, other.link) == (&*known.note, &*known.link);
        match differences.iter_mut().find(same) {
            Some(difference) => difference.cases.push(&case.id),
            None => differences.push(Difference {
                note: &known.note,
                link: &known.link,
                since: &known.since,
                cases: vec![&case.id],
            }),
        }
    }
    let cases = differences.iter().map(|difference| difference.cases.len()).sum();
    OfEngine { engine, cases, differences }
}

/// Each difference with its link and the cases that show it, variants of one case together.
pub(crate) fn text(cases: &[Arc<Case>], engines: &[Engine], ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    for of_engine in by_engine(cases, engines) {
        let differences = counted(of_engine.differences.len(), "difference");
        let cases = counted(of_engine.cases, "case");
        sheet.line(&[(Tone::Strong, &format!("{}: {differences} in {cases}", of_engine.engine))]);
        for difference in &of_engine.differences {
            sheet.gap();
            sheet.paragraph(2, Tone::Normal, difference.note);
            sheet.verbatim(2, Tone::Quiet, &format!("{}  since {}", difference.link, difference.since));
            for (base, variants) in variants(&difference.cases) {
                let count = if variants == 1 { String::new() } else { format!("  ({variants} variants)") };
                sheet.line(&[(Tone::Normal, "    "), (Tone::Normal, base), (Tone::Quiet, &count)]);
            }
        }
        sheet.gap();
    }
    sheet.into_text()
}

/// Cases without their matrix values, and how many variants of each there are.
fn variants<'a>(cases: &[&'a CaseId]) -> Vec<(&'a str, usize)> {
    let mut bases: Vec<(&str, usize)> = Vec::new();
    for case in cases {
        match bases.iter_mut().find(|(base, _)| *base == case.base()) {
            Some((_, variants)) => *variants += 1,
            None => bases.push((case.base(), 1)),
        }
    }
    bases
}

/// The JSON of `corsproof known --json`, `corsproof/known/1`.
pub(crate) fn json(cases: &[Arc<Case>], engines: &[Engine]) -> String {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        engines: Vec<OfEngine<'a>>,
    }
    let json = Json { schema: "corsproof/known/1", engines: by_engine(cases, engines) };
    // Text and numbers alone: nothing in it that JSON could not hold.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::casefile::Suite;

    fn cases() -> Vec<Arc<Case>> {
        let suite = Suite::read(Path::new("tests/shown")).unwrap_or_else(|problems| panic!("{problems}"));
        suite.cases().to_vec()
    }

    #[test]
    fn a_difference_and_the_cases_that_show_it() {
        insta::assert_snapshot!(text(&cases(), &Engine::ALL, Ink::Plain, 80));
    }

    #[test]
    fn json_for_programs() {
        insta::assert_snapshot!(json(&cases(), &[Engine::WebKit]));
    }
}
