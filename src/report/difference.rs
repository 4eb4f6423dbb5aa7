//! A difference in full: request, traffic, outcome, and the values of author, model and browser.

use super::{
    ink::Tone,
    sheet::{Sheet, shorten},
    words,
};
use crate::{
    case::Step,
    judge::{Difference, Voice},
    observation::{Observation, SentRequest, StepOutcome},
    stream::{CaseRecord, ResultRecord},
};

/// The part of a header's value that is shown, in characters.
const GLIMPSE: usize = 160;

/// The facts about a result that its differences do not hold.
pub(super) struct ResultContext<'a> {
    pub(super) engine: &'a str,
    /// The command to which a case is added to run it alone.
    pub(super) command: &'a str,
}

/// Writes everything that a developer needs to understand one difference.
pub(super) fn render(
    sheet: &mut Sheet,
    context: &ResultContext<'_>,
    case: &CaseRecord,
    result: &ResultRecord,
    differences: &[Difference],
) {
    sheet.line(&[(Tone::Bad, "✗ DIFFERS"), (Tone::Normal, " in "), (Tone::Strong, context.engine)]);
    sheet.paragraph(2, Tone::Strong, &case.id.0);
    sheet.paragraph(2, Tone::Quiet, &case.place());
    sheet.gap();
    for difference in differences {
        voices(sheet, difference);
    }
    if differences.iter().all(|difference| difference.with == Voice::Model) {
        let text = "The case file and the model disagree; no browser has a part in it.";
        sheet.paragraph(2, Tone::Notice, text);
    }
    sheet.gap();
    if case.steps.len() == 1 {
        asked(sheet, &case.steps[0]);
    }
    wire(sheet, result);
    for (index, step) in case.steps.iter().enumerate() {
        if case.steps.len() > 1 {
            sheet.gap();
            let heading = format!("  steps[{index}], of {}", case.steps.len());
            sheet.line(&[(Tone::Strong, &heading)]);
            asked(sheet, step);
        }
        came_of_it(sheet, result.observed.as_ref().and_then(|observed| observed.steps.get(index)));
        sheet.labelled("author", Tone::Normal, &words::expectation(&step.expect));
        if let Some(predicted) = result.predicted.steps.get(index) {
            sheet.labelled("model", Tone::Normal, &words::outcome(predicted));
        }
    }
    if case.steps.len() > 1 {
        sheet.gap();
    }
    references(sheet, context, case, result);
}

/// Writes the requests that must be sent, and where to read on.
fn references(sheet: &mut Sheet, context: &ResultContext<'_>, case: &CaseRecord, result: &ResultRecord) {
    sheet.labelled("author sends", Tone::Normal, &words::expected_requests(&case.sent));
    sheet.labelled("model sends", Tone::Normal, &words::sent_requests(&result.predicted.sent));
    for (index, twin) in case.twins.iter().enumerate() {
        sheet.labelled(if index == 0 { "twin" } else { "" }, Tone::Normal, &twin.0);
    }
    sheet.labelled("standard", Tone::Normal, &case.spec);
    sheet.verbatim(2, Tone::Quiet, &again(context.command, result));
}

/// The command that runs this case alone, quoted for a shell.
pub(super) fn again(command: &str, result: &ResultRecord) -> String {
    let id = &result.case.0;
    // An empty matrix value stands in an id as two single quotes.
    let quote = if id.contains('\'') { '"' } else { '\'' };
    format!("{command} {quote}{id}{quote} --browser {}", result.engine)
}

/// Writes one differing field with the values of both sides.
fn voices(sheet: &mut Sheet, difference: &Difference) {
    sheet.line(&[(Tone::Bad, "  "), (Tone::Bad, &difference.field)]);
    sheet.labelled(says(difference.by), Tone::Good, &difference.expected);
    sheet.labelled(says(difference.with), Tone::Bad, &difference.found);
}

fn says(voice: Voice) -> &'static str {
    match voice {
        Voice::Author => "author wants",
        Voice::Model => "model says",
        Voice::Known => "known as",
        Voice::Invariant => "rule demands",
        Voice::Browser => "browser has",
    }
}

/// The requests that reached a server, each with what it was answered.
fn wire(sheet: &mut Sheet, result: &ResultRecord) {
    let Some(Observation { sent, .. }) = &result.observed else {
        return sheet.labelled("sent", Tone::Normal, "nothing could be observed");
    };
    if sent.is_empty() {
        return sheet.labelled("sent", Tone::Normal, "nothing reached a server");
    }
    for (index, (request, answer)) in sent.iter().zip(&result.answers).enumerate() {
        sheet.labelled(&format!("sent[{index}]"), Tone::Strong, &request_line(request));
        for (name, value) in &request.headers {
            sheet.under(2, Tone::Normal, &format!("{name}: {}", shorten(value, GLIMPSE)));
        }
        if !request.body.is_empty() {
            sheet.under(2, Tone::Normal, &format!("body {}", words::quoted(&request.body)));
        }
        sheet.under(0, Tone::Notice, &format!("← {}", words::answered(answer)));
        for (name, value) in &answer.headers {
            sheet.under(2, Tone::Normal, &shorten(&format!("{name}: {value}"), GLIMPSE));
        }
    }
}

fn request_line(request: &SentRequest) -> String {
    let attempts = match request.attempts {
        0 | 1 => String::new(),
        more => format!(" ({more} attempts)"),
    };
    format!("→ {} {}{attempts}", request.method, request.url)
}

fn asked(sheet: &mut Sheet, step: &Step) {
    sheet.labelled("asked", Tone::Normal, &words::asked(step));
    for (name, value) in &step.request.headers {
        sheet.under(2, Tone::Normal, &format!("{name}: {}", shorten(value, GLIMPSE)));
    }
    sheet.labelled("from", Tone::Normal, &words::asks_from(step));
}

/// Writes what the script could read, and the browser's own words.
fn came_of_it(sheet: &mut Sheet, seen: Option<&StepOutcome>) {
    let Some(outcome) = seen else {
        sheet.labelled("script read", Tone::Normal, "nothing could be observed");
        return;
    };
    sheet.labelled("script read", Tone::Strong, &words::outcome(outcome));
    for (name, value) in words::response_headers(&outcome.read) {
        sheet.under(2, Tone::Normal, &format!("{name}: {}", shorten(value, GLIMPSE)));
    }
    if outcome.messages.is_empty() {
        sheet.labelled("browser said", Tone::Quiet, "nothing");
    }
    for (index, message) in outcome.messages.iter().enumerate() {
        sheet.labelled(if index == 0 { "browser said" } else { "" }, Tone::Notice, message);
    }
}
