//! What a run's events add up to: the whole of it, for reports that are written at its end.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use browsers::Engine;

use super::{CaseRecord, CheckedFile, Event, ResultRecord, SourceFile, Span, Started};
use crate::{
    case::CaseId,
    run::{Stopped, Totals},
};

/// A run, or several that were merged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// The facts known before the run began: one for each run that was merged; empty where the stream has no
    /// beginning.
    pub started: Vec<Started>,
    /// The case files, by their paths.
    pub files: BTreeMap<String, Arc<SourceFile>>,
    /// The cases that were selected, each once, in order.
    pub cases: Vec<Arc<CaseRecord>>,
    /// The engines, in the order in which they are reported.
    pub engines: BTreeMap<Engine, EngineRun>,
    /// Remarks about the run that are not about one engine.
    pub notes: Vec<String>,
    /// All results, in order. A case that was repeated has several in an engine.
    pub results: Vec<ResultRecord>,
    /// The policy files that were checked, in order.
    pub checks: Vec<CheckedFile>,
    /// How many results have each verdict.
    pub totals: Totals,
    /// The time from the first event to the last.
    pub duration: Duration,
    /// Requests for hosts that no case names, refused.
    pub refused: u64,
    pub completeness: Completeness,
    /// Why it ended before all cases ran, if that is known.
    pub stopped: Option<Stopped>,
    pub(super) index: HashMap<CaseId, usize>,
}

/// One engine's part of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EngineRun {
    /// The browser's version, as it says itself; nothing where it never came up.
    pub version: Option<String>,
    /// Why the engine could not be had or gave up.
    pub failure: Option<String>,
    /// The time from the start of the engine's browser to its last result.
    pub duration: Duration,
    /// Remarks about the engine, without repetitions.
    pub notes: Vec<String>,
    /// What its sessions spent their time on.
    pub spans: Vec<Span>,
}

/// Whether the run has every result that it set out to get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// The events are complete.
    Whole,
    /// The run was interrupted, or its stream ends in the middle.
    #[default]
    CutShort,
}

impl Run {
    /// The run that these events add up to.
    pub(crate) fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut run = Self::default();
        for event in events {
            run.take(event);
        }
        run
    }

    pub(crate) fn take(&mut self, event: &Event) {
        match event {
            Event::Started(started) => {
                for engine in &started.engines {
                    self.engines.entry(*engine).or_default();
                }
                self.started.push((**started).clone());
            }
            Event::File(file) => {
                self.files.entry(file.path.clone()).or_insert_with(|| Arc::clone(file));
            }
            Event::Case(case) => self.add_case(case),
            Event::EngineStarted(info) => self.engine(info.engine).version = Some(info.version.clone()),
            Event::EngineFailed { engine, why } => self.engine(*engine).failure = Some(why.clone()),
            Event::Note { engine, text } => {
                let notes = match engine {
                    Some(engine) => &mut self.engine(*engine).notes,
                    None => &mut self.notes,
                };
                if !notes.contains(text) {
                    notes.push(text.clone());
                }
            }
            Event::Spent(span) => self.engine(span.engine).spans.push(span.clone()),
            Event::Result(result) => {
                self.engine(result.engine);
                self.totals.count(&result.verdict);
                self.results.push((**result).clone());
            }
            Event::Checked(checked) => self.checks.push((**checked).clone()),
            Event::EngineFinished { engine, duration } => self.engine(*engine).duration = *duration,
            Event::Finished { duration, refused, stopped, .. } => {
                self.duration = *duration;
                self.refused = *refused;
                self.stopped = *stopped;
                self.completeness =
                    if stopped.is_some() { Completeness::CutShort } else { Completeness::Whole };
            }
        }
    }

    pub(crate) fn file(&self, case: &CaseRecord) -> Option<&SourceFile> {
        self.files.get(&case.file).map(AsRef::as_ref)
    }

    pub(crate) fn policy_file(&self, checked: &CheckedFile) -> Option<&SourceFile> {
        self.files.get(&checked.file).map(AsRef::as_ref)
    }

    /// Whether a case is one of those by which a policy file is checked: it demands nothing itself, and what it shows
    /// is told by the findings.
    pub(crate) fn is_of_check(&self, case: &CaseRecord) -> bool {
        self.checks.iter().any(|checked| checked.file == case.file)
    }

    /// Whether the run consists of policy files alone.
    pub(crate) fn is_check(&self) -> bool {
        !self.checks.is_empty() && self.cases.iter().all(|case| self.is_of_check(case))
    }

    /// Results with their cases, by engine and in the order of the cases, whichever ended first.
    pub(crate) fn results(&self) -> impl Iterator<Item = (&CaseRecord, &ResultRecord)> {
        let place = |result: &ResultRecord| self.index.get(&result.case).copied();
        let mut results: Vec<_> =
            self.results.iter().filter_map(|result| Some((place(result)?, result))).collect();
        results.sort_by_key(|(index, result)| (result.engine, *index));
        results.into_iter().map(|(index, result)| (self.cases[index].as_ref(), result))
    }

    pub(super) fn add_case(&mut self, case: &Arc<CaseRecord>) {
        if !self.index.contains_key(&case.id) {
            self.index.insert(case.id.clone(), self.cases.len());
            self.cases.push(Arc::clone(case));
        }
    }

    fn engine(&mut self, engine: Engine) -> &mut EngineRun {
        self.engines.entry(engine).or_default()
    }
}
