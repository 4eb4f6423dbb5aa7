//! The report of a recording for people: the requests, those that went worst first, and each cure once.

use fetch_model::Reason;

use super::super::{
    explain::{GAPS, Servers, command_line, explain},
    ink::Tone,
    sheet::Sheet,
    terminal::Look,
    words::counted,
};
use crate::{
    diagnose::{Cause, Place},
    har::{Credentials, JudgedRequest, Outcome, Preflight, Recording, Standing, Unknown},
};

/// How many rows are shown of what is blocked or unknown, and of what is readable.
const MOST_ROWS: usize = 20;
const MOST_READABLE: usize = 6;

/// The report of a recording for a terminal; `file` is its name.
pub(crate) fn render(recording: &Recording, file: &str, look: &Look) -> String {
    let mut sheet = Sheet::new(look.ink, look.width);
    headline(&mut sheet, recording, file);
    let rows = rows(recording);
    for (standing, most) in
        [(Standing::Blocked, MOST_ROWS), (Standing::Unknown, MOST_ROWS), (Standing::Readable, MOST_READABLE)]
    {
        of_standing(&mut sheet, recording, &rows, standing, most);
    }
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
    if let Some(origin) = only_origin(recording) {
        sheet.line(&[(Tone::Quiet, "asked by a page of "), (Tone::Normal, origin)]);
    }
}

/// The origin of the page, where one asked for all.
fn only_origin(recording: &Recording) -> Option<&str> {
    let first = recording.requests.first()?.origin.as_str();
    recording.requests.iter().all(|request| request.origin == first).then_some(first)
}

/// Requests that are alike in all that is shown, and how many there are.
struct Row<'a> {
    request: &'a JudgedRequest,
    count: usize,
}

fn rows(recording: &Recording) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for request in &recording.requests {
        match rows.iter_mut().find(|row| is_alike(row.request, request)) {
            Some(row) => row.count += 1,
            None => rows.push(Row { request, count: 1 }),
        }
    }
    rows
}

fn is_alike(one: &JudgedRequest, other: &JudgedRequest) -> bool {
    let shown = |request: &JudgedRequest| {
        (
            request.method.clone(),
            request.url.clone(),
            request.has_query,
            request.origin.clone(),
            request.status,
        )
    };
    shown(one) == shown(other) && one.outcome == other.outcome
}

fn of_standing(sheet: &mut Sheet, recording: &Recording, rows: &[Row<'_>], standing: Standing, most: usize) {
    let of_standing: Vec<&Row<'_>> = rows.iter().filter(|row| row.request.standing() == standing).collect();
    if of_standing.is_empty() {
        return;
    }
    sheet.gap();
    for one in of_standing.iter().take(most) {
        row(sheet, recording, one);
    }
    if of_standing.len() > most {
        let more = format!("  and {} more like these: --json has them all", of_standing.len() - most);
        sheet.line(&[(Tone::Quiet, &more)]);
    }
}

fn row(sheet: &mut Sheet, recording: &Recording, Row { request, count }: &Row<'_>) {
    let (tone, mark) = match request.standing() {
        Standing::Blocked => (Tone::Bad, "✗"),
        Standing::Unknown => (Tone::Notice, "?"),
        Standing::Readable => (Tone::Good, "✓"),
    };
    let query = if request.has_query { "?…" } else { "" };
    let times = if *count > 1 { format!("  {count} times") } else { String::new() };
    sheet.line(&[
        (tone, mark),
        (Tone::Strong, &format!(" {} {}{query}", request.method, request.url)),
        (Tone::Quiet, &times),
    ]);
    let page = match only_origin(recording) {
        Some(_) => String::new(),
        None => format!("page {}: ", request.origin),
    };
    sheet.paragraph(4, Tone::Normal, &format!("{page}{}", outcome(request, recording)));
}

fn outcome(request: &JudgedRequest, recording: &Recording) -> String {
    let mut parts = match &request.outcome {
        Outcome::Readable { .. } => {
            vec![format!(
                "readable{}",
                request.status.map(|status| format!(" ({status})")).unwrap_or_default()
            )]
        }
        Outcome::Blocked { reason, place, .. } => {
            vec![format!("{} {}", reason.word(), at(*place, request.status))]
        }
        Outcome::Unknown(unknown) => return lacking(unknown),
    };
    if !matches!(request.outcome, Outcome::Blocked { place: Place::Preflight, .. }) {
        parts.extend(match request.preflight {
            Preflight::Recorded(_) => Some("after a preflight".to_owned()),
            Preflight::NotRecorded => Some("after a preflight that is not in the file".to_owned()),
            Preflight::None => None,
        });
        parts.extend(redirects(request));
    }
    parts.extend(
        match request.credentials {
            Credentials::With => Some("with credentials"),
            Credentials::Concluded => Some("with credentials, as it failed in the browser"),
            Credentials::NotSeen => None,
        }
        .map(str::to_owned),
    );
    if let Outcome::Readable { unless } = request.outcome {
        let unless = unless.filter(|_| !recording.has_cookies);
        parts.extend(unless.map(|reason| format!("but {} if it had credentials", reason.word())));
        parts.extend(request.error.as_ref().map(|error| format!("though the browser says {error}")));
    }
    parts.join(", ")
}

/// The redirects on the way, and what they did to the Origin header.
fn redirects(request: &JudgedRequest) -> Option<String> {
    let count = counted(request.redirects, "redirect");
    match request.origin_at_end.as_deref() {
        _ if request.redirects == 0 => None,
        Some("null") if request.origin != "null" => Some(format!("after {count} that made its Origin null")),
        _ => Some(format!("after {count}")),
    }
}

/// Where a request ended: `at the preflight (405)`.
fn at(place: Place, status: Option<u16>) -> String {
    let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
    match place {
        Place::BeforeSending => "before it is sent".to_owned(),
        Place::Preflight => format!("at the preflight{status}"),
        Place::Redirect => format!("at a redirect{status}"),
        Place::Answer => format!("at the answer{status}"),
    }
}

/// What the file does not have.
pub(super) fn lacking(unknown: &Unknown) -> String {
    match unknown {
        Unknown::NoAnswer { error: Some(error) } => format!("the file has no answer: {error}"),
        Unknown::NoAnswer { error: None } => "the file has no answer".to_owned(),
        Unknown::NoRequest => "its preflight passes; the request itself is not in the file".to_owned(),
        Unknown::NoRedirectTarget => "the redirect passes; where it leads is not in the file".to_owned(),
        Unknown::Cached => {
            "304: the answer that counts is in the browser's cache, not in the file".to_owned()
        }
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
    if command.has_gaps() {
        sheet.paragraph(4, Tone::Quiet, GAPS);
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
        sheet.paragraph(0, Tone::Notice, &format!("note: {text}"));
    }
    if recording.requests.iter().any(is_silent) {
        let text = "Chromium exports no answer for what it blocked. Its console has the reason: corsproof explain 'the words \
                    of the console'.";
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
