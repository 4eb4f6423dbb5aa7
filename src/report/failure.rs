//! Cases that the harness could not observe, by cause, with what to do about each cause.

use super::{
    ink::Tone,
    sheet::Sheet,
    tally::{Notable, Tally},
    words::counted,
};
use crate::judge::Verdict;

/// How many cases with the same cause are named.
const NAMED: usize = 5;

/// The failures of an engine, by cause: a browser that died once fails many cases.
pub(super) fn render(sheet: &mut Sheet, tally: &Tally, command: &str) {
    let causes = causes(tally);
    for (why, results) in &causes {
        sheet.rule();
        let heading = format!(" {} in ", counted(results.len(), "case"));
        sheet.line(&[(Tone::Bad, "! FAILED"), (Tone::Normal, &heading), (Tone::Strong, &tally.name())]);
        for Notable { case, result } in results.iter().copied().take(NAMED) {
            sheet.paragraph(2, Tone::Strong, &case.id.0);
            let retries = match result.retries as usize + result.earlier.len() {
                0 => String::new(),
                more => format!(" (tried {} times)", more + 1),
            };
            sheet.paragraph(4, Tone::Quiet, &format!("{}{retries}", case.place()));
        }
        if results.len() > NAMED {
            sheet.paragraph(2, Tone::Quiet, &format!("and {} more", results.len() - NAMED));
        }
        sheet.labelled("cause", Tone::Normal, why);
        sheet.labelled("do", Tone::Normal, advice(tally));
        if let Some(first) = results.first() {
            sheet.verbatim(2, Tone::Quiet, &super::difference::again(command, &first.result));
        }
    }
}

/// Causes in the order in which they first came, each with its results.
fn causes(tally: &Tally) -> Vec<(&str, Vec<&Notable>)> {
    let mut causes: Vec<(&str, Vec<&Notable>)> = Vec::new();
    for result in &tally.notable {
        let Verdict::Failed { why } = &result.result.verdict else { continue };
        match causes.iter_mut().find(|(known, _)| known == why) {
            Some((_, results)) => results.push(result),
            None => causes.push((why, vec![result])),
        }
    }
    causes
}

fn advice(tally: &Tally) -> &'static str {
    match (&tally.given_up, &tally.version) {
        (Some(_), None) => {
            "The browser never came up, so this says nothing about the engine. 'corsproof doctor' shows which \
             browsers and drivers there are, and how to get the others. Then:"
        }
        _ => "Nothing was observed, so this says nothing about the engine. Run one of them alone:",
    }
}
