//! One result: its request, its answer, and whether the answer could be read.

use corsproof_fixture::{AnsweredBy, Exchange, Message};
use fetch_model::Reason;

use crate::{
    evidence::{header, message},
    judge::Verdict,
    observation::{GivenReason, Read, StepOutcome},
    run::CaseResult,
};

/// Whether the result tells anything about the server.
pub(super) fn was_observed(result: &CaseResult) -> bool {
    result.observed.is_some()
        && !matches!(result.verdict, Verdict::Failed { .. } | Verdict::NotApplicable { .. })
}

/// Whether the harness could not observe it.
pub(super) fn has_failed(result: &CaseResult) -> bool {
    matches!(result.verdict, Verdict::Failed { .. })
}

/// The first step on which browser and standard do not agree what can be read.
pub(super) fn disagreement(result: &CaseResult) -> Option<(&StepOutcome, &StepOutcome)> {
    let observed = result.observed.as_ref()?;
    let steps = result.predicted.steps.iter().zip(&observed.steps);
    steps.into_iter().find(|(predicted, observed)| predicted.read.word() != observed.read.word())
}

pub(super) fn is_withheld(result: &CaseResult) -> bool {
    result.log.iter().any(|exchange| exchange.by == AnsweredBy::Withheld)
}

pub(super) fn preflights(result: &CaseResult) -> usize {
    result.log.iter().filter(|exchange| exchange.received.is_preflight()).count()
}

/// Whether the last step can be read: browser and standard say the same. A request that its preflight let go counts
/// as one that can where it was withheld; one without a preflight says nothing then.
pub(super) fn readable(result: &CaseResult) -> Option<bool> {
    if is_withheld(result) {
        return preflight(result).map(|_| true);
    }
    if disagreement(result).is_some() {
        return None;
    }
    result.predicted.steps.last().map(|outcome| outcome.read != Read::Blocked)
}

pub(super) fn reason(result: &CaseResult) -> Option<Reason> {
    match result.predicted.steps.last()?.reason? {
        GivenReason::Given(reason) => Some(reason),
        GivenReason::Unreported => None,
    }
}

/// The step at which a read was blocked.
pub(super) enum Blocked {
    Preflight,
    Error(u16),
    Answer,
}

pub(super) fn blocked_at(result: &CaseResult) -> Option<Blocked> {
    let last = result.log.last()?;
    if last.received.is_preflight() {
        return Some(Blocked::Preflight);
    }
    let status = message(last)?.status;
    Some(if status >= 400 { Blocked::Error(status) } else { Blocked::Answer })
}

pub(super) fn sees_header(result: &CaseResult, name: &str) -> bool {
    let step = result.observed.as_ref().and_then(|observed| observed.steps.last());
    match step.map(|step| &step.read) {
        Some(Read::Allowed(response)) => response.headers.contains_key(&name.to_ascii_lowercase()),
        _ => false,
    }
}

/// Method and path of a request, as `GET /data`.
pub(super) fn request_line(exchange: &Exchange) -> String {
    format!("{} {}", exchange.received.method, exchange.received.url.path())
}

/// The first preflight and its answer.
pub(super) fn preflight(result: &CaseResult) -> Option<(&Exchange, Option<&Message>)> {
    result
        .log
        .iter()
        .find(|exchange| exchange.received.is_preflight())
        .map(|exchange| (exchange, message(exchange)))
}

/// How long the first preflight's answer holds, where it says so.
pub(super) fn max_age_of(result: &CaseResult) -> Option<u64> {
    header(preflight(result)?.1?, "access-control-max-age")?.trim().parse().ok()
}

/// The last answer that is none to a preflight.
pub(super) fn final_answer(result: &CaseResult) -> Option<&Message> {
    let is_final =
        |exchange: &&Exchange| !exchange.received.is_preflight() && exchange.by != AnsweredBy::Script;
    result.log.iter().rfind(is_final).and_then(message)
}

pub(super) fn members(message: &Message, name: &str) -> Vec<String> {
    let value = header(message, name).unwrap_or_default();
    value.split(',').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned).collect()
}
