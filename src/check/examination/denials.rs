//! Denials of strangers: which of them say something of the server's policy.
//!
//! A stranger that reads nothing is kept out by the policy only if it got the answer that declared pages get, without the
//! grant. A limit of requests, a login, a crash or a connection that ends keeps everybody out, and says nothing.

use std::fmt;

use corsproof_fixture::{AnsweredBy, Exchange};

use super::result::{is_withheld, preflight, readable, was_observed};
use crate::{
    check::cases::{ErrorPlace, Probe, Question},
    evidence::{header, message},
    run::CaseResult,
};

/// What is asked of whom, as far as answers to it can be compared.
#[derive(PartialEq, Eq)]
struct Asked {
    method: String,
    path: String,
    is_preflight: bool,
}

/// An answer, as far as it shows whether it is the one that declared pages get.
#[derive(Clone, PartialEq, Eq)]
struct Answered {
    status: u16,
    /// The type and subtype of what is in it, where it says so.
    media_type: Option<String>,
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.media_type {
            Some(media_type) if self.status < 300 => write!(f, "{} ({media_type})", self.status),
            _ => self.status.fmt(f),
        }
    }
}

/// Why the denial of a stranger says nothing, if it does not; `results` are all of the policy.
pub(super) fn why_not_observed(
    probe: &Probe,
    result: &CaseResult,
    results: &[(&Probe, &CaseResult)],
    denial_status: Option<u16>,
) -> Option<String> {
    if !probe.question.is_stranger() || !was_observed(result) {
        return None;
    }
    if is_withheld(result) && preflight(result).is_none() {
        return Some(
            "a stranger's request was withheld from a server that may not be called, and nothing is known of its answer; \
             safe_to_call = true sends it"
                .to_owned(),
        );
    }
    if readable(result) != Some(false) {
        return None;
    }
    let (asked, answered) = last_answer(result)?;
    let in_this_engine =
        results.iter().filter(|(_, other)| other.engine == result.engine && was_observed(other));
    let normal: Vec<Answered> = in_this_engine
        .clone()
        .filter(|(probe, _)| {
            probe.question.is_reader() || probe.question == Question::Error(ErrorPlace::Declared)
        })
        .flat_map(|(_, other)| answers(other))
        .filter(|(other, _)| *other == asked)
        .map(|(_, answered)| answered)
        .collect();
    // What no declared page asks for has no normal answer.
    let usual = normal.first()?;
    let status = answered.status;
    let is_normal = normal.iter().any(|usual| is_same_kind(usual, &answered));
    if denial_status != Some(status) && !is_normal && !refuses_by_origin(&asked, status) {
        return Some(format!(
            "a stranger's {} was answered {answered}, a declared page's {usual}: what kept the stranger out may be a \
             limit, a login or a crash; if the server refuses strangers so, say denial_status = {status}",
            words(&asked)
        ));
    }
    // The identical requests of a declared page are made after all strangers'.
    let after = in_this_engine.clone().find(|(probe, _)| probe.question == Question::Repeat);
    let after = after.and_then(|(_, repeat)| {
        answers(repeat).find(|(other, late)| {
            let is_usual = normal.iter().any(|usual| is_same_kind(usual, late));
            *other == asked && late.status >= 400 && denial_status != Some(late.status) && !is_usual
        })
    });
    after.map(|(_, late)| {
        format!(
            "after the strangers, a declared page's {} was answered {late}, before them {usual}: whether a stranger \
             was kept out by its origin is not known",
            words(&asked)
        )
    })
}

/// Whether two answers are of one kind: both ok and of one media type, both redirects, or the same error.
fn is_same_kind(one: &Answered, other: &Answered) -> bool {
    let is_ok = |answered: &Answered| answered.status < 300;
    match (is_ok(one), is_ok(other)) {
        (true, true) => match (&one.media_type, &other.media_type) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        },
        _ => one.status == other.status || (one.status < 400 && one.status / 100 == other.status / 100),
    }
}

/// Whether servers refuse an origin by this status before anything else is looked at: CORS middlewares answer a preflight
/// with 400 or 403, or leave it to the application, which has no handler for it (404, 405); protections against forged
/// requests answer a change with 403.
fn refuses_by_origin(asked: &Asked, status: u16) -> bool {
    match asked.is_preflight {
        true => matches!(status, 400 | 403 | 404 | 405),
        false => status == 403 && !matches!(asked.method.as_str(), "GET" | "HEAD"),
    }
}

fn last_answer(result: &CaseResult) -> Option<(Asked, Answered)> {
    answers(result).last()
}

/// What the server was asked, and its answers.
fn answers(result: &CaseResult) -> impl Iterator<Item = (Asked, Answered)> {
    let by_server = |exchange: &&Exchange| exchange.by == AnsweredBy::Upstream;
    result.log.iter().filter(by_server).filter_map(|exchange| {
        let asked = Asked {
            method: exchange.received.method.clone(),
            path: exchange.received.url.path().to_owned(),
            is_preflight: exchange.received.is_preflight(),
        };
        let message = message(exchange)?;
        let media_type = header(message, "content-type").filter(|_| !asked.is_preflight);
        let media_type =
            media_type.map(|value| value.split(';').next().unwrap_or_default().trim().to_lowercase());
        Some((asked, Answered { status: message.status, media_type }))
    })
}

fn words(asked: &Asked) -> &str {
    if asked.is_preflight { "preflight" } else { &asked.method }
}
