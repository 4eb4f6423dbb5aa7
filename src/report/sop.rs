//! The same-origin policy as a table: what each action sends, loads and lets a script read, by engine.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use browsers::Engine;
use serde::Serialize;

use super::{
    Report,
    ink::{Ink, Tone},
    sheet::Sheet,
};
use crate::{
    case::Loaded,
    judge::Verdict,
    observation::{Observation, Read},
    stream::{CaseRecord, Event, ResultRecord, Run},
};

/// The format in which the table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SopFormat {
    /// Text for a terminal.
    Text,
    /// JSON of the format `corsproof/sop/1`.
    Json,
}

/// Columns of what an engine shows: `sent load read` and the space before them.
const FACTS: usize = 16;

/// What the table says about an action of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Fact {
    Yes,
    No,
    /// Only the preflight was sent.
    Preflight,
    /// The action sends no request.
    None,
    /// The cases of the row differ.
    Both,
    /// The harness failed, so nothing was observed.
    Failed,
}

impl Fact {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Preflight => "pre",
            Self::None => "-",
            Self::Both => "both",
            Self::Failed => "?",
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            _ => Self::Both,
        }
    }
}

impl From<bool> for Fact {
    fn from(is_so: bool) -> Self {
        if is_so { Self::Yes } else { Self::No }
    }
}

/// The three facts, which are three: what is sent may not load, and what loads may not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Facts {
    sent: Fact,
    loaded: Fact,
    readable: Fact,
}

impl Facts {
    const FAILED: Self = Self { sent: Fact::Failed, loaded: Fact::Failed, readable: Fact::Failed };

    fn of(case: &CaseRecord, shown: &Observation) -> Self {
        let Some((asked, outcome)) = case.steps.last().zip(shown.steps.last()) else { return Self::FAILED };
        let asks_no_server = asked.request.via.asks_no_server();
        let sent = match shown.sent.last() {
            _ if asks_no_server => Fact::None,
            Some(request) if request.headers.contains_key("access-control-request-method") => Fact::Preflight,
            last => last.is_some().into(),
        };
        let loaded = if asks_no_server { Fact::None } else { (outcome.loaded == Loaded::Yes).into() };
        // What is not there for the page's origin is told as null, without an exception.
        let readable = match &outcome.read {
            Read::Allowed(seen) => !(asks_no_server && seen.body == "null"),
            Read::Opaque(_) | Read::Blocked => false,
        };
        Self { sent, loaded, readable: readable.into() }
    }

    /// The words of the three facts: sent, loaded, readable.
    pub(super) fn words(self) -> [&'static str; 3] {
        [self.sent, self.loaded, self.readable].map(Fact::word)
    }

    /// Whether something else was seen; what could not be seen is no other thing.
    fn differ_from(self, standard: Self) -> bool {
        self != standard && self != Self::FAILED
    }

    fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent.and(other.sent),
            loaded: self.loaded.and(other.loaded),
            readable: self.readable.and(other.readable),
        }
    }
}

/// Whether an action takes effect across origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Group {
    Restricted,
    NotRestricted,
}

impl Group {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Restricted => "what it restricts",
            Self::NotRestricted => "what it does not restrict",
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) action: String,
    pub(super) policy: Group,
    /// What the standard demands.
    pub(super) standard: Facts,
    pub(super) engines: BTreeMap<Engine, Facts>,
}

/// The table of the same-origin policy, from the results of the cases that have a row.
#[derive(Debug)]
pub(crate) struct SopTable {
    engines: Vec<Engine>,
    pub(super) rows: Vec<Row>,
    remarks: Vec<String>,
}

impl SopTable {
    /// The table of a run, its rows in the order of the suite.
    pub(crate) fn of(run: &Run) -> Self {
        let mut table =
            Self { engines: run.engines.keys().copied().collect(), rows: Vec::new(), remarks: Vec::new() };
        for (engine, of_engine) in &run.engines {
            table.remarks.extend(of_engine.failure.iter().map(|why| format!("{engine}: {why}")));
        }
        for (case, result) in run.results() {
            table.add(case, result);
        }
        let order: Vec<&String> = run.cases.iter().filter_map(|case| case.sop.as_ref()).collect();
        table.rows.sort_by_key(|row| order.iter().position(|action| **action == row.action));
        table
    }

    fn add(&mut self, case: &CaseRecord, result: &ResultRecord) {
        let (what, why) = match &result.verdict {
            Verdict::Differs { .. } => ("differs from the standard", String::new()),
            Verdict::Failed { why } => ("failed", format!(": {why}")),
            Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => ("", String::new()),
        };
        if !what.is_empty() {
            self.remarks.push(format!("{}: {} {what}{why}", result.engine, case.id));
        }
        let Some(action) = &case.sop else { return };
        let standard = Facts::of(case, &result.predicted);
        let policy = match (standard.loaded, standard.readable) {
            (Fact::Yes, _) | (Fact::None, Fact::Yes) => Group::NotRestricted,
            _ => Group::Restricted,
        };
        if !self.rows.iter().any(|row| row.action == *action) {
            self.rows.push(Row { action: action.clone(), policy, standard, engines: BTreeMap::new() });
        }
        let Some(row) = self.rows.iter_mut().find(|row| row.action == *action) else { return };
        row.standard = row.standard.and(standard);
        let seen = match (&result.verdict, &result.observed) {
            (Verdict::NotApplicable { .. }, _) => return,
            (Verdict::Failed { .. }, _) | (_, None) => Facts::FAILED,
            (_, Some(observed)) => Facts::of(case, observed),
        };
        let facts = row.engines.get(&result.engine).map_or(seen, |others| others.and(seen));
        row.engines.insert(result.engine, facts);
    }

    /// The table as text, at most `width_of_all` columns wide.
    pub(crate) fn text(&self, ink: Ink, width_of_all: usize) -> String {
        let mut sheet = Sheet::new(ink, width_of_all);
        let texts = self.rows.iter().map(|row| row.action.as_str());
        let titles = [Group::Restricted, Group::NotRestricted].map(Group::title);
        let longest = texts.chain(titles).map(|text| text.chars().count()).max().unwrap_or_default();
        let width = longest.min(width_of_all.saturating_sub(FACTS * self.engines.len()));
        let cells = |text: [&str; 3]| format!("  {:<5}{:<5}{:<4}", text[0], text[1], text[2]);
        let names: String = self.engines.iter().map(|engine| format!("  {:<14}", engine.name())).collect();
        sheet.line(&[(Tone::Strong, &format!("{:<width$}{names}", ""))]);
        for group in [Group::Restricted, Group::NotRestricted] {
            let titles = cells(["sent", "load", "read"]).repeat(self.engines.len());
            sheet.line(&[(Tone::Strong, &format!("{:<width$}", group.title())), (Tone::Quiet, &titles)]);
            for row in self.rows.iter().filter(|row| row.policy == group) {
                let action = format!("{:<width$}", row.action);
                let mut pieces = vec![(Tone::Normal, action)];
                for engine in &self.engines {
                    let Some(facts) = row.engines.get(engine) else {
                        pieces.push((Tone::Quiet, cells(["n/a", "", ""])));
                        continue;
                    };
                    let tone = if *facts == row.standard { Tone::Normal } else { Tone::Notice };
                    let words = [facts.sent, facts.loaded, facts.readable].map(Fact::word);
                    pieces.push((tone, cells(words)));
                }
                let pieces: Vec<_> = pieces.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
                sheet.line(&pieces);
            }
            sheet.gap();
        }
        let legend = "From a page of another origin, where the server grants nothing. sent: a request arrived \
                      (pre: the preflight alone); load: it took effect; read: a script could read it; \
                      -: no server is asked.";
        sheet.paragraph(0, Tone::Quiet, legend);
        for row in &self.rows {
            for (engine, _) in row.engines.iter().filter(|(_, facts)| facts.differ_from(row.standard)) {
                let [sent, loaded, read] =
                    [row.standard.sent, row.standard.loaded, row.standard.readable].map(Fact::word);
                let text = format!(
                    "{engine} is not as the standard says: {}: sent {sent}, load {loaded}, read {read}",
                    row.action
                );
                sheet.paragraph(0, Tone::Notice, &text);
            }
        }
        for remark in &self.remarks {
            sheet.paragraph(0, Tone::Bad, remark);
        }
        sheet.into_text()
    }

    /// The table as JSON of the format `corsproof/sop/1`.
    pub(crate) fn json(&self) -> String {
        #[derive(Serialize)]
        struct Json<'a> {
            schema: &'static str,
            rows: &'a [Row],
            remarks: &'a [String],
        }
        let json = Json { schema: "corsproof/sop/1", rows: &self.rows, remarks: &self.remarks };
        // Words alone: nothing in it that JSON could not hold.
        serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
    }
}

/// Collects a run, and writes its table at the end.
#[derive(Debug)]
pub(crate) struct Sop<W> {
    output: W,
    format: SopFormat,
    ink: Ink,
    width: usize,
    run: Run,
}

impl<W: Write> Sop<W> {
    /// A table that is written to `output`.
    pub(crate) fn new(output: W, format: SopFormat, ink: Ink, width: usize) -> Self {
        Self { output, format, ink, width, run: Run::default() }
    }
}

impl<W: Write> Report for Sop<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.run.take(event);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let table = SopTable::of(&self.run);
        let text = match self.format {
            SopFormat::Text => table.text(self.ink, self.width),
            SopFormat::Json => table.json(),
        };
        self.output.write_all(text.as_bytes())?;
        self.output.flush()
    }
}
