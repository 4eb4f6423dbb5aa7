//! The report of `corsproof check` for people: ten points a server, and every finding with what it rests on.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{
    Report, conversation,
    ink::Tone,
    progress::{Live, Progress},
    sheet::Sheet,
    terminal::Look,
    words::counted,
};
use crate::{
    case::CaseId,
    check::{
        Checked, Finding, Line, Mismatch, Outcome, Point, Severity, Standing, advice, consequence, title,
    },
    engine::Engine,
    evidence::{Evidence, ShownOutcome},
    stream::Event,
};

/// The column where a point's title begins.
const TITLE: usize = 4;
/// How wide a point's name is.
const NAME: usize = 15;
/// How many failed cases are told one by one.
const MOST_FAILED: usize = 5;

/// Progress while servers are asked. What is found is told by [`render`] in the end.
#[derive(Debug)]
pub struct PolicyProgress<W> {
    out: W,
    look: Look,
    progress: Progress,
    cases: Vec<CaseId>,
    started: BTreeSet<Engine>,
    notes: BTreeSet<String>,
}

impl<W: Write> PolicyProgress<W> {
    /// Nothing has happened yet.
    pub fn new(out: W, look: Look) -> Self {
        Self {
            out,
            progress: Progress::new(look.live),
            look,
            cases: Vec::new(),
            started: BTreeSet::new(),
            notes: BTreeSet::new(),
        }
    }

    fn say(&mut self, tone: Tone, text: &str) -> io::Result<()> {
        let mut sheet = Sheet::new(self.look.ink, self.look.width);
        sheet.paragraph(0, tone, text);
        let (out, text) = (&mut self.out, sheet.into_text());
        self.progress.beside(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }
}

impl<W: Write> Report for PolicyProgress<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(started) => {
                let names: Vec<&str> = started.engines.iter().map(|engine| engine.name()).collect();
                let text = format!("{} in {}", counted(started.cases, "case"), names.join(", "));
                self.say(Tone::Strong, &text)
            }
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
            Event::File(_) | Event::EngineStarted(_) | Event::Finished { .. } => Ok(()),
        }
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// What was found, as text.
pub fn render(outcome: &Outcome, look: &Look) -> String {
    let mut sheet = Sheet::new(look.ink, look.width);
    for checked in &outcome.files {
        file(&mut sheet, checked);
    }
    if outcome.files.len() > 1 {
        table(&mut sheet, &outcome.files);
    }
    if outcome.interrupted {
        sheet.gap();
        sheet.paragraph(0, Tone::Bad, "Interrupted: what was not asked by then is not known.");
    }
    sheet.into_text()
}

fn file(sheet: &mut Sheet, checked: &Checked) {
    sheet.gap();
    let origin = checked.file.server.origin.serialize();
    let path = checked.file.path.display().to_string();
    sheet.line(&[(Tone::Strong, &path), (Tone::Quiet, &format!("  {origin}"))]);
    if let Some(error) = &checked.no_server {
        sheet.gap();
        sheet.paragraph(2, Tone::Bad, "✗ not checked");
        sheet.paragraph(2, Tone::Normal, &error.to_string());
        return;
    }
    sheet.gap();
    for line in &checked.checklist {
        point(sheet, line);
    }
    for finding in &checked.findings {
        sheet.gap();
        tell(sheet, finding, checked);
    }
    unobserved(sheet, checked);
    conclusion(sheet, checked);
}

fn mark(standing: &Standing) -> (Tone, &'static str) {
    match standing {
        Standing::Passes => (Tone::Good, "✓"),
        Standing::Fails(Severity::Advice) => (Tone::Notice, "!"),
        Standing::Fails(_) => (Tone::Bad, "✗"),
        Standing::NotApplicable => (Tone::Quiet, "–"),
    }
}

fn point(sheet: &mut Sheet, line: &Line) {
    let (tone, mark) = mark(&line.standing);
    let name = format!("{:<NAME$} ", line.point.word());
    sheet.line(&[
        (Tone::Normal, "  "),
        (tone, mark),
        (Tone::Normal, " "),
        (Tone::Strong, &name),
        (Tone::Normal, title(line.point)),
    ]);
    if !line.note.is_empty() {
        sheet.paragraph(TITLE + NAME + 1, Tone::Quiet, &line.note);
    }
}

fn tone_of(severity: Severity) -> (Tone, &'static str) {
    match severity {
        Severity::Broken | Severity::Unsafe => (Tone::Bad, "✗"),
        Severity::Advice => (Tone::Notice, "!"),
    }
}

fn tell(sheet: &mut Sheet, finding: &Finding, checked: &Checked) {
    let (tone, mark) = tone_of(finding.severity);
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    let where_seen = if finding.engines == checked.engines {
        String::new()
    } else {
        format!("  in {}", engines.join(", "))
    };
    sheet.line(&[
        (tone, mark),
        (tone, &format!(" {}: ", finding.severity.word())),
        (Tone::Strong, finding.kind.word()),
        (Tone::Quiet, &format!("  {}{where_seen}", finding.path)),
    ]);
    sheet.labelled("found", Tone::Normal, &finding.found);
    if let Some(evidence) = &finding.evidence {
        show(sheet, evidence);
    }
    sheet.labelled("means", Tone::Normal, consequence(finding.kind));
    sheet.labelled("change", Tone::Good, &advice(finding.kind, checked.file.server.framework));
}

/// The conversation that a finding rests on.
fn show(sheet: &mut Sheet, evidence: &Evidence) {
    sheet.labelled("case", Tone::Quiet, &format!("{} in {}", evidence.case, evidence.engine));
    for (index, shown) in evidence.exchanges.iter().enumerate() {
        let label = if index == 0 { "seen" } else { "" };
        conversation::exchange(sheet, label, shown);
    }
    if let Some(outcome) = &evidence.outcome {
        let text = match outcome {
            ShownOutcome::Read => "the script read it".to_owned(),
            ShownOutcome::Blocked(Some(reason)) => format!("the script got an error: {}", reason.word()),
            ShownOutcome::Blocked(None) => "the script got an error".to_owned(),
        };
        sheet.under(0, Tone::Normal, &text);
    }
}

fn unobserved(sheet: &mut Sheet, checked: &Checked) {
    if checked.unobserved.is_empty() {
        return;
    }
    sheet.gap();
    let text = format!(
        "? {} could not be observed: nothing is known of them",
        counted(checked.unobserved.len(), "case")
    );
    sheet.paragraph(0, Tone::Bad, &text);
    for failed in checked.unobserved.iter().take(MOST_FAILED) {
        sheet.paragraph(2, Tone::Normal, &format!("{} in {}: {}", failed.case, failed.engine, failed.why));
    }
    if checked.unobserved.len() > MOST_FAILED {
        sheet.paragraph(2, Tone::Quiet, &format!("and {} more", checked.unobserved.len() - MOST_FAILED));
    }
}

fn conclusion(sheet: &mut Sheet, checked: &Checked) {
    sheet.gap();
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = Severity::ALL
        .iter()
        .filter(|severity| count(**severity) > 0)
        .map(|severity| format!("{} {}", count(*severity), severity.word()))
        .collect();
    let found = if counts.is_empty() { "nothing wrong".to_owned() } else { counts.join(", ") };
    let engines: Vec<&str> = checked.engines.iter().map(|engine| engine.name()).collect();
    let text = format!("{found}; {} in {}", counted(checked.cases, "case"), engines.join(", "));
    let tone = if checked.is_as_expected() { Tone::Good } else { Tone::Bad };
    sheet.paragraph(0, tone, &text);
    if checked.file.expects.is_some() && checked.mismatches.is_empty() {
        sheet.paragraph(0, Tone::Good, "exactly the findings that the file expects");
    }
    for mismatch in &checked.mismatches {
        let text = match mismatch {
            Mismatch::Unexpected(..) if checked.file.expects.is_none() => continue,
            Mismatch::Unexpected(kind, severity, path) => {
                format!("not expected: {} ({}) of {path}", kind.word(), severity.word())
            }
            Mismatch::Vanished(expect) => {
                let file = checked.file.path.display();
                format!("expected and not found: {} ({file}:{})", expect.kind.word(), expect.line)
            }
        };
        sheet.paragraph(0, Tone::Bad, &text);
    }
}

/// One line a file, one column a point.
fn table(sheet: &mut Sheet, files: &[Checked]) {
    let width =
        files.iter().map(|checked| checked.file.name.chars().count()).max().unwrap_or_default().min(28);
    sheet.gap();
    sheet.rule();
    for (index, point) in Point::ALL.iter().enumerate() {
        let stems: String = (0..index).map(|_| "│ ").collect();
        sheet.line(&[(Tone::Quiet, &format!("{:<width$}  {stems}┌ {}", "", point.word()))]);
    }
    for checked in files {
        let name = format!("{:<width$}  ", checked.file.name);
        let mut pieces = vec![(Tone::Normal, name)];
        pieces.extend(checked.checklist.iter().map(|line| {
            let (tone, mark) = mark(&line.standing);
            (tone, format!("{mark} "))
        }));
        pieces.push(match (&checked.no_server, checked.is_as_expected()) {
            (Some(_), _) => (Tone::Bad, "no server".to_owned()),
            (None, false) => (Tone::Bad, " not as expected".to_owned()),
            (None, true) if !checked.unobserved.is_empty() => (Tone::Bad, " not all observed".to_owned()),
            (None, true) => (Tone::Good, " as expected".to_owned()),
        });
        let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
        sheet.line(&pieces);
    }
    sheet.paragraph(0, Tone::Quiet, "✓ pass  ✗ fail  ! advice  – not applicable");
}
