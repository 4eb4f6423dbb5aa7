//! The recorder, which turns a run's own events into events that can be written down.

use std::{
    collections::HashSet,
    path::{Component, Path},
    sync::Arc,
};

use browsers::Engine;

use super::{
    CaseRecord, Event, RequirementSection, ResultRecord, SCHEMA, SourceFile, Started, server_answer::answers,
};
use crate::{case, run};

/// The facts about a run that its events do not hold.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The command line, quoted for a shell.
    pub command: String,
    /// The command to which a case is added to run it alone.
    pub again: String,
    /// When the run began, by RFC 3339.
    pub started: String,
    /// How often each case is run.
    pub repeat: usize,
    /// The part of the cases that this run takes, as `1/4`.
    pub shard: Option<String>,
    /// The requirements that its cases may cover; none for what covers none.
    pub requirements: &'static [case::Section],
}

/// Makes events that can be written down.
#[derive(Debug)]
pub(crate) struct Recorder {
    about: About,
}

impl Recorder {
    /// A recorder for one run.
    pub(crate) fn new(about: About) -> Self {
        Self { about }
    }

    /// The events to write down for an event of the run.
    pub(crate) fn record(&self, event: &run::Event) -> Vec<Event> {
        vec![match event {
            run::Event::Started { cases, engines } => return self.started(cases, engines),
            run::Event::EngineStarted(info) => Event::EngineStarted(info.clone()),
            run::Event::EngineFailed { engine, why } => {
                Event::EngineFailed { engine: *engine, why: why.clone() }
            }
            run::Event::Note { engine, text } => Event::Note { engine: *engine, text: text.clone() },
            run::Event::CaseFinished(result) => Event::Result(Box::new(ResultRecord::of(result))),
            run::Event::Spent(span) => Event::Spent(span.clone()),
            run::Event::EngineFinished { engine, duration } => {
                Event::EngineFinished { engine: *engine, duration: *duration }
            }
            run::Event::Finished { totals, duration, refused, stopped } => {
                Event::Finished { totals: *totals, duration: *duration, refused: *refused, stopped: *stopped }
            }
        }]
    }

    fn started(&self, cases: &[Arc<case::Case>], engines: &[Engine]) -> Vec<Event> {
        let About { command, again, started, repeat, shard, requirements } = self.about.clone();
        let section = |section: &case::Section| RequirementSection {
            title: section.title.clone(),
            requirements: section.requirements.clone(),
        };
        let requirements = requirements.iter().map(section).collect();
        let mut events = vec![Event::Started(Box::new(Started {
            schema: SCHEMA.to_owned(),
            corsproof: env!("CARGO_PKG_VERSION").to_owned(),
            command,
            again,
            started,
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            engines: engines.to_vec(),
            cases: cases.len(),
            repeat,
            shard,
            requirements,
        }))];
        let mut files = HashSet::new();
        for case in cases {
            if files.insert(&case.place.file) {
                events.push(Event::File(Arc::new(source_file(&case.place))));
            }
            events.push(Event::Case(Arc::new(CaseRecord::of(case))));
        }
        events
    }
}

impl ResultRecord {
    fn of(result: &run::CaseResult) -> Self {
        Self {
            case: result.id().clone(),
            engine: result.engine,
            verdict: result.verdict.clone(),
            predicted: result.predicted.clone(),
            observed: result.observed.clone(),
            answers: match (&result.token, &result.observed) {
                (Some(token), Some(_)) => answers(&result.case, token, &result.log),
                _ => Vec::new(),
            },
            duration: result.duration,
            retries: result.retries,
            earlier: result.earlier.clone(),
        }
    }
}

/// The file that a place is in.
pub(super) fn source_file(place: &case::Place) -> SourceFile {
    SourceFile {
        path: place.file.display().to_string(),
        in_repository: in_repository(&place.file),
        text: Arc::clone(&place.text),
    }
}

/// The path of a file from the root of the repository that holds it; `None` where there is no such file (the suite
/// that is built in) or no repository.
fn in_repository(file: &Path) -> Option<String> {
    let file = file.canonicalize().ok()?;
    let root = file.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
    let parts = file.strip_prefix(root).ok()?.components();
    let names = parts.map(|part| match part {
        Component::Normal(name) => name.to_str().map(str::to_owned),
        _ => None,
    });
    names.collect::<Option<Vec<_>>>().map(|names| names.join("/"))
}
