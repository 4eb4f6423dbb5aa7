//! Coverage as tables for people, and as JSON for programs.

use std::fmt::Write;

use browsers::Engine;
use serde::Serialize;

use super::{
    ink::{Ink, Tone},
    sheet::Sheet,
    words::counted,
};
use crate::{
    case::LONGEST_TITLE,
    coverage::{Coverage, CoverageState, RequirementCoverage, SectionCoverage, Statement, Totals},
};

/// The width of an id and the space after it.
const ID: usize = 6;

/// A line a requirement, the reasons of those that are not covered, and the totals a section.
pub(crate) fn table(coverage: &Coverage, ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    for section in &coverage.sections {
        of_section(&mut sheet, section);
        sheet.gap();
    }
    reasons(&mut sheet, coverage);
    totals(&mut sheet, coverage);
    sheet.into_text()
}

fn of_section(sheet: &mut Sheet, section: &SectionCoverage) {
    let mut titles = format!("{:<width$}{:>6}", section.title, "cases", width = ID + LONGEST_TITLE);
    for engine in Engine::ALL {
        let _ = write!(titles, " {engine}");
    }
    sheet.line(&[(Tone::Strong, &titles)]);
    for requirement in &section.requirements {
        let name = format!("{:<ID$}{:<LONGEST_TITLE$}", requirement.id, requirement.title);
        let (tone, figures) = figures(requirement);
        sheet.line(&[(Tone::Normal, &name), (tone, &figures)]);
    }
}

/// How many cases there are, in all and for each engine; or why there are none.
fn figures(requirement: &RequirementCoverage) -> (Tone, String) {
    match requirement.state {
        CoverageState::Covered => {
            let mut figures = format!("{:>6}", requirement.cases.len());
            for (engine, cases) in &requirement.engines {
                let _ = write!(figures, " {cases:>width$}", width = engine.name().len());
            }
            let tone =
                if requirement.engines.values().any(|cases| *cases == 0) { Tone::Notice } else { Tone::Good };
            (tone, figures)
        }
        CoverageState::Unreachable => (Tone::Quiet, format!("{:>6}", "never")),
        CoverageState::Later => (Tone::Notice, format!("{:>6}", "later")),
        CoverageState::Missing => (Tone::Bad, format!("{:>6}", "none")),
    }
}

/// Why requirements are not covered, those of one reason together.
fn reasons(sheet: &mut Sheet, coverage: &Coverage) {
    let groups = [
        (CoverageState::Unreachable, "never: no test in a browser can show it"),
        (CoverageState::Later, "later: something has to come first"),
        (CoverageState::Missing, "none: no case covers it, and nothing is said about it"),
    ];
    for (state, title) in groups {
        let mut whys: Vec<(&str, Vec<&str>)> = Vec::new();
        for requirement in coverage.that_are(state) {
            let why = requirement.why.unwrap_or("write a case");
            match whys.iter_mut().find(|(other, _)| *other == why) {
                Some((_, ids)) => ids.push(requirement.id),
                None => whys.push((why, vec![requirement.id])),
            }
        }
        if whys.is_empty() {
            continue;
        }
        sheet.line(&[(Tone::Strong, title)]);
        for (why, ids) in whys {
            sheet.paragraph(2, Tone::Normal, &format!("{}: {why}", ids.join(" ")));
        }
        sheet.gap();
    }
}

/// A line a section, and their sum.
fn totals(sheet: &mut Sheet, coverage: &Coverage) {
    let title = |totals: &str| format!("{totals:<46}");
    sheet.line(&[(Tone::Strong, &(title("section") + " rules covered never later  none"))]);
    for section in &coverage.sections {
        let (tone, figures) = sums(&section.totals);
        sheet.line(&[(Tone::Normal, &title(section.title)), (tone, &figures)]);
    }
    let (tone, figures) = sums(&coverage.totals);
    let cases = counted(coverage.cases, "case");
    sheet.line(&[(Tone::Strong, &title(&format!("all, by {cases}"))), (tone, &figures)]);
}

fn sums(totals: &Totals) -> (Tone, String) {
    let Totals { requirements, covered, unreachable, later, missing } = totals;
    let tone = match (missing, later) {
        (0, 0) => Tone::Good,
        (0, _) => Tone::Notice,
        _ => Tone::Bad,
    };
    (tone, format!("{requirements:>6} {covered:>7} {unreachable:>5} {later:>5} {missing:>5}"))
}

/// A statement, and below it the cases that show it.
pub(crate) fn seeds(statements: &[Statement], ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    for Statement { statement, cases } in statements {
        sheet.paragraph(0, Tone::Strong, statement);
        for case in cases {
            sheet.verbatim(2, Tone::Normal, &case.0);
        }
    }
    sheet.gap();
    let cases = statements.iter().map(|statement| statement.cases.len()).sum();
    let sum = format!("{}, {}", counted(statements.len(), "statement"), counted(cases, "case"));
    sheet.line(&[(Tone::Quiet, &sum)]);
    sheet.into_text()
}

/// The JSON of `corsproof coverage --json`.
#[derive(Serialize)]
struct Json<'a> {
    schema: &'static str,
    #[serde(flatten)]
    coverage: &'a Coverage,
    statements: &'a [Statement],
}

/// The JSON of `corsproof coverage --json`, `corsproof/coverage/1`.
pub(crate) fn json(coverage: &Coverage, statements: &[Statement]) -> String {
    let json = Json { schema: "corsproof/coverage/1", coverage, statements };
    // Text and numbers alone: nothing in it that JSON could not hold.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}
