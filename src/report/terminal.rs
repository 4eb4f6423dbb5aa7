//! The report for people: progress while it runs, then tables, differences and totals.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

use browsers::Engine;

use super::{
    Report,
    difference::{self, ResultContext},
    failure,
    ink::{Ink, Tone},
    policy,
    progress::{Live, Progress},
    sheet::Sheet,
    spent::Spent,
    summary, table,
    tally::{Notable, Tally},
    words::{counted, duration},
};
use crate::{
    case::CaseId,
    judge::Verdict,
    stream::{CaseRecord, CheckedFile, EngineInfo, Event, Started},
};

/// Colour and width of a report for a terminal.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub ink: Ink,
    /// The width, in columns.
    pub width: usize,
    /// Whether progress is drawn on standard error.
    pub live: Live,
    /// How much is told of a check's findings.
    pub detail: Detail,
    /// The command to which a case is added to run it alone, [`COMMAND`](super::COMMAND) and its options.
    pub command: String,
}

/// How much is told of the findings of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What is wrong and what to change.
    #[default]
    Brief,
    /// The conversations as well, and what each point rests on.
    Whole,
}

/// Writes to `out` what people read.
#[derive(Debug)]
pub(crate) struct Terminal<W> {
    out: W,
    look: Look,
    progress: Progress,
    cases: HashMap<CaseId, Arc<CaseRecord>>,
    /// How many results there will be in each engine.
    results: usize,
    asked_for: Vec<Engine>,
    engines: BTreeMap<Engine, Tally>,
    notes: BTreeSet<(Option<Engine>, String)>,
    checks: Vec<CheckedFile>,
    /// Where the time goes, where that is to be told.
    spent: Option<Spent>,
}

impl<W: Write> Terminal<W> {
    /// A report that has nothing to say yet.
    pub(crate) fn new(out: W, look: Look) -> Self {
        Self {
            out,
            progress: Progress::new(look.live),
            look,
            cases: HashMap::new(),
            results: 0,
            asked_for: Vec::new(),
            engines: BTreeMap::new(),
            notes: BTreeSet::new(),
            checks: Vec::new(),
            spent: None,
        }
    }

    /// Tells where the time went as well, at the end.
    #[must_use]
    pub(crate) fn with_times(self) -> Self {
        Self { spent: Some(Spent::default()), ..self }
    }

    fn sheet(&self) -> Sheet {
        Sheet::new(self.look.ink, self.look.width)
    }

    fn write(&mut self, sheet: Sheet) -> io::Result<()> {
        let text = sheet.into_text();
        let out = &mut self.out;
        self.progress.beside(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    fn tally(&mut self, engine: Engine) -> &mut Tally {
        self.engines.entry(engine).or_insert_with(|| Tally::new(engine))
    }

    fn started(&mut self, started: &Started) -> io::Result<()> {
        let Started { cases, engines, repeat, .. } = started;
        self.results = cases.saturating_mul(*repeat);
        self.asked_for.clone_from(engines);
        let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
        let times = if *repeat > 1 { format!(", {repeat} times") } else { String::new() };
        let mut sheet = self.sheet();
        let text = format!("{} in {}{times}", counted(*cases, "case"), names.join(", "));
        sheet.paragraph(0, Tone::Strong, &text);
        self.write(sheet)
    }

    fn engine_started(&mut self, info: &EngineInfo) -> io::Result<()> {
        let tally = self.tally(info.engine);
        if tally.version.replace(info.version.clone()).is_some() {
            return Ok(());
        }
        let name = tally.name();
        self.progress.start(info.engine, &name, self.cases.keys(), self.results);
        if self.look.live == Live::Yes {
            return Ok(());
        }
        let mut sheet = self.sheet();
        sheet.paragraph(0, Tone::Quiet, &format!("{name} runs"));
        self.write(sheet)
    }

    fn engine_failed(&mut self, engine: Engine, why: &str) -> io::Result<()> {
        self.tally(engine).given_up = Some(why.to_owned());
        let mut sheet = self.sheet();
        sheet.line(&[(Tone::Bad, "✗ "), (Tone::Strong, engine.name()), (Tone::Bad, " gave up")]);
        sheet.paragraph(2, Tone::Normal, why);
        self.write(sheet)
    }

    /// Every browser of an engine may say the same; a person reads it once.
    fn note(&mut self, engine: Option<Engine>, text: &str) -> io::Result<()> {
        if !self.notes.insert((engine, text.to_owned())) {
            return Ok(());
        }
        let subject = engine.map_or(String::new(), |engine| format!("{engine}: "));
        let mut sheet = self.sheet();
        sheet.paragraph(0, Tone::Quiet, &format!("note: {subject}{text}"));
        self.write(sheet)
    }

    fn engine_finished(&mut self, engine: Engine, took: Duration) -> io::Result<()> {
        self.progress.finish(engine);
        let Some(tally) = self.engines.get(&engine) else { return Ok(()) };
        let mut sheet = self.sheet();
        section(&mut sheet, tally, took, &self.look.command);
        self.write(sheet)
    }
}

/// An engine's part: its table, and every result that does not simply agree.
fn section(sheet: &mut Sheet, tally: &Tally, took: Duration, command: &str) {
    sheet.gap();
    sheet.line(&[(Tone::Strong, &tally.name()), (Tone::Quiet, &format!(" in {}", duration(took)))]);
    table::render(sheet, tally);
    summary::blocked_reads(sheet, tally);
    for Notable { case, result } in &tally.notable {
        if let Verdict::Differs { differences } = &result.verdict {
            sheet.rule();
            difference::render(
                sheet,
                &ResultContext { engine: &tally.name(), command },
                case,
                result,
                differences,
            );
        }
    }
    failure::render(sheet, tally, command);
    summary::known(sheet, tally);
    summary::not_applicable(sheet, tally);
    summary::flaky(sheet, tally);
    summary::unstable(sheet, tally);
}

impl<W: Write> Report for Terminal<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(started) => self.started(started),
            Event::File(_) => Ok(()),
            Event::Case(case) => {
                self.cases.insert(case.id.clone(), Arc::clone(case));
                Ok(())
            }
            Event::EngineStarted(info) => self.engine_started(info),
            Event::EngineFailed { engine, why } => self.engine_failed(*engine, why),
            Event::Note { engine, text } => self.note(*engine, text),
            Event::Spent(span) => {
                self.spent.iter_mut().for_each(|spent| spent.take(span));
                Ok(())
            }
            Event::Result(result) => {
                if let Some(case) = self.cases.get(&result.case).cloned() {
                    self.tally(result.engine).count(&case, result);
                }
                self.progress.count(result);
                Ok(())
            }
            Event::EngineFinished { engine, duration } => self.engine_finished(*engine, *duration),
            Event::Checked(checked) => {
                self.checks.push((**checked).clone());
                Ok(())
            }
            Event::Finished { totals, duration, refused, stopped } => {
                let mut sheet = self.sheet();
                policy::render(&mut sheet, &self.checks, self.look.detail);
                match &mut self.spent {
                    Some(spent) => spent.render(&mut sheet),
                    None => summary::slowest(&mut sheet, self.engines.values()),
                }
                summary::refused(&mut sheet, *refused);
                let expected = self.results.saturating_mul(self.asked_for.len());
                summary::totals(&mut sheet, totals, *duration, stopped.map(|stopped| (stopped, expected)));
                self.write(sheet)
            }
        }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        for engine in Engine::ALL {
            self.progress.finish(engine);
        }
        self.out.flush()
    }
}
