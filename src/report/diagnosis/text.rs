//! The report of a diagnosis for people: each request with its traffic, the step that refused it, and what would
//! pass.

use std::collections::BTreeSet;

use browsers::Engine;
use fetch_model::{CredentialsMode, Reason};

use super::{
    super::{
        conversation,
        explain::{Servers, explain},
        ink::Tone,
        sheet::{Sheet, shorten},
        terminal::Look,
        words::{self, quoted},
    },
    step::says_no,
    summary,
};
use crate::{
    diagnose::{CaseOutcome, Diagnosis, Fix, Place, ProbeResult, Question, Readable, Role, SharedOutcome},
    evidence::ShownExchange,
    judge::says_something_about,
};

/// What is explained the first time it occurs, and not again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Reason(Reason),
    NoAnswer,
}

/// The report of a diagnosis for a terminal.
pub(crate) fn render(diagnosis: &Diagnosis, look: &Look) -> String {
    let mut sheet = Sheet::new(look.ink, look.width);
    sheet.gap();
    sheet.line(&[(Tone::Strong, diagnosis.target.url.as_str())]);
    sheet.labelled("from", Tone::Normal, &format!("a page of {}", diagnosis.from));
    sheet.labelled("server", Tone::Normal, &diagnosis.address.to_string());
    let mut explained = BTreeSet::new();
    for result in &diagnosis.results {
        for seen in result.outcomes.iter().filter(|seen| !is_told(diagnosis, result, seen)) {
            sheet.gap();
            tell(&mut sheet, result, seen, &mut explained);
        }
    }
    summary::render(&mut sheet, diagnosis);
    sheet.into_text()
}

/// Whether the request that was asked for says all that this one says: the table at the end is enough then.
pub(super) fn is_told(diagnosis: &Diagnosis, result: &ProbeResult, seen: &SharedOutcome) -> bool {
    let is_as_telling = |asked: &&SharedOutcome| {
        let is_alike = asked.remedy == seen.remedy || asked.cause.is_some();
        asked.outcome.word() == seen.outcome.word() && is_alike
    };
    let asked = diagnosis.asked().into_iter().flat_map(|asked| &asked.outcomes);
    let mut alike = asked.filter(is_as_telling);
    result.role == Role::Beside
        && seen.standard.is_none()
        && alike.any(|asked| seen.engines.iter().all(|engine| asked.engines.contains(engine)))
}

/// A request's name in the report.
pub(super) fn name(result: &ProbeResult) -> String {
    let method = result.step.request.method.as_deref().unwrap_or("GET");
    match result.question {
        Question::Simple => "a simple GET".to_owned(),
        Question::Preflighted => "a GET with a preflight".to_owned(),
        Question::Credentialed => "a GET with credentials".to_owned(),
        Question::AsAsked if result.step.request.credentials == Some(CredentialsMode::Include) => {
            format!("{method} with credentials")
        }
        Question::AsAsked => format!("{method} without credentials"),
    }
}

pub(super) fn mark(outcome: &CaseOutcome) -> (Tone, &'static str, &'static str) {
    match outcome {
        CaseOutcome::Readable(_) => (Tone::Good, "✓", "read"),
        CaseOutcome::Blocked { .. } => (Tone::Bad, "✗", "blocked"),
        CaseOutcome::RedirectedAway { .. } => (Tone::Bad, "→", "sent away"),
        CaseOutcome::NoAnswer { .. } => (Tone::Bad, "?", "no answer"),
        CaseOutcome::NotObserved { .. } => (Tone::Bad, "?", "not observed"),
    }
}

fn tell(sheet: &mut Sheet, result: &ProbeResult, seen: &SharedOutcome, explained: &mut BTreeSet<Topic>) {
    let (tone, mark, word) = mark(&seen.outcome);
    let engines =
        if result.outcomes.len() > 1 { format!("  in {}", names(&seen.engines)) } else { String::new() };
    sheet.line(&[
        (tone, mark),
        (Tone::Strong, &format!(" {}: ", name(result))),
        (tone, word),
        (Tone::Quiet, &engines),
    ]);
    sheet.labelled("asked", Tone::Normal, &words::asked(&result.step));
    for (name, value) in &result.step.request.headers {
        sheet.under(2, Tone::Normal, &format!("{name}: {}", shorten(value, 160)));
    }
    for conversation in &seen.conversations {
        let is_one = seen.conversations.len() == 1;
        let engines = if is_one { String::new() } else { format!("in {}", names(&conversation.engines)) };
        wire(sheet, &engines, &conversation.exchanges);
    }
    if !matches!(seen.outcome, CaseOutcome::Readable(_)) {
        for (index, line) in seen.error.iter().enumerate() {
            sheet.labelled(if index == 0 { "its body" } else { "" }, Tone::Quiet, line);
        }
    }
    match &seen.outcome {
        CaseOutcome::Readable(readable) => readable_parts(sheet, readable),
        CaseOutcome::Blocked { reason, place } => blocked(sheet, seen, *reason, *place, explained),
        CaseOutcome::RedirectedAway { to, reason } => redirected(sheet, seen, to, *reason),
        CaseOutcome::NoAnswer { why } => {
            sheet.labelled("why", Tone::Bad, why);
            sheet.labelled("means", Tone::Normal, "nothing is known of its CORS");
            if explained.insert(Topic::NoAnswer) {
                sheet.labelled("change", Tone::Good, explain(Reason::NetworkFailure).remedy);
            }
        }
        CaseOutcome::NotObserved { why } => {
            sheet.labelled("why", Tone::Bad, why);
            sheet.labelled("means", Tone::Normal, "nothing is known of it in this browser");
        }
    }
    if let Some(standard) = seen.standard {
        let text = format!("{standard}; {} does otherwise", names(&seen.engines));
        sheet.labelled("standard", Tone::Notice, &text);
    }
}

fn wire(sheet: &mut Sheet, engines: &str, exchanges: &[ShownExchange]) {
    if !engines.is_empty() {
        sheet.labelled("seen", Tone::Quiet, engines);
    }
    if exchanges.is_empty() {
        sheet.labelled("seen", Tone::Normal, "nothing was sent");
    }
    for (index, shown) in exchanges.iter().enumerate() {
        let label = if index == 0 && engines.is_empty() { "seen" } else { "" };
        conversation::exchange(sheet, label, shown);
    }
}

fn readable_parts(sheet: &mut Sheet, readable: &Readable) {
    let response = &readable.response;
    let mut text = format!("status {}", response.status);
    if response.redirected == Some(true) {
        text.push_str(&format!(", redirected to {}", response.url));
    }
    if !response.body.is_empty() {
        text.push_str(&format!(", body {}", quoted(&response.body)));
    }
    sheet.labelled("script read", Tone::Good, &text);
    let listed = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let shown = listed(response.headers.keys().map(String::as_str).collect());
    sheet.labelled("its headers", Tone::Normal, &shown);
    let (of_cors, others): (Vec<&str>, Vec<&str>) =
        readable.hidden.iter().map(String::as_str).partition(|name| name.starts_with("access-control-"));
    let of_cors = (!of_cors.is_empty()).then_some("access-control-*");
    let hidden: Vec<&str> = others.into_iter().chain(of_cors).collect();
    if !hidden.is_empty() {
        sheet.labelled("not exposed", Tone::Notice, &hidden.join(", "));
    }
}

fn blocked(
    sheet: &mut Sheet,
    seen: &SharedOutcome,
    reason: Option<Reason>,
    place: Place,
    explained: &mut BTreeSet<Topic>,
) {
    let Some(reason) = reason else {
        sheet.labelled("said no", Tone::Bad, "the browser, and it does not say why");
        return own_words(sheet, seen);
    };
    sheet.labelled("said no", Tone::Bad, &format!("{}: {}", reason.word(), says_no(reason, place)));
    sheet.under(0, Tone::Quiet, explain(reason).spec);
    own_words(sheet, seen);
    let remedy = seen.remedy.unwrap_or(reason);
    let explanation = explain(remedy);
    if let Some(cause) = &seen.cause {
        sheet.labelled("means", Tone::Normal, &cause.what);
        sheet.labelled("change", Tone::Good, &cause.change);
        if seen.fix.is_some() {
            explain_link(sheet, remedy);
        }
    } else if explained.insert(Topic::Reason(remedy)) {
        sheet.labelled("means", Tone::Normal, explanation.what);
        sheet.labelled("change", Tone::Good, explanation.remedy);
        explain_link(sheet, remedy);
    } else {
        sheet.labelled("change", Tone::Good, &format!("as above, for {}", remedy.word()));
    }
    if let Some(fix) = &seen.fix {
        would_pass(sheet, fix);
    }
}

/// Where code for the usual servers is.
fn explain_link(sheet: &mut Sheet, remedy: Reason) {
    if matches!(explain(remedy).servers, Servers::Code { .. }) {
        let text = format!("corsproof explain {}  (Express, FastAPI, nginx)", remedy.word());
        sheet.under(0, Tone::Quiet, &text);
    }
}

/// The engines' own words, as far as they name a reason.
fn own_words(sheet: &mut Sheet, seen: &SharedOutcome) {
    for (engine, messages) in &seen.said {
        let mut label = engine.name();
        for message in messages.iter().filter(|message| says_something_about(*engine, message)) {
            sheet.labelled(label, Tone::Notice, message);
            label = "";
        }
        if !label.is_empty() {
            let error = messages.first().map_or_else(String::new, |error| format!(": {error}"));
            sheet.labelled(label, Tone::Quiet, &format!("gives no reason{error}"));
        }
    }
}

/// Writes the answers with which the request would succeed.
fn would_pass(sheet: &mut Sheet, fix: &Fix) {
    let mut label = "would pass";
    if let Some(preflight) = &fix.preflight {
        sheet.labelled(label, Tone::Strong, "the answer to OPTIONS: 204");
        for (name, value) in preflight {
            sheet.under(2, Tone::Good, &format!("{name}: {value}"));
        }
        label = "";
    }
    sheet.labelled(label, Tone::Strong, &format!("the answer to {}:", fix.method));
    for (name, value) in &fix.answer {
        sheet.under(2, Tone::Good, &format!("{name}: {value}"));
    }
}

fn redirected(sheet: &mut Sheet, seen: &SharedOutcome, to: &str, reason: Option<Reason>) {
    let text = format!(
        "to {to}, which is another origin than the URL's. It was not asked: corsproof contacts the one server \
         that you name."
    );
    sheet.labelled("redirected", Tone::Bad, &text);
    if let Some(reason) = reason {
        let text = format!("no browser would follow: the redirect itself fails, {}", reason.word());
        sheet.labelled("besides", Tone::Notice, &text);
    }
    if let Some(cause) = &seen.cause {
        sheet.labelled("means", Tone::Normal, &cause.what);
        sheet.labelled("change", Tone::Good, &cause.change);
    }
}

pub(super) fn names(engines: &[Engine]) -> String {
    engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(", ")
}
