//! The servers of a case and their answers.

use corsproof_fixture::{Resource, Source as Answer, Turn};

use crate::{
    case::Case,
    report::{
        Sheet, Tone,
        words::{self, counted},
    },
};

/// Writes one URL and its answers.
pub(super) fn server(sheet: &mut Sheet, case: &Case, resource: &Resource) {
    let origin = resource.url.origin().ascii_serialization();
    let is_old = resource.url.scheme() == "http" || case.scenario.http1_origins.contains(&origin);
    let http = if is_old { "HTTP/1.1" } else { "HTTP/2" };
    sheet.line(&[
        (Tone::Strong, "server of "),
        (Tone::Strong, resource.url.as_str()),
        (Tone::Quiet, &format!(" ({http})")),
    ]);
    turns(sheet, "preflight", &resource.preflight, "405: it has no OPTIONS handler");
    turns(sheet, "response", &resource.response, "404");
}

fn turns(sheet: &mut Sheet, label: &str, turns: &[Turn], otherwise: &str) {
    if turns.is_empty() {
        sheet.labelled(label, Tone::Quiet, otherwise);
    }
    for (index, turn) in turns.iter().enumerate() {
        let mut notes = Vec::new();
        let is_last = index + 1 == turns.len();
        if turns.len() > 1 {
            let times = counted(turn.times as usize, "time");
            notes.push(if is_last { "from then on".to_owned() } else { times });
        }
        if !turn.delay.is_zero() {
            notes.push(format!("after {}", words::duration(turn.delay)));
        }
        let label = if index == 0 { label } else { "then" };
        answer(sheet, label, &turn.source, &notes.join(", "));
    }
}

fn answer(sheet: &mut Sheet, label: &str, source: &Answer, note: &str) {
    let (what, text) = match source {
        Answer::Text(text) => ("", Some(text)),
        Answer::Sample { head, .. } => ("", Some(head)),
        Answer::Raw { bytes, .. } => ("raw bytes", Some(bytes)),
        Answer::Named(named) => (named.name(), None),
        Answer::Close => ("closes the connection", None),
        Answer::Hang => ("never answers", None),
        Answer::WebSocket => ("accepts a WebSocket", None),
    };
    let head = [what, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut lines = text.map(|text| text.lines().collect::<Vec<_>>()).unwrap_or_default();
    if head.is_empty() && !lines.is_empty() {
        sheet.labelled(label, Tone::Normal, lines.remove(0));
    } else {
        sheet.labelled(label, Tone::Quiet, &head);
    }
    for line in lines {
        sheet.verbatim(TEXT, Tone::Normal, if line.is_empty() { " " } else { line });
    }
    if let Answer::Sample { body, .. } = source {
        sheet.labelled("body", Tone::Quiet, &format!("a {} file", body.name()));
    }
    if let Answer::Raw { seen_as: Some(seen_as), .. } = source {
        sheet.labelled("seen as", Tone::Quiet, "");
        sheet.verbatim(TEXT, Tone::Normal, seen_as);
    }
}

/// The column where labelled text begins, for lines that stand as they are.
const TEXT: usize = 16;
