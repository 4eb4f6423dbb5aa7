//! One policy file: its ten points, its findings, and whether they are as expected.

use super::words::{conclusion, mark, sign};
use crate::{
    report::{conversation, ink::Tone, sheet::Sheet, terminal::Detail, words::counted},
    stream::{
        CheckedFile, CheckedPoint, Evidence, Expectedness, Finding, FindingKind, Severity, Standing,
        Unobserved,
    },
};

/// The column where a point's title begins.
const TITLE: usize = 4;
/// The width of a point's name.
const NAME: usize = 15;
/// How many reasons for which cases were not observed are told.
const MOST_REASONS: usize = 5;

/// Advice that most servers get: a line at the end is enough for it.
const USUAL: [FindingKind; 2] = [FindingKind::PreflightSwallowsOptions, FindingKind::MaxAgeAboveCap];

/// Writes the checklist and the findings of one policy file.
pub(super) fn render(sheet: &mut Sheet, checked: &CheckedFile, detail: Detail) {
    sheet.gap();
    sheet.line(&[(Tone::Strong, &checked.file), (Tone::Quiet, &format!("  {}", checked.origin))]);
    if let Some(error) = &checked.no_server {
        sheet.gap();
        sheet.paragraph(2, Tone::Bad, "✗ not checked");
        sheet.paragraph(2, Tone::Normal, error);
        return;
    }
    sheet.gap();
    for point in &checked.checklist {
        of_point(sheet, point, detail);
    }
    match detail {
        Detail::Brief => brief(sheet, checked),
        Detail::Whole => checked.findings.iter().for_each(|finding| whole(sheet, finding, checked)),
    }
    unobserved(sheet, checked);
    end(sheet, checked);
}

fn of_point(sheet: &mut Sheet, point: &CheckedPoint, detail: Detail) {
    let (tone, mark, _) = mark(point.standing);
    let name = format!("{:<NAME$} ", point.point.word());
    sheet.line(&[
        (Tone::Normal, "  "),
        (tone, mark),
        (Tone::Normal, " "),
        (Tone::Strong, &name),
        (Tone::Normal, &point.title),
    ]);
    let withheld = || point.note.split("; ").find(|part| part.starts_with("withheld"));
    let note = match detail {
        _ if point.standing == Standing::Unknown => Some(point.note.as_str()),
        Detail::Whole => Some(point.note.as_str()),
        // A point must not look as if all had been asked.
        Detail::Brief => withheld(),
    };
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        sheet.paragraph(TITLE + NAME + 1, Tone::Quiet, note);
    }
}

/// Each finding once, with the paths that have it: what is wrong, what it means, what to change.
fn brief(sheet: &mut Sheet, checked: &CheckedFile) {
    let (usual, told): (Vec<&Finding>, Vec<&Finding>) = checked.findings.iter().partition(|finding| {
        USUAL.contains(&finding.kind) && finding.expectation != Expectedness::Unexpected
    });
    let are_alike = |one: &&Finding, other: &&Finding| {
        (one.kind, one.severity, &one.engines) == (other.kind, other.severity, &other.engines)
    };
    for alike in told.chunk_by(are_alike) {
        sheet.gap();
        heading(sheet, alike, checked);
        let finding = alike[0];
        if alike.iter().all(|other| other.found == finding.found) {
            sheet.labelled("found", Tone::Normal, &finding.found);
        } else {
            alike.iter().for_each(|one| {
                sheet.labelled("found", Tone::Normal, &format!("{}: {}", one.path, one.found));
            });
        }
        if let Some(evidence) = finding.evidence.as_ref().filter(|_| finding.severity != Severity::Advice) {
            seen(sheet, evidence);
            sheet.labelled("means", Tone::Normal, &finding.means);
        }
        sheet.labelled("change", Tone::Good, &finding.change);
    }
    if !usual.is_empty() {
        let names = usual.iter().map(|finding| format!("{} ({})", finding.kind.word(), finding.path));
        sheet.gap();
        sheet.paragraph(0, Tone::Quiet, &format!("! also: {}", names.collect::<Vec<_>>().join(", ")));
    }
    if !checked.findings.is_empty() {
        sheet.gap();
        sheet.paragraph(
            0,
            Tone::Quiet,
            "--verbose tells each with its conversation, --report html=PATH as a page",
        );
    }
}

/// The exchange that decided, in a line.
fn seen(sheet: &mut Sheet, evidence: &Evidence) {
    if let Some(last) = evidence.exchanges.last() {
        let saw = evidence.outcome.map(|outcome| format!("; {}", conversation::saw(outcome)));
        let line = format!("{}{}", conversation::line(last), saw.unwrap_or_default());
        sheet.labelled("seen", Tone::Quiet, &line);
    }
}

fn heading(sheet: &mut Sheet, alike: &[&Finding], checked: &CheckedFile) {
    let finding = alike[0];
    let tone = match finding.severity {
        Severity::Broken | Severity::Unsafe => Tone::Bad,
        Severity::Advice => Tone::Notice,
    };
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    let where_seen = if finding.engines == checked.engines {
        String::new()
    } else {
        format!("  in {}", engines.join(", "))
    };
    let paths: Vec<&str> = alike.iter().map(|finding| finding.path.as_str()).collect();
    sheet.line(&[
        (tone, sign(finding.severity)),
        (tone, &format!(" {}: ", finding.severity.word())),
        (Tone::Strong, finding.kind.word()),
        (Tone::Quiet, &format!("  {}{where_seen}", paths.join(", "))),
    ]);
}

/// One finding with all that it rests on.
fn whole(sheet: &mut Sheet, finding: &Finding, checked: &CheckedFile) {
    sheet.gap();
    heading(sheet, &[finding], checked);
    sheet.labelled("found", Tone::Normal, &finding.found);
    if let Some(evidence) = &finding.evidence {
        show(sheet, evidence);
    }
    sheet.labelled("means", Tone::Normal, &finding.means);
    sheet.labelled("change", Tone::Good, &finding.change);
}

/// The conversation that a finding rests on.
fn show(sheet: &mut Sheet, evidence: &Evidence) {
    sheet.labelled("case", Tone::Quiet, &format!("{} in {}", evidence.case, evidence.engine));
    for (index, shown) in evidence.exchanges.iter().enumerate() {
        let label = if index == 0 { "seen" } else { "" };
        conversation::exchange(sheet, label, shown);
    }
    if let Some(outcome) = evidence.outcome {
        sheet.under(0, Tone::Normal, &conversation::saw(outcome));
    }
}

fn unobserved(sheet: &mut Sheet, checked: &CheckedFile) {
    if checked.unobserved.is_empty() {
        return;
    }
    sheet.gap();
    let text = format!(
        "? {} could not be observed: nothing is known of them",
        counted(checked.unobserved.len(), "case")
    );
    sheet.paragraph(0, Tone::Bad, &text);
    let mut reasons: Vec<(&str, Vec<&Unobserved>)> = Vec::new();
    for failed in &checked.unobserved {
        match reasons.iter_mut().find(|(why, _)| *why == failed.why) {
            Some((_, alike)) => alike.push(failed),
            None => reasons.push((&failed.why, vec![failed])),
        }
    }
    // What most of them share says most.
    reasons.sort_by_key(|(_, alike)| std::cmp::Reverse(alike.len()));
    for (why, alike) in reasons.iter().take(MOST_REASONS) {
        let others = match alike.len() - 1 {
            0 => String::new(),
            others => format!(" and {others} more"),
        };
        sheet.paragraph(2, Tone::Normal, &format!("{} in {}{others}: {why}", alike[0].case, alike[0].engine));
    }
    let rest: usize = reasons.iter().skip(MOST_REASONS).map(|(_, alike)| alike.len()).sum();
    if rest > 0 {
        sheet.paragraph(2, Tone::Quiet, &format!("and {rest} more, for other reasons"));
    }
}

fn end(sheet: &mut Sheet, checked: &CheckedFile) {
    sheet.gap();
    let tone = if checked.is_as_expected() { Tone::Good } else { Tone::Bad };
    sheet.paragraph(0, tone, &conclusion(checked));
    if checked.expects.is_none() {
        return;
    }
    if checked.is_as_expected() {
        sheet.paragraph(0, Tone::Good, "exactly the findings that the file expects");
    }
    for finding in &checked.findings {
        if finding.expectation == Expectedness::Unexpected {
            let (word, severity) = (finding.kind.word(), finding.severity.word());
            sheet.paragraph(0, Tone::Bad, &format!("not expected: {word} ({severity}) of {}", finding.path));
        }
    }
    for vanished in &checked.vanished {
        let text =
            format!("expected and not found: {} ({}:{})", vanished.kind.word(), checked.file, vanished.line);
        sheet.paragraph(0, Tone::Bad, &text);
    }
}
