//! The outcome of a case in one engine.
//!
//! What the server answered is one thing, what the standard makes of exactly that answer another, and what the
//! browser did a third. A server that gave no answer, and an answer that nobody was asked for, say nothing of CORS.

use std::collections::BTreeSet;

use corsproof_fixture::{AnsweredBy, Exchange, Reply};
use fetch_model::{Origin, Reason};

use crate::{
    evidence::{header, message, redirected_away},
    judge::Verdict,
    observation::{self, GivenReason, Read, SeenResponse},
    run::CaseResult,
    words::words,
};

/// The response headers that no script is shown, even if a server exposes them.
const NEVER_SHOWN: [&str; 2] = ["set-cookie", "set-cookie2"];

/// The outcome of one case in one engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CaseOutcome {
    Readable(Readable),
    /// The browser blocked the read, so the script got an error.
    Blocked {
        /// By which reason; `None`: the browser blocked what the standard grants, and does not say why.
        reason: Option<Reason>,
        place: Place,
    },
    /// The server sent the browser to another origin, which nobody has declared and nobody was asked at.
    RedirectedAway {
        /// The origin to which the server redirected.
        to: String,
        /// Why the redirect would not even be followed.
        reason: Option<Reason>,
    },
    /// The server gave no HTTP answer.
    NoAnswer {
        /// What happened instead of an answer.
        why: String,
    },
    /// The harness could not observe the case.
    NotObserved {
        why: String,
    },
}

/// A response that the script could read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Readable {
    /// The response as the script saw it.
    pub response: SeenResponse,
    /// The names of header fields that the answer has and the script was not shown.
    pub hidden: Vec<String>,
}

words! {
    /// Where on the way a request was stopped.
    pub(crate) Place {
        /// Before anything was sent.
        BeforeSending = "before-sending",
        /// At the answer to the preflight.
        Preflight = "preflight",
        /// At a redirect.
        Redirect = "redirect",
        /// At the answer itself.
        Answer = "answer",
    }
}

impl CaseOutcome {
    /// The outcome's word in reports.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Readable(_) => "readable",
            Self::Blocked { .. } => "blocked",
            Self::RedirectedAway { .. } => "redirected-away",
            Self::NoAnswer { .. } => "no-answer",
            Self::NotObserved { .. } => "not-observed",
        }
    }

    /// The reason for the block, where there is one and it is known.
    pub(crate) fn reason(&self) -> Option<Reason> {
        match self {
            Self::Blocked { reason, .. } | Self::RedirectedAway { reason, .. } => *reason,
            _ => None,
        }
    }

    /// The outcome of `result`, whose requests went to the server of `origin`.
    pub(super) fn of(result: &CaseResult, origin: &Origin) -> Self {
        if let Some(why) = no_answer(result) {
            return Self::NoAnswer { why };
        }
        let not_observed = || Self::NotObserved { why: failure(result) };
        let (Some(observed), Some(predicted)) = (observed(result), result.predicted.steps.last()) else {
            return not_observed();
        };
        let by_standard = given(predicted.reason);
        if let Some(to) = redirected_away(&result.log, origin)
            && by_standard != Some(Reason::PreflightRedirect)
        {
            return Self::RedirectedAway { to, reason: by_standard.filter(|_| !follows(result, origin)) };
        }
        if let Read::Allowed(response) | Read::Opaque(response) = &observed.read {
            return Self::Readable(Readable { response: response.clone(), hidden: hidden(result, response) });
        }
        let by_engine = given(observed.reason);
        let place = place(&result.log);
        match (place, &predicted.read) {
            (Place::BeforeSending, _) => {
                // What was never sent has no answer either: that alone is no reason.
                let reason = by_standard.filter(|reason| *reason != Reason::NetworkFailure);
                match reason.or(by_engine).or_else(|| mixed_content(result)) {
                    Some(reason) => Self::Blocked { reason: Some(reason), place },
                    None => not_observed(),
                }
            }
            (_, Read::Blocked) => Self::Blocked { reason: by_standard, place },
            (_, _) => Self::Blocked { reason: by_engine, place },
        }
    }

    /// What the standard says of the server's answers, where the browser did something else.
    pub(super) fn standard(&self, result: &CaseResult) -> Option<&'static str> {
        let predicted = result.predicted.steps.last()?;
        match (self, &predicted.read) {
            (Self::Readable(_), Read::Blocked) => Some("the standard blocks it"),
            (Self::Blocked { place: Place::BeforeSending, .. }, _)
                if given(predicted.reason) == Some(Reason::NetworkFailure) =>
            {
                Some("by the standard it would be sent")
            }
            (Self::Blocked { .. }, Read::Allowed(_) | Read::Opaque(_)) => Some("the standard grants it"),
            _ => None,
        }
    }
}

/// What explains best what to change where `reason` is given for the last answer, of this status. A preflight that is
/// answered with an error mostly has no CORS header either, which the standard looks at first; but what is missing is
/// somebody who answers it.
pub(crate) fn remedy(reason: Reason, place: Place, status: Option<u16>) -> Reason {
    let is_error = status.is_some_and(|status| (400..600).contains(&status));
    let is_unhandled = place == Place::Preflight && is_error && reason == Reason::AllowOriginMissing;
    if is_unhandled { Reason::PreflightStatus } else { reason }
}

fn observed(result: &CaseResult) -> Option<&observation::StepOutcome> {
    result.observed.as_ref()?.steps.last()
}

fn given(reason: Option<GivenReason>) -> Option<Reason> {
    match reason {
        Some(GivenReason::Given(reason)) => Some(reason),
        Some(GivenReason::Unreported) | None => None,
    }
}

/// Why nothing is known, with what the server had to do with it.
fn failure(result: &CaseResult) -> String {
    let why = match &result.verdict {
        Verdict::Failed { why } | Verdict::NotApplicable { why } => why.clone(),
        _ => "the browser sent nothing, and does not say why".to_owned(),
    };
    match result.log.last().and_then(message) {
        // By the standard no person is asked about a request of CORS; Chromium and Firefox do.
        Some(message) if message.status == 401 && header(message, "www-authenticate").is_some() => format!(
            "the server answered 401 with WWW-Authenticate, so {} asked the person in front of it for a name and a \
             password, and there is nobody",
            result.engine
        ),
        Some(message) => format!(
            "{why}; the server had answered {} by then, so if it is a stream that does not end, ask for something else",
            message.status
        ),
        None => why,
    }
}

/// What the server did instead of giving an HTTP answer; `None` where it gave one.
fn no_answer(result: &CaseResult) -> Option<String> {
    result.log.iter().find_map(|exchange| match (&exchange.by, &exchange.answer.reply) {
        (AnsweredBy::NoOne { why } | AnsweredBy::NotAsked { why }, _) => Some(why.clone()),
        (AnsweredBy::Upstream, Reply::Hang) => {
            let path = exchange.received.url.path();
            Some(format!("the server did not answer {} {path} in time", exchange.received.method))
        }
        _ => None,
    })
}

/// The place at which a request ended whose answer could not be read.
fn place(log: &[Exchange]) -> Place {
    let Some(last) = log.last() else { return Place::BeforeSending };
    match message(last) {
        _ if last.received.is_preflight() => Place::Preflight,
        Some(message) if matches!(message.status, 301 | 302 | 303 | 307 | 308) => Place::Redirect,
        _ => Place::Answer,
    }
}

/// Whether a user agent follows the redirect that leads away from `origin`.
fn follows(result: &CaseResult, origin: &Origin) -> bool {
    let leads_away = |length: &usize| redirected_away(&result.log[..*length], origin).is_some();
    let until = (1..=result.log.len()).find(leads_away).unwrap_or_default();
    result.predicted.sent.len() > until
}

/// The one block before sending that an engine says nothing of.
fn mixed_content(result: &CaseResult) -> Option<Reason> {
    let step = result.case.steps.last()?;
    let is_mixed = step.page.scheme() == Some("https") && step.request.url.starts_with("http://");
    is_mixed.then_some(Reason::MixedContent)
}

fn hidden(result: &CaseResult, seen: &SeenResponse) -> Vec<String> {
    let answer = result.log.iter().rfind(|exchange| !exchange.received.is_preflight());
    let names: BTreeSet<String> = answer
        .and_then(message)
        .into_iter()
        .flat_map(|message| message.headers.iter().map(|(name, _)| name.to_ascii_lowercase()))
        .filter(|name| !seen.headers.contains_key(name) && !NEVER_SHOWN.contains(&name.as_str()))
        .collect();
    names.into_iter().collect()
}
