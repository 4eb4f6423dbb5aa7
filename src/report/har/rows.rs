//! The requests of a recording as rows, and what came of each in a few words.

use super::super::{ink::Tone, sheet::Sheet, words::counted};
use crate::{
    diagnose::Place,
    har::{Credentials, JudgedRequest, Outcome, Preflight, Recording, Standing, Unknown},
};

/// How many rows are shown of what is blocked or unknown, and of what is readable.
const MOST_ROWS: usize = 20;
const MOST_READABLE: usize = 6;

/// The rows, those of what went worst first.
pub(super) fn render(sheet: &mut Sheet, recording: &Recording) {
    let rows = rows(recording);
    for (standing, most) in
        [(Standing::Blocked, MOST_ROWS), (Standing::Unknown, MOST_ROWS), (Standing::Readable, MOST_READABLE)]
    {
        of_standing(sheet, recording, &rows, standing, most);
    }
}

/// The origin of the page, where one asked for all.
pub(super) fn only_origin(recording: &Recording) -> Option<&str> {
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
    (&one.url, &one.method, one.has_query, &one.origin, one.status, one.redirects, one.credentials)
        == (
            &other.url,
            &other.method,
            other.has_query,
            &other.origin,
            other.status,
            other.redirects,
            other.credentials,
        )
        && one.outcome == other.outcome
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
        Unknown::WhySent(reason) => {
            format!("by the standard it is not sent at all ({}), and this browser sent it", reason.word())
        }
        Unknown::Cached => {
            "304: the answer that counts is in the browser's cache, not in the file".to_owned()
        }
    }
}
