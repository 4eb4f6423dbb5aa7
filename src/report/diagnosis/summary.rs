//! The end of a diagnosis report: a table of all outcomes, notes, and the conclusion.

use std::collections::BTreeSet;

use browsers::Engine;
use fetch_model::Reason;

use super::{
    super::{ink::Tone, sheet::Sheet},
    text::{is_told, mark, name, names},
};
use crate::diagnose::{CaseOutcome, Conclusion, Diagnosis, Role};

/// The width of a request's name in the table.
const NAME: usize = 30;
/// The width of an engine's column.
const COLUMN: usize = 15;

/// Writes the table of results and the conclusion.
pub(super) fn render(sheet: &mut Sheet, diagnosis: &Diagnosis) {
    table(sheet, diagnosis);
    notes(sheet, diagnosis);
    conclusion(sheet, diagnosis);
}

/// Writes a table with a line for each request and a column for each engine.
fn table(sheet: &mut Sheet, diagnosis: &Diagnosis) {
    let engines: BTreeSet<Engine> = diagnosis
        .results
        .iter()
        .flat_map(|result| &result.outcomes)
        .flat_map(|seen| seen.engines.clone())
        .collect();
    sheet.gap();
    sheet.rule();
    let heads: String = engines.iter().map(|engine| format!("{:<COLUMN$}", engine.name())).collect();
    sheet.line(&[(Tone::Quiet, &format!("  {:<NAME$}{heads}", ""))]);
    for result in &diagnosis.results {
        let mut pieces = vec![(Tone::Strong, format!("  {:<NAME$}", name(result)))];
        for engine in &engines {
            let seen = result.outcomes.iter().find(|seen| seen.engines.contains(engine));
            let (tone, text) = match seen {
                Some(seen) => {
                    let (tone, mark, word) = mark(&seen.outcome);
                    (tone, format!("{mark} {word}"))
                }
                None => (Tone::Quiet, "not asked".to_owned()),
            };
            pieces.push((tone, format!("{text:<COLUMN$}")));
        }
        let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
        sheet.line(&pieces);
        for seen in &result.outcomes {
            let why = match &seen.outcome {
                CaseOutcome::RedirectedAway { to, .. } => format!("to {to}"),
                outcome => outcome.reason().map(Reason::word).unwrap_or_default().to_owned(),
            };
            if !why.is_empty() {
                let engines = if result.outcomes.len() > 1 {
                    format!(" in {}", names(&seen.engines))
                } else {
                    String::new()
                };
                sheet.paragraph(NAME + 2, Tone::Quiet, &format!("{why}{engines}"));
            }
        }
    }
}

/// Advice for a page of https and a server of http, without a certificate.
fn over_https(diagnosis: &Diagnosis) -> Option<String> {
    let mut reasons =
        diagnosis.results.iter().flat_map(|result| &result.outcomes).map(|seen| seen.outcome.reason());
    reasons.any(|reason| reason == Some(Reason::MixedContent)).then(|| {
        let mut url = diagnosis.target.url.clone();
        let is_set = url.set_scheme("https").is_ok() && url.set_port(None).is_ok();
        debug_assert!(is_set, "an http URL can have the other scheme");
        format!(
            "to see it as it is behind https, give the server a name of https:\ncorsproof diagnose {url} --at http://{} --from {}",
            diagnosis.address, diagnosis.from
        )
    })
}

/// Whether a request is told by the table alone whose answer is not readable.
fn is_short(diagnosis: &Diagnosis) -> bool {
    diagnosis.results.iter().any(|result| {
        let mut outcomes = result.outcomes.iter();
        outcomes
            .any(|seen| !matches!(seen.outcome, CaseOutcome::Readable(_)) && is_told(diagnosis, result, seen))
    })
}

fn notes(sheet: &mut Sheet, diagnosis: &Diagnosis) {
    let mut notes = Vec::new();
    if diagnosis.is_same_origin() {
        notes.push("The page has the server's own origin: no CORS header decides anything here.".to_owned());
    }
    if diagnosis.crosses_into_this_machine() {
        let host = diagnosis.target.url.host_str().unwrap_or_default();
        notes.push(format!(
            "Chromium since version 142 also asks the person before a public page may ask {host} \
             (local-network-access). That is no CORS, and cannot be shown here, where both are on this machine."
        ));
    }
    notes.extend(over_https(diagnosis));
    if is_short(diagnosis) {
        notes.push(
            "What is as the first one was is in the table alone; ask for it by itself to see it whole: \
             --header 'Content-Type: application/json', --credentials."
                .to_owned(),
        );
    }
    for note in notes {
        sheet.gap();
        sheet.paragraph(0, Tone::Quiet, &format!("note: {note}"));
    }
}

fn conclusion(sheet: &mut Sheet, diagnosis: &Diagnosis) {
    let Some(asked) = diagnosis.asked() else { return };
    let request = name(asked);
    let from = &diagnosis.from;
    sheet.gap();
    if diagnosis.interrupted {
        sheet.paragraph(0, Tone::Bad, "Interrupted: what was not asked by then is not known.");
    }
    let (tone, text) = match diagnosis.conclusion() {
        Conclusion::Readable => (Tone::Good, format!("✓ {from} can read it ({request})")),
        Conclusion::Blocked if asked.engines_disagree() => {
            (Tone::Bad, format!("✗ engines disagree whether {from} can read it ({request})"))
        }
        Conclusion::Blocked => (Tone::Bad, format!("✗ {from} cannot read it ({request})")),
        Conclusion::Unknown => (Tone::Bad, format!("? whether {from} can read it is not known ({request})")),
    };
    sheet.paragraph(0, tone, &text);
    debug_assert_eq!(asked.role, Role::Asked);
}
