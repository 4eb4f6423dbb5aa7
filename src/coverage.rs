//! The coverage of the requirements by the cases of a suite, and of the statements of the seed document.

use std::{collections::BTreeMap, sync::Arc};

use browsers::Engine;
use serde::Serialize;

use crate::{
    case::{Case, CaseId, Reach, Requirement, Section},
    casefile::REQUIREMENTS,
    judge::unmet_need,
};

/// The coverage of the list of requirements by a suite.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Coverage {
    /// The parts of the list, in order.
    pub sections: Vec<SectionCoverage>,
    /// The counts over all sections.
    pub totals: Totals,
    pub cases: usize,
}

/// One part of the list of requirements.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SectionCoverage {
    /// The subject of the section.
    pub title: &'static str,
    pub requirements: Vec<RequirementCoverage>,
    /// The counts over the section.
    pub totals: Totals,
}

/// One requirement with the cases that cover it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RequirementCoverage {
    /// The requirement's id, as `R73`.
    pub id: &'static str,
    pub title: &'static str,
    /// The anchor in the standard.
    pub spec: &'static str,
    /// Whether a case covers the requirement, and the reason if none does.
    pub state: CoverageState,
    /// Why no test can show it, or what has to come first.
    pub why: Option<&'static str>,
    /// The cases whose `covers` lists the requirement.
    pub cases: Vec<CaseId>,
    /// How many of them show it in each engine: it has what they need, and is not known to differ.
    pub engines: BTreeMap<Engine, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CoverageState {
    /// At least one case covers it.
    Covered,
    /// No case covers it, and no test in a browser could.
    Unreachable,
    /// No case covers it, because something else has to come first.
    Later,
    /// No case covers it, and the list gives no reason.
    Missing,
}

/// How many requirements are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    pub requirements: usize,
    pub covered: usize,
    /// Requirements that no test in a browser can show.
    pub unreachable: usize,
    /// Requirements that cannot be covered yet; the list says what has to come first.
    pub later: usize,
    /// Requirements that no case covers although one could.
    pub missing: usize,
}

/// A statement of the seed document, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Statement {
    /// The statement, in a few words.
    pub statement: String,
    pub cases: Vec<CaseId>,
}

impl Coverage {
    /// The coverage of the whole list of requirements by `cases`.
    pub(crate) fn of(cases: &[Arc<Case>]) -> Self {
        let sections: Vec<SectionCoverage> =
            REQUIREMENTS.iter().map(|section| SectionCoverage::of(section, cases)).collect();
        let totals = Totals::of(sections.iter().flat_map(|section| &section.requirements));
        Self { sections, totals, cases: cases.len() }
    }

    /// The requirements in a state, in order.
    pub(crate) fn that_are(&self, state: CoverageState) -> impl Iterator<Item = &RequirementCoverage> {
        let all = self.sections.iter().flat_map(|section| &section.requirements);
        all.filter(move |requirement| requirement.state == state)
    }
}

impl SectionCoverage {
    fn of(section: &'static Section, cases: &[Arc<Case>]) -> Self {
        let requirements: Vec<RequirementCoverage> = section
            .requirements
            .iter()
            .map(|requirement| RequirementCoverage::of(requirement, cases))
            .collect();
        Self { title: &section.title, totals: Totals::of(&requirements), requirements }
    }
}

impl RequirementCoverage {
    fn of(requirement: &'static Requirement, cases: &[Arc<Case>]) -> Self {
        let covering: Vec<&Case> =
            cases.iter().map(AsRef::as_ref).filter(|case| case.covers.contains(&requirement.id)).collect();
        let state = match &requirement.reach {
            _ if !covering.is_empty() => CoverageState::Covered,
            Reach::Now => CoverageState::Missing,
            Reach::Later(_) => CoverageState::Later,
            Reach::Never(_) => CoverageState::Unreachable,
        };
        let shows = |engine| covering.iter().filter(|case| shows(case, engine)).count();
        Self {
            id: &requirement.id,
            title: &requirement.title,
            spec: &requirement.spec,
            state,
            why: match &requirement.reach {
                Reach::Later(why) | Reach::Never(why) if state != CoverageState::Covered => Some(why),
                _ => None,
            },
            engines: Engine::ALL.map(|engine| (engine, shows(engine))).into(),
            cases: covering.into_iter().map(|case| case.id.clone()).collect(),
        }
    }
}

/// Whether `engine` shows what `case` demands.
fn shows(case: &Case, engine: Engine) -> bool {
    unmet_need(case, engine).is_none() && !case.known.contains_key(&engine)
}

impl Totals {
    fn of<'a>(requirements: impl IntoIterator<Item = &'a RequirementCoverage>) -> Self {
        let mut totals = Self::default();
        for requirement in requirements {
            totals.requirements += 1;
            *match requirement.state {
                CoverageState::Covered => &mut totals.covered,
                CoverageState::Unreachable => &mut totals.unreachable,
                CoverageState::Later => &mut totals.later,
                CoverageState::Missing => &mut totals.missing,
            } += 1;
        }
        totals
    }
}

/// The statements of the seed document that `cases` show, in the order of the cases.
pub(crate) fn statements(cases: &[Arc<Case>]) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for (case, seed) in cases.iter().filter_map(|case| case.seed.as_ref().map(|seed| (case, seed))) {
        match statements.iter_mut().find(|statement| statement.statement == *seed) {
            Some(statement) => statement.cases.push(case.id.clone()),
            None => statements.push(Statement { statement: seed.clone(), cases: vec![case.id.clone()] }),
        }
    }
    statements
}
