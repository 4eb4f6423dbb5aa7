//! Which requirements the cases of a suite cover, and which statements of the seed document they show.

use std::{collections::BTreeMap, sync::Arc};

use browsers::Engine;
use serde::Serialize;

use crate::{
    case::{Case, CaseId, Reach, Requirement, Section},
    casefile::REQUIREMENTS,
    judge::unmet_need,
};

/// What a suite covers, by requirement.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Coverage {
    /// The parts of the list, in order.
    pub sections: Vec<SectionCoverage>,
    /// All of them together.
    pub totals: Totals,
    /// How many cases there are.
    pub cases: usize,
}

/// One part of the list of requirements.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SectionCoverage {
    /// What it is about.
    pub title: &'static str,
    /// Its requirements, in order.
    pub requirements: Vec<RequirementCoverage>,
    /// They together.
    pub totals: Totals,
}

/// One requirement, and what shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RequirementCoverage {
    /// Its id, as `R73`.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Where it stands.
    pub spec: &'static str,
    /// Whether it is covered, and if not, why.
    pub state: State,
    /// Why no test can show it, or what has to come first.
    pub why: Option<&'static str>,
    /// The cases that say they cover it.
    pub cases: Vec<CaseId>,
    /// How many of them show it in each engine: it has what they need, and is not known to differ.
    pub engines: BTreeMap<Engine, usize>,
}

/// Whether a requirement is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// By some case.
    Covered,
    /// It is not, and no test in a browser could.
    Unreachable,
    /// It is not, and something has to come first.
    Later,
    /// It is not, and nothing is said about it.
    Missing,
}

/// Requirements by their states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    /// All of them.
    pub requirements: usize,
    /// Those that some case covers.
    pub covered: usize,
    /// Those that no test can show.
    pub unreachable: usize,
    /// Those that wait for something.
    pub later: usize,
    /// Those that are forgotten.
    pub missing: usize,
}

/// A statement of the seed document, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Statement {
    /// It, in a few words.
    pub statement: String,
    /// The cases that show it.
    pub cases: Vec<CaseId>,
}

impl Coverage {
    /// What `cases` cover.
    pub(crate) fn of(cases: &[Arc<Case>]) -> Self {
        let sections: Vec<SectionCoverage> =
            REQUIREMENTS.iter().map(|section| SectionCoverage::of(section, cases)).collect();
        let totals = Totals::of(sections.iter().flat_map(|section| &section.requirements));
        Self { sections, totals, cases: cases.len() }
    }

    /// The requirements in a state, in order.
    pub(crate) fn that_are(&self, state: State) -> impl Iterator<Item = &RequirementCoverage> {
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
            _ if !covering.is_empty() => State::Covered,
            Reach::Now => State::Missing,
            Reach::Later(_) => State::Later,
            Reach::Never(_) => State::Unreachable,
        };
        let shows = |engine| covering.iter().filter(|case| shows(case, engine)).count();
        Self {
            id: &requirement.id,
            title: &requirement.title,
            spec: &requirement.spec,
            state,
            why: match &requirement.reach {
                Reach::Later(why) | Reach::Never(why) if state != State::Covered => Some(why),
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
                State::Covered => &mut totals.covered,
                State::Unreachable => &mut totals.unreachable,
                State::Later => &mut totals.later,
                State::Missing => &mut totals.missing,
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
