//! Denials of strangers: which of them say something of the server's policy.
//!
//! A stranger that reads nothing is kept out by the policy only if it got the answer that declared pages get, without the
//! grant. A limit of requests, a login, a crash or a connection that ends keeps everybody out, and says nothing.

use corsproof_fixture::{AnsweredBy, Exchange};

use super::result::{readable, was_observed};
use crate::{
    check::cases::{Probe, Question},
    evidence::message,
    run::CaseResult,
};

/// What is asked of whom, as far as answers to it can be compared.
#[derive(PartialEq, Eq)]
struct Asked {
    method: String,
    is_preflight: bool,
}

/// Why the denial of a stranger says nothing, if it does not; `results` are all of the policy.
pub(super) fn why_not_observed(
    probe: &Probe,
    result: &CaseResult,
    results: &[(&Probe, &CaseResult)],
    denial_status: Option<u16>,
) -> Option<String> {
    if !probe.question.is_stranger() || !was_observed(result) || readable(result) != Some(false) {
        return None;
    }
    let (asked, status) = last_answer(result)?;
    let in_this_engine =
        results.iter().filter(|(_, other)| other.engine == result.engine && was_observed(other));
    let normal: Vec<u16> = in_this_engine
        .clone()
        .filter(|(probe, _)| probe.question.is_plain_reader())
        .flat_map(|(_, other)| answers(other))
        .filter(|(other, _)| *other == asked)
        .map(|(_, status)| status)
        .collect();
    // What no declared page asks for has no normal answer.
    let usual = *normal.first()?;
    if denial_status != Some(status) && !normal.iter().any(|usual| is_same_kind(*usual, status)) {
        return Some(format!(
            "a stranger's {} was answered {status}, a declared page's {usual}: what kept the stranger out may be a \
             limit, a login or a crash; if the server refuses strangers so, say denial_status = {status}",
            words(&asked)
        ));
    }
    // The identical requests of a declared page are made after all strangers'.
    let after = in_this_engine.clone().find(|(probe, _)| probe.question == Question::Repeat);
    let after = after.and_then(|(_, repeat)| {
        answers(repeat).find(|(other, late)| {
            let is_usual = normal.iter().any(|usual| is_same_kind(*usual, *late));
            *other == asked && *late >= 400 && denial_status != Some(*late) && !is_usual
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

/// Whether two statuses are of one kind: both ok, both redirects, or the same error.
fn is_same_kind(one: u16, other: u16) -> bool {
    one == other || (one < 400 && one / 100 == other / 100)
}

fn last_answer(result: &CaseResult) -> Option<(Asked, u16)> {
    answers(result).last()
}

/// What the server was asked, and the statuses of its answers.
fn answers(result: &CaseResult) -> impl Iterator<Item = (Asked, u16)> {
    let by_server = |exchange: &&Exchange| exchange.by == AnsweredBy::Upstream;
    result.log.iter().filter(by_server).filter_map(|exchange| {
        let asked = Asked {
            method: exchange.received.method.clone(),
            is_preflight: exchange.received.is_preflight(),
        };
        Some((asked, message(exchange)?.status))
    })
}

fn words(asked: &Asked) -> &str {
    if asked.is_preflight { "preflight" } else { &asked.method }
}
