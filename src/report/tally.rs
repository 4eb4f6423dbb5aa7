//! The counts of one engine's results.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use browsers::Engine;

use super::words;
use crate::{
    case::CaseId,
    judge::Verdict,
    observation::{GivenReason, Read},
    stream::{CaseRecord, ResultRecord, Totals},
};

/// How many of the slowest cases are kept.
const SLOWEST: usize = 5;

/// The results of one engine, counted as they come; those that a person must read are kept whole.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) engine: Engine,
    /// The browser's version, as soon as it is known.
    pub(super) version: Option<String>,
    /// Why the engine could not be had or gave up.
    pub(super) given_up: Option<String>,
    pub(super) totals: Totals,
    pub(super) areas: BTreeMap<String, Totals>,
    /// All that do not simply agree, in order.
    pub(super) notable: Vec<Notable>,
    /// The number of steps whose read was blocked.
    pub(super) blocked: usize,
    /// How many of the blocked steps have no reason from the engine.
    pub(super) unreported: usize,
    pub(super) slowest: Vec<(Duration, CaseId)>,
    /// Cases whose verdict changed when they were tried again, and how.
    pub(super) flaky: Vec<(CaseId, String)>,
    verdicts: BTreeMap<CaseId, Totals>,
}

/// A result that a person must read, and its case.
#[derive(Debug)]
pub(super) struct Notable {
    pub(super) case: Arc<CaseRecord>,
    pub(super) result: ResultRecord,
}

impl Tally {
    pub(super) fn new(engine: Engine) -> Self {
        Self {
            engine,
            version: None,
            given_up: None,
            totals: Totals::default(),
            areas: BTreeMap::new(),
            notable: Vec::new(),
            blocked: 0,
            unreported: 0,
            slowest: Vec::new(),
            flaky: Vec::new(),
            verdicts: BTreeMap::new(),
        }
    }

    pub(super) fn count(&mut self, case: &Arc<CaseRecord>, result: &ResultRecord) {
        self.totals.count(&result.verdict);
        self.areas.entry(case.area.clone()).or_default().count(&result.verdict);
        self.verdicts.entry(result.case.clone()).or_default().count(&result.verdict);
        // What never ran was not slow.
        if !result.duration.is_zero() {
            self.slowest.push((result.duration, result.case.clone()));
        }
        self.slowest.sort_by_key(|(duration, _)| std::cmp::Reverse(*duration));
        self.slowest.truncate(SLOWEST);
        for step in result.observed.iter().flat_map(|observed| &observed.steps) {
            self.blocked += usize::from(step.read == Read::Blocked);
            self.unreported += usize::from(step.reason == Some(GivenReason::Unreported));
        }
        if result.is_flaky() {
            self.flaky.push((case.id.clone(), words::flaky(result)));
        }
        if result.verdict != Verdict::Agrees {
            self.notable.push(Notable { case: Arc::clone(case), result: result.clone() });
        }
    }

    /// The engine and its version, as `firefox 153.0`.
    pub(super) fn name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.engine),
            None => self.engine.to_string(),
        }
    }

    /// Cases that were run several times and had more than one verdict.
    pub(super) fn unstable(&self) -> impl Iterator<Item = (&CaseId, Totals)> {
        self.verdicts
            .iter()
            .filter(|(_, totals)| counts(totals).iter().filter(|(_, count)| *count > 0).count() > 1)
            .map(|(id, totals)| (id, *totals))
    }
}

/// The five counts under their names, in the order in which they are shown.
pub(super) fn counts(totals: &Totals) -> [(&'static str, usize); 5] {
    [
        ("agrees", totals.agrees),
        ("differs", totals.differs),
        ("known", totals.known),
        ("n/a", totals.not_applicable),
        ("failed", totals.failed),
    ]
}

/// How many results there are in all.
pub(super) fn sum(totals: &Totals) -> usize {
    counts(totals).iter().map(|(_, count)| count).sum()
}
