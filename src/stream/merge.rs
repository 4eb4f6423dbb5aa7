//! Several runs as one: of different engines, of parts of the cases.

use std::collections::{HashMap, HashSet};

use browsers::Engine;

use super::{
    Completeness, EngineInfo, EngineRun, Event, ResultRecord, Run, Started,
    join::{NamedCheck, join},
};
use crate::{case::CaseId, judge::Verdict, run::Stopped};

/// A run, and what it is called where it does not fit the others: its file.
#[derive(Clone, Debug)]
pub(crate) struct NamedRun {
    /// The name, as messages call the run.
    pub name: String,
    pub run: Run,
}

/// The result of merging runs.
#[derive(Clone, Debug)]
pub(crate) struct Merged {
    /// The sum of all runs.
    pub run: Run,
    /// Contradictions between the runs, and how each was resolved.
    pub conflicts: Vec<String>,
}

/// The results of one case in one engine, and which run they come from.
#[derive(Debug)]
struct Cell {
    from: usize,
    results: Vec<ResultRecord>,
}

/// Merges runs. Twins are in several parts of a suite: a result that is there twice counts once. Where results
/// differ, one that observed counts more than one that failed, and a difference more than all others.
pub(crate) fn merge(runs: &[NamedRun]) -> Merged {
    let mut merged = Merged { run: Run::default(), conflicts: Vec::new() };
    let mut cells: HashMap<(CaseId, Engine), Cell> = HashMap::new();
    let mut order = Vec::new();
    let mut checked_in: HashMap<String, String> = HashMap::new();
    for (from, NamedRun { name, run }) in runs.iter().enumerate() {
        merged.facts(name, run);
        for checked in &run.checks {
            let before = checked_in.entry(checked.file.clone()).or_insert_with(|| name.clone());
            match merged.run.checks.iter_mut().find(|known| known.file == checked.file) {
                Some(known) => {
                    merged.conflicts.extend(join(known, before, &NamedCheck { from: name, checked }));
                }
                None => merged.run.checks.push(checked.clone()),
            }
        }
        for (key, results) in groups(run) {
            let Some(cell) = cells.get_mut(&key) else {
                order.push(key.clone());
                cells.insert(key, Cell { from, results });
                continue;
            };
            let (one, other) = (worst(&cell.results), worst(&results));
            if one.verdict.word() == other.verdict.word() {
                continue;
            }
            let takes_other = weight(&other.verdict) > weight(&one.verdict);
            let first = &runs[cell.from].name;
            let taken = if takes_other { name } else { first };
            merged.conflicts.push(format!(
                "{} in {}: {} in {first}, {} in {name}; {taken} counts",
                key.0,
                key.1,
                one.verdict.word(),
                other.verdict.word()
            ));
            if takes_other {
                *cell = Cell { from, results };
            }
        }
    }
    merged.run.completeness = match runs.iter().all(|named| named.run.completeness == Completeness::Whole) {
        true => Completeness::Whole,
        false => Completeness::CutShort,
    };
    merged.run.sort_cases();
    let mut results: Vec<ResultRecord> =
        order.iter().filter_map(|key| cells.remove(key)).flat_map(|cell| cell.results).collect();
    results.sort_by_key(|result| result.engine);
    for result in &results {
        merged.run.totals.count(&result.verdict);
    }
    merged.run.results = results;
    merged
}

/// The results of each case in each engine, in the order in which they first came.
pub(super) fn groups(run: &Run) -> Vec<((CaseId, Engine), Vec<ResultRecord>)> {
    let mut places: HashMap<(&CaseId, Engine), usize> = HashMap::new();
    let mut groups: Vec<((CaseId, Engine), Vec<ResultRecord>)> = Vec::new();
    for result in &run.results {
        let place = *places.entry((&result.case, result.engine)).or_insert_with(|| {
            groups.push(((result.case.clone(), result.engine), Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(result.clone());
    }
    groups
}

/// The result that counts, of a case that was repeated.
pub(super) fn worst(results: &[ResultRecord]) -> &ResultRecord {
    let mut worst = &results[0];
    for result in results {
        if weight(&result.verdict) > weight(&worst.verdict) {
            worst = result;
        }
    }
    worst
}

/// The weight of a verdict among several on the same case: the heaviest counts.
fn weight(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Failed { .. } => 0,
        Verdict::NotApplicable { .. } => 1,
        Verdict::Agrees => 2,
        Verdict::Known { .. } => 3,
        Verdict::Differs { .. } => 4,
    }
}

impl Merged {
    /// Adds everything of a run except its results.
    fn facts(&mut self, name: &str, run: &Run) {
        for (path, file) in &run.files {
            if self.run.files.get(path).is_some_and(|other| other.text != file.text) {
                let text = format!("{path} is not the same in {name}: its cases may mean something else");
                self.conflicts.push(text);
            }
        }
        for (engine, of_engine) in &run.engines {
            let known = self.run.engines.get(engine).and_then(|known| known.version.as_ref());
            if let (Some(known), Some(version)) = (known, &of_engine.version)
                && known != version
            {
                let text = format!("{engine} is {version} in {name} and {known} before; {known} is told");
                self.conflicts.push(text);
            }
            self.engine(*engine, of_engine);
        }
        let merged = &mut self.run;
        merged.started.extend(run.started.iter().cloned());
        for (path, file) in &run.files {
            merged.files.entry(path.clone()).or_insert_with(|| file.clone());
        }
        run.cases.iter().for_each(|case| merged.add_case(case));
        add_new(&mut merged.notes, &run.notes);
        merged.duration += run.duration;
        merged.refused += run.refused;
        merged.stopped = merged.stopped.or(run.stopped);
    }

    fn engine(&mut self, engine: Engine, more: &EngineRun) {
        let merged = self.run.engines.entry(engine).or_default();
        merged.version = merged.version.take().or(more.version.clone());
        merged.failure = merged.failure.take().or(more.failure.clone());
        merged.duration += more.duration;
        add_new(&mut merged.notes, &more.notes);
        merged.spans.extend_from_slice(&more.spans);
    }
}

/// Adds what is not there yet.
fn add_new(notes: &mut Vec<String>, more: &[String]) {
    for note in more {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
}

impl Run {
    /// The events that add up to it, engine by engine.
    pub(crate) fn events(&self) -> Vec<Event> {
        let mut events: Vec<Event> =
            self.beginning().map(|started| Event::Started(Box::new(started))).into_iter().collect();
        let mut files = HashSet::new();
        for case in &self.cases {
            if let Some(file) = self.files.get(&case.file).filter(|_| files.insert(&case.file)) {
                events.push(Event::File(file.clone()));
            }
            events.push(Event::Case(case.clone()));
        }
        events.extend(self.notes.iter().map(|text| Event::Note { engine: None, text: text.clone() }));
        for (engine, of_engine) in &self.engines {
            events.extend(of_engine.events(*engine));
            let results = self.results.iter().filter(|result| result.engine == *engine);
            events.extend(results.map(|result| Event::Result(Box::new(result.clone()))));
            events.push(Event::EngineFinished { engine: *engine, duration: of_engine.duration });
        }
        for checked in &self.checks {
            // One without a server has no case that would bring its file.
            if let Some(file) = self.files.get(&checked.file).filter(|_| files.insert(&checked.file)) {
                events.push(Event::File(file.clone()));
            }
            events.push(Event::Checked(Box::new(checked.clone())));
        }
        let Self { totals, duration, refused, completeness, .. } = self;
        events.push(Event::Finished {
            totals: *totals,
            duration: *duration,
            refused: *refused,
            stopped: match completeness {
                Completeness::Whole => None,
                Completeness::CutShort => Some(self.stopped.unwrap_or(Stopped::Interrupted)),
            },
        });
        events
    }

    /// The facts known before the run began, of all runs that it was merged from.
    pub(crate) fn beginning(&self) -> Option<Started> {
        let first = self.started.first()?;
        let earliest = self.started.iter().map(|started| &started.started).min();
        Some(Started {
            started: earliest.unwrap_or(&first.started).clone(),
            engines: self.engines.keys().copied().collect(),
            cases: self.cases.len(),
            shard: first.shard.clone().filter(|_| self.started.len() == 1),
            ..first.clone()
        })
    }

    /// In the order of their files, which parts of a suite have lost.
    fn sort_cases(&mut self) {
        if self.started.len() > 1 {
            self.cases.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
            self.index =
                self.cases.iter().enumerate().map(|(index, case)| (case.id.clone(), index)).collect();
        }
    }
}

impl EngineRun {
    fn events(&self, engine: Engine) -> Vec<Event> {
        let mut events = Vec::new();
        if let Some(version) = &self.version {
            events.push(Event::EngineStarted(EngineInfo { engine, version: version.clone() }));
        }
        if let Some(why) = &self.failure {
            events.push(Event::EngineFailed { engine, why: why.clone() });
        }
        events.extend(self.notes.iter().map(|text| Event::Note { engine: Some(engine), text: text.clone() }));
        events.extend(self.spans.iter().cloned().map(Event::Spent));
        events
    }
}
