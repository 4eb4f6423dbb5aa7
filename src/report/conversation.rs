//! A request to a real server and what it was answered, with the headers that matter.

use super::{ink::Tone, sheet::Sheet};
use crate::evidence::Shown;

/// One exchange, labelled.
pub(super) fn exchange(sheet: &mut Sheet, label: &str, shown: &Shown) {
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

/// `access-control-allow-origin` as people write it.
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    };
    name.split('-').map(word).collect::<Vec<String>>().join("-")
}
