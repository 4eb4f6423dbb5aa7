//! A result in one line that a person can read in review.

use corsproof::{
    case::Loaded,
    judge::Verdict,
    observation::{GivenReason, Observation, Outcome, Read},
    run::CaseResult,
};

/// `case: sent ..., loaded ..., read ...`: no versions, ports, tokens or messages.
pub(crate) fn line(result: &CaseResult) -> String {
    let name = result.id().0.rsplit('/').next().unwrap_or_default();
    let name =
        result.id().0.strip_prefix(result.id().file()).map_or(name, |rest| rest.trim_start_matches('/'));
    match (&result.verdict, &result.observed) {
        (Verdict::NotApplicable { why }, _) => format!("{name}: not applicable, {why}"),
        (Verdict::Known { .. }, Some(observed)) => format!("{name}: {} (known)", shown(observed)),
        (_, Some(observed)) => format!("{name}: {}", shown(observed)),
        (verdict, None) => format!("{name}: {}", verdict.word()),
    }
}

fn shown(observed: &Observation) -> String {
    let sent: Vec<&str> = observed.sent.iter().map(|request| request.method.as_str()).collect();
    let sent = if sent.is_empty() { "nothing".to_owned() } else { sent.join(" ") };
    let steps: Vec<String> = observed.steps.iter().map(step).collect();
    format!("sent {sent}; {}", steps.join("; then "))
}

fn step(outcome: &Outcome) -> String {
    let loaded = match outcome.loaded {
        Loaded::Yes => "loaded",
        Loaded::No => "not loaded",
    };
    let read = match &outcome.read {
        Read::Allowed(response) => format!("read {}", response.status),
        Read::Opaque(_) => "opaque".to_owned(),
        Read::Blocked => "blocked".to_owned(),
    };
    match outcome.reason {
        Some(GivenReason::Given(reason)) => format!("{loaded}, {read}: {}", reason.word()),
        Some(GivenReason::Unreported) => format!("{loaded}, {read}: unreported"),
        None => format!("{loaded}, {read}"),
    }
}
