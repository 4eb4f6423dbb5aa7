//! What changed between two runs: for people and for programs.

use browsers::Engine;
use serde::Serialize;
use serde_json::Value;

use super::{
    ink::{Ink, Tone},
    sheet::Sheet,
    words::counted,
};
use crate::stream::{self, CaseState, Change, ChangeKind, Changes, FindingChange, SeenRead, Turn};

/// The changes on a sheet: what they are between, each by its kind, and how many there are.
pub(crate) fn text(changes: &Changes, ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    between(&mut sheet, changes);
    for kind in ChangeKind::ALL {
        let of_kind: Vec<&Change> = changes.changes.iter().filter(|change| change.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        sheet.gap();
        let heading = format!("{} ({})", kind.title(), of_kind.len());
        sheet.line(&[(tone(kind), &heading)]);
        for case in cases(&of_kind) {
            of_case(&mut sheet, &case);
        }
    }
    for turn in [Turn::New, Turn::Gone] {
        findings(&mut sheet, changes, turn);
    }
    sheet.gap();
    let compared = counted(changes.compared, "result");
    match changes.changes.len() + changes.findings.len() {
        0 => sheet.line(&[(Tone::Good, "✓ "), (Tone::Strong, &format!("no change in {compared}"))]),
        count => {
            let text = format!("{}; {compared} compared", counted(count, "change"));
            sheet.line(&[(Tone::Bad, "✗ "), (Tone::Strong, &text)]);
        }
    }
    sheet.into_text()
}

/// The findings of checks that are new, or gone.
fn findings(sheet: &mut Sheet, changes: &Changes, turn: Turn) {
    let of_turn: Vec<&FindingChange> =
        changes.findings.iter().filter(|finding| finding.change == turn).collect();
    if of_turn.is_empty() {
        return;
    }
    let (tone, title) = match turn {
        Turn::New => (Tone::Bad, "new finding"),
        Turn::Gone => (Tone::Good, "gone finding"),
    };
    sheet.gap();
    sheet.line(&[(tone, &format!("{title} ({})", of_turn.len()))]);
    for FindingChange { file, path, finding, severity, engines, .. } in of_turn {
        let engines: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
        sheet.verbatim(2, Tone::Normal, &format!("{}: {} of {path}", severity.word(), finding.word()));
        sheet.paragraph(4, Tone::Quiet, &format!("{}: {file}", engines.join(", ")));
    }
}

fn between(sheet: &mut Sheet, changes: &Changes) {
    for versions in &changes.engines {
        let named = |version: &Option<String>| version.clone().unwrap_or_else(|| "no version".to_owned());
        let (before, after) = (named(&versions.before), named(&versions.after));
        let text = match before == after {
            true => format!("{} {before} in both", versions.engine),
            false => format!("{} {before} → {after}", versions.engine),
        };
        sheet.paragraph(0, Tone::Strong, &text);
    }
    for (engines, place) in [(&changes.only_before, "first"), (&changes.only_after, "second")] {
        for engine in engines {
            let text = format!("{engine} is in the {place} run alone; its results are not compared");
            sheet.paragraph(0, Tone::Notice, &text);
        }
    }
}

/// One change of one case, with the engines that show the same.
struct SameChange<'a> {
    change: &'a Change,
    engines: Vec<Engine>,
}

/// Changes of the same case that are the same, together.
fn cases<'a>(changes: &[&'a Change]) -> Vec<SameChange<'a>> {
    let mut cases: Vec<SameChange<'a>> = Vec::new();
    for change in changes.iter().copied() {
        let same = |other: &&mut SameChange<'_>| {
            let other = other.change;
            (&other.case, &other.before, &other.after) == (&change.case, &change.before, &change.after)
        };
        match cases.iter_mut().find(same) {
            Some(other) => other.engines.push(change.engine),
            None => cases.push(SameChange { change, engines: vec![change.engine] }),
        }
    }
    cases
}

fn of_case(sheet: &mut Sheet, SameChange { change, engines }: &SameChange<'_>) {
    sheet.verbatim(2, Tone::Normal, &change.case.0);
    let engines: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
    let engines = engines.join(", ");
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let reads = match before.reads == after.reads {
                true => reads(before),
                false => format!("{} → {}", reads(before), reads(after)),
            };
            let verdicts = match before.verdict == after.verdict {
                true => format!("{} as before", before.verdict),
                false => format!("{} → {}", before.verdict, after.verdict),
            };
            sheet.paragraph(4, Tone::Quiet, &format!("{engines}: {reads}; {verdicts}"));
        }
        (Some(state), None) | (None, Some(state)) => {
            sheet.paragraph(4, Tone::Quiet, &format!("{engines}: {}; {}", reads(state), state.verdict));
        }
        (None, None) => {}
    }
}

fn reads(state: &CaseState) -> String {
    if state.reads.is_empty() {
        return "not observed".to_owned();
    }
    let words = state.reads.iter().map(|SeenRead { read, reason }| match reason {
        Some(reason) => format!("{read}: {reason}"),
        None => (*read).to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn tone(kind: ChangeKind) -> Tone {
    match kind {
        ChangeKind::NewlyReadable | ChangeKind::NewlyBlocked => Tone::Bad,
        ChangeKind::NewReason | ChangeKind::VerdictChanged => Tone::Notice,
        ChangeKind::NewCase | ChangeKind::GoneCase => Tone::Strong,
    }
}

/// All of it for programs.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Json<'a> {
    /// `corsproof/diff/1`
    schema: &'static str,
    #[serde(flatten)]
    changes: &'a Changes,
}

/// The changes as JSON text, `corsproof/diff/1`.
pub(crate) fn json(changes: &Changes) -> String {
    let json = Json { schema: "corsproof/diff/1", changes };
    // Words and numbers alone: nothing in it that JSON could not hold.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

/// The JSON Schema of `corsproof diff --json`.
pub(crate) fn schema() -> Value {
    stream::schema_of::<Json<'_>>("corsproof diff", "What `corsproof diff --json` prints.")
}
