//! A request to a real server and its answer, with the headers that matter.

use super::{ink::Tone, sheet::Sheet};
use crate::evidence::{ScriptSaw, ShownExchange};

/// Writes a request and its answer, with the headers that matter.
pub(super) fn exchange(sheet: &mut Sheet, label: &str, shown: &ShownExchange) {
    sheet.labelled(label, Tone::Strong, &shown.request);
    for (name, value) in &shown.request_headers {
        sheet.under(2, Tone::Quiet, &format!("{}: {value}", title_case(name)));
    }
    sheet.under(0, Tone::Strong, &format!("→ {}", shown.answer));
    let is_answer = shown.answer.starts_with(|first: char| first.is_ascii_digit());
    if is_answer && shown.answer_headers.is_empty() {
        sheet.under(2, Tone::Quiet, "(no header that matters)");
    }
    for (name, value) in &shown.answer_headers {
        sheet.under(2, Tone::Quiet, &format!("{}: {value}", title_case(name)));
    }
}

/// `GET /data (Origin: https://evil.example) → 200 (Access-Control-Allow-Origin: *)`
pub(super) fn line(shown: &ShownExchange) -> String {
    let fields = |fields: &[(String, String)]| {
        let fields: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}: {value}", title_case(name))).collect();
        if fields.is_empty() { String::new() } else { format!(" ({})", fields.join("; ")) }
    };
    let (asked, answered) = (fields(&shown.request_headers), fields(&shown.answer_headers));
    format!("{}{asked} → {}{answered}", shown.request, shown.answer)
}

/// The outcome for the script, in words.
pub(super) fn saw(outcome: ScriptSaw) -> String {
    match outcome {
        ScriptSaw::Allowed => "the script read it".to_owned(),
        ScriptSaw::Blocked { reason: Some(reason) } => format!("the script got an error: {}", reason.word()),
        ScriptSaw::Blocked { reason: None } => "the script got an error".to_owned(),
    }
}

/// A header's name in title case, `Access-Control-Allow-Origin`.
pub(super) fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    };
    name.split('-').map(word).collect::<Vec<String>>().join("-")
}
