//! The short parts of the report for people: blocked reads, known differences, the slowest, the totals.

use std::time::Duration;

use super::{
    ink::Tone,
    sheet::Sheet,
    tally::{Notable, Tally, counts, sum},
    words::{counted, duration},
};
use crate::{
    judge::Verdict,
    stream::{Stopped, Totals},
};

/// How many of the slowest cases are shown, over all engines.
const SLOWEST: usize = 5;

/// How many reads were blocked, and for how many the engine does not say why.
pub(super) fn blocked_reads(sheet: &mut Sheet, tally: &Tally) {
    if tally.blocked == 0 {
        return;
    }
    let reads = counted(tally.blocked, "blocked read");
    let text = match (tally.blocked - tally.unreported.min(tally.blocked), tally.unreported) {
        (_, 0) => format!("{reads}, with the engine's own reason"),
        (0, _) => format!("{reads}, without a reason of the engine's (unreported)"),
        (told, count) => {
            format!("{reads}: {told} with the engine's own reason, {count} without (unreported)")
        }
    };
    sheet.paragraph(2, Tone::Quiet, &text);
}

/// Writes the known differences, one on each line.
pub(super) fn known(sheet: &mut Sheet, tally: &Tally) {
    let mut heading = Heading::new("known differences");
    for Notable { result, .. } in &tally.notable {
        if let Verdict::Known { note, link, since } = &result.verdict {
            heading.once(sheet);
            let text = format!("{}: {note} (since {since}) {link}", result.case);
            sheet.paragraph(2, Tone::Notice, &text);
        }
    }
}

/// Cases that mean nothing in this engine, a line each.
pub(super) fn not_applicable(sheet: &mut Sheet, tally: &Tally) {
    let mut heading = Heading::new("not applicable");
    for Notable { result, .. } in &tally.notable {
        if let Verdict::NotApplicable { why } = &result.verdict {
            heading.once(sheet);
            sheet.paragraph(2, Tone::Quiet, &format!("{}: {why}", result.case));
        }
    }
}

/// Writes the cases whose repeated runs had more than one verdict.
pub(super) fn unstable(sheet: &mut Sheet, tally: &Tally) {
    let mut heading = Heading::new("not the same each time");
    for (id, totals) in tally.unstable() {
        heading.once(sheet);
        sheet.paragraph(2, Tone::Notice, &format!("{id}: {}", spell(&totals)));
    }
}

/// Writes the cases whose verdict changed when they were tried again.
pub(super) fn flaky(sheet: &mut Sheet, tally: &Tally) {
    let mut heading = Heading::new("flaky");
    for (id, text) in &tally.flaky {
        heading.once(sheet);
        sheet.paragraph(2, Tone::Notice, &format!("{id}: {text}"));
    }
}

/// The slowest cases of all engines.
pub(super) fn slowest<'a>(sheet: &mut Sheet, tallies: impl Iterator<Item = &'a Tally>) {
    let mut all: Vec<_> =
        tallies.flat_map(|tally| tally.slowest.iter().map(|(took, id)| (*took, tally.engine, id))).collect();
    all.sort_by_key(|(took, _, _)| std::cmp::Reverse(*took));
    let mut heading = Heading::new("slowest");
    for (took, engine, id) in all.into_iter().take(SLOWEST) {
        heading.once(sheet);
        sheet.line(&[(Tone::Normal, &format!("  {:>8}  {engine:<9} {id}", duration(took)))]);
    }
}

/// Requests for hosts that no case names.
pub(super) fn refused(sheet: &mut Sheet, refused: u64) {
    if refused > 0 {
        sheet.gap();
        let requests = if refused == 1 { "request was" } else { "requests were" };
        let text = format!(
            "{refused} {requests} refused: for hosts that no case names (the browsers' own background traffic)"
        );
        sheet.paragraph(0, Tone::Quiet, &text);
    }
}

/// The last line. `stopped`: why it ended early, and how many results it would have had.
pub(super) fn totals(sheet: &mut Sheet, totals: &Totals, took: Duration, stopped: Option<(Stopped, usize)>) {
    sheet.gap();
    let results = sum(totals);
    if let Some((why, expected)) = stopped {
        let missing = expected.saturating_sub(results);
        let text = format!("{}: {missing} of {} are missing.", why_stopped(why), counted(expected, "result"));
        sheet.paragraph(0, Tone::Bad, &text);
    }
    let all_is_well = totals.differs + totals.failed == 0 && stopped.is_none();
    let (mark, tone) = if all_is_well { ("✓ ", Tone::Good) } else { ("✗ ", Tone::Bad) };
    let text = format!("{} in {}: {}", counted(results, "result"), duration(took), spell(totals));
    sheet.line(&[(tone, mark), (Tone::Strong, &text)]);
}

fn why_stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Interrupted => "Interrupted",
        Stopped::FirstFailure => "Stopped at the first failure",
        Stopped::TimedOut => "Stopped because the time was up",
    }
}

/// The totals in words, as `2 agree, 1 differs`; zeros are left out.
pub(super) fn spell(totals: &Totals) -> String {
    let parts: Vec<String> = counts(totals)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", plural(verdict, count)))
        .collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

fn plural(verdict: &'static str, count: usize) -> &'static str {
    match (verdict, count) {
        ("n/a", _) => "not applicable",
        ("agrees", 2..) => "agree",
        ("differs", 2..) => "differ",
        (verdict, _) => verdict,
    }
}

/// A heading that is written only if something comes under it.
struct Heading {
    text: &'static str,
}

impl Heading {
    fn new(text: &'static str) -> Self {
        Self { text }
    }

    fn once(&mut self, sheet: &mut Sheet) {
        if !self.text.is_empty() {
            sheet.gap();
            sheet.line(&[(Tone::Strong, self.text)]);
            self.text = "";
        }
    }
}
