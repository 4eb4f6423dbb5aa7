//! The report of a check on a terminal: progress while it runs, then checklist and findings.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use browsers::Engine;

use super::{table, text};
use crate::{
    case::CaseId,
    report::{
        Report,
        ink::Tone,
        progress::{Live, Progress},
        sheet::Sheet,
        terminal::{Detail, Look},
        words::counted,
    },
    stream::{CheckedFile, Event, Started},
};

/// Writes to `out` what people read of a check.
#[derive(Debug)]
pub(crate) struct PolicyTerminal<W> {
    out: W,
    look: Look,
    progress: Progress,
    cases: Vec<CaseId>,
    started: BTreeSet<Engine>,
    notes: BTreeSet<String>,
    checks: Vec<CheckedFile>,
}

impl<W: Write> PolicyTerminal<W> {
    /// A report that writes to `out`, before the first event.
    pub(crate) fn new(out: W, look: Look) -> Self {
        Self {
            out,
            progress: Progress::new(look.live),
            look,
            cases: Vec::new(),
            started: BTreeSet::new(),
            notes: BTreeSet::new(),
            checks: Vec::new(),
        }
    }

    fn say(&mut self, tone: Tone, text: &str) -> io::Result<()> {
        let mut sheet = Sheet::new(self.look.ink, self.look.width);
        sheet.paragraph(0, tone, text);
        self.write(sheet)
    }

    fn write(&mut self, sheet: Sheet) -> io::Result<()> {
        let (out, text) = (&mut self.out, sheet.into_text());
        self.progress.beside(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    fn started(&mut self, started: &Started) -> io::Result<()> {
        if started.cases == 0 {
            return Ok(());
        }
        let names: Vec<&str> = started.engines.iter().map(|engine| engine.name()).collect();
        self.say(Tone::Strong, &format!("{} in {}", counted(started.cases, "case"), names.join(", ")))
    }
}

impl<W: Write> Report for PolicyTerminal<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(started) => self.started(started),
            Event::Case(case) => {
                self.cases.push(case.id.clone());
                Ok(())
            }
            Event::EngineStarted(info) if self.started.insert(info.engine) => {
                let name = format!("{} {}", info.engine, info.version);
                self.progress.start(info.engine, &name, self.cases.iter(), self.cases.len());
                if self.look.live == Live::Yes {
                    Ok(())
                } else {
                    self.say(Tone::Quiet, &format!("{name} runs"))
                }
            }
            Event::EngineFailed { engine, why } => self.say(Tone::Bad, &format!("{engine} gave up: {why}")),
            Event::Note { engine, text } => {
                let subject = engine.map_or(String::new(), |engine| format!("{engine}: "));
                let text = format!("note: {subject}{text}");
                if self.notes.insert(text.clone()) { self.say(Tone::Quiet, &text) } else { Ok(()) }
            }
            Event::Result(result) => {
                self.progress.count(result);
                Ok(())
            }
            Event::EngineFinished { engine, .. } => {
                self.progress.finish(*engine);
                Ok(())
            }
            Event::Checked(checked) => {
                self.checks.push((**checked).clone());
                Ok(())
            }
            Event::Finished { stopped, .. } => {
                let mut sheet = Sheet::new(self.look.ink, self.look.width);
                render(&mut sheet, &self.checks, self.look.detail);
                if stopped.is_some() {
                    sheet.gap();
                    let text = "Interrupted: what was not asked by then is not known.";
                    sheet.paragraph(0, Tone::Bad, text);
                }
                self.write(sheet)
            }
            Event::File(_) | Event::EngineStarted(_) | Event::Spent(_) => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        for engine in Engine::ALL {
            self.progress.finish(engine);
        }
        self.out.flush()
    }
}

/// Writes the result of each file, and a table where there are several.
pub(in crate::report) fn render(sheet: &mut Sheet, checks: &[CheckedFile], detail: Detail) {
    checks.iter().for_each(|checked| text::render(sheet, checked, detail));
    if checks.len() > 1 {
        table::render(sheet, checks);
    }
}
