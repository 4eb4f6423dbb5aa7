//! The report of a recording for people: the requests, those that went worst first, and each cure once.

use fetch_model::Reason;

use super::{
    super::{
        explain::{Servers, command_line, explain, gaps},
        ink::Tone,
        sheet::Sheet,
        terminal::Look,
        words::counted,
    },
    rows,
};
use crate::{
    diagnose::Cause,
    har::{JudgedRequest, Outcome, Recording, Standing, Unknown},
};

/// The report of a recording for a terminal; `file` is its name.
pub(crate) fn render(recording: &Recording, file: &str, look: &Look) -> String {
    let mut sheet = Sheet::new(look.ink, look.width);
    headline(&mut sheet, recording, file);
    rows::render(&mut sheet, recording);
    cures(&mut sheet, recording);
    rest(&mut sheet, recording);
    notes(&mut sheet, recording);
    sheet.gap();
    conclusion(&mut sheet, recording);
    sheet.into_text()
}

fn headline(sheet: &mut Sheet, recording: &Recording, file: &str) {
    let by = if recording.creator.is_empty() { String::new() } else { format!(", by {}", recording.creator) };
    let entries = match recording.entries {
        1 => "1 entry".to_owned(),
        entries => format!("{entries} entries"),
    };
    sheet.line(&[(Tone::Strong, file), (Tone::Quiet, &format!("  {entries}{by}"))]);
    if let Some(origin) = rows::only_origin(recording) {
        sheet.line(&[(Tone::Quiet, "asked by a page of "), (Tone::Normal, origin)]);
    }
}

/// What is cured by one change: a reason, or what the answers themselves give away.
#[derive(PartialEq, Eq)]
struct Kind<'a> {
    remedy: Reason,
    cause: Option<&'a Cause>,
}

/// Each cure once, and the command that asks for the first request that needs one.
fn cures(sheet: &mut Sheet, recording: &Recording) {
    let mut told: Vec<Kind<'_>> = Vec::new();
    for request in &recording.requests {
        let (Outcome::Blocked { cause, .. }, Some(remedy)) = (&request.outcome, request.remedy()) else {
            continue;
        };
        let kind = Kind { remedy, cause: cause.as_ref() };
        if !told.contains(&kind) {
            sheet.gap();
            cure(sheet, &kind);
            told.push(kind);
        }
    }
    let is_worth_asking = |request: &&JudgedRequest| request.standing() != Standing::Readable;
    let mut commands =
        recording.requests.iter().filter(is_worth_asking).filter_map(|request| request.command.as_ref());
    let Some(command) = commands.next() else { return };
    sheet.gap();
    sheet.line(&[(Tone::Quiet, "What browsers make of it, asked for real; the first one, for instance:")]);
    command_line(sheet, command);
    if let Some(gaps) = gaps(command) {
        sheet.paragraph(4, Tone::Quiet, &gaps);
    }
}

fn cure(sheet: &mut Sheet, kind: &Kind<'_>) {
    let explanation = explain(kind.remedy);
    sheet.line(&[
        (Tone::Strong, kind.remedy.word()),
        (Tone::Normal, ": "),
        (Tone::Normal, explanation.title),
    ]);
    match kind.cause {
        Some(cause) => {
            sheet.labelled("means", Tone::Normal, &cause.what);
            sheet.labelled("change", Tone::Good, &cause.change);
        }
        None => sheet.labelled("change", Tone::Good, explanation.remedy),
    }
    let code =
        if matches!(explanation.servers, Servers::Code { .. }) { "  (Express, FastAPI, nginx)" } else { "" };
    sheet.under(0, Tone::Quiet, &format!("corsproof explain {}{code}", kind.remedy.word()));
}

/// What is counted only.
fn rest(sheet: &mut Sheet, recording: &Recording) {
    let mut counts = Vec::new();
    if recording.same_origin > 0 {
        counts.push(format!("{} of a page to its own origin", counted(recording.same_origin, "request")));
    }
    let without: usize = recording.without_cors.values().sum();
    if without > 0 {
        let kinds: Vec<String> =
            recording.without_cors.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        counts.push(format!("{without} without CORS ({})", kinds.join(", ")));
    }
    if recording.unreadable > 0 {
        counts.push(format!("{} without a URL", recording.unreadable));
    }
    if !counts.is_empty() {
        sheet.gap();
        sheet.paragraph(0, Tone::Quiet, &format!("Besides: {}.", counts.join("; ")));
    }
}

/// What the file does not tell, once.
fn notes(sheet: &mut Sheet, recording: &Recording) {
    let has_unless =
        |request: &JudgedRequest| matches!(request.outcome, Outcome::Readable { unless: Some(_) });
    let is_silent = |request: &JudgedRequest| match &request.outcome {
        Outcome::Unknown(Unknown::NoAnswer { error }) => {
            error.as_deref().is_none_or(|error| error == "net::ERR_FAILED")
        }
        _ => false,
    };
    if !recording.has_cookies && recording.requests.iter().any(has_unless) {
        let text = "No request in this file has cookies. Browsers leave them out of what they export unless they are told \
                    otherwise, so the file does not tell which requests had credentials: what is said here holds without.";
        sheet.gap();
        sheet.paragraph(0, Tone::Notice, &format!("note: {text}"));
    }
    if recording.requests.iter().any(is_silent) {
        let text = "Chromium exports no answer for what it blocked. Its console has the reason: corsproof explain 'the words \
                    of the console'.";
        sheet.gap();
        sheet.paragraph(0, Tone::Notice, &format!("note: {text}"));
    }
}

fn conclusion(sheet: &mut Sheet, recording: &Recording) {
    let count = |standing| recording.requests.iter().filter(|request| request.standing() == standing).count();
    let (blocked, unknown, readable) =
        (count(Standing::Blocked), count(Standing::Unknown), count(Standing::Readable));
    let (tone, mark) = match recording.all_readable() {
        true => (Tone::Good, "✓"),
        false => (Tone::Bad, "✗"),
    };
    let text = match recording.requests.len() {
        0 => " no request of CORS is in this file".to_owned(),
        all => {
            let all = counted(all, "request");
            format!(" {all} of CORS: {blocked} blocked, {readable} readable, {unknown} not known")
        }
    };
    sheet.line(&[(tone, mark), (Tone::Strong, &text)]);
}
