//! Whether answers are the same in every engine, every time, over every protocol.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;

use super::{
    examiner::Examiner,
    notes::names,
    result::{disagreement, is_withheld, max_age_of, members, preflight, preflights, readable},
};
use crate::{
    check::{
        cases::{Question, SHORT_MAX_AGE},
        finding::Kind,
    },
    evidence::{header, message},
    observation::{GivenReason, Read},
    run::CaseResult,
};

impl Examiner<'_> {
    /// An engine that concludes something else of the same bytes than the standard does.
    pub(super) fn engines(&mut self) {
        let mut disagreeing: BTreeMap<(&str, &str, &str), Vec<&CaseResult>> = BTreeMap::new();
        for (probe, result) in self.results.of(|_| true) {
            // The network refuses what is not declared, in words that an engine may take for an answer.
            if self.ended_at_redirect(result) {
                continue;
            }
            if let Some((predicted, observed)) = disagreement(result) {
                let outcome = (probe.name.as_str(), observed.read.word(), predicted.read.word());
                disagreeing.entry(outcome).or_default().push(result);
            }
        }
        for ((question, observed, predicted), results) in disagreeing {
            let engines: BTreeSet<Engine> = results.iter().map(|result| result.engine).collect();
            let (kind, subject) = if self.is_lenience(&results, &engines) {
                let subject = match results.iter().all(|result| is_authorization_under_wildcard(result)) {
                    true => "Authorization under Access-Control-Allow-Headers: *",
                    false => question,
                };
                (Kind::WorksByLenience, subject.to_owned())
            } else {
                let engines = names(&engines);
                let subject = format!("{question} is {observed} in {engines} (by the standard {predicted})");
                (Kind::EnginesDisagree, subject)
            };
            for result in results {
                self.report(kind, subject.clone(), result);
            }
        }
    }

    /// Whether the results are of a read that the standard refuses and every engine permits: nothing that is different
    /// in another browser. One engine alone shows that of `Authorization` under `*`, which all are known to permit.
    fn is_lenience(&self, results: &[&CaseResult], engines: &BTreeSet<Engine>) -> bool {
        let Some(case) = results.first().map(|result| &result.case.id) else { return false };
        let asked: BTreeSet<Engine> = self
            .results
            .of(|_| true)
            .filter(|(_, other)| other.case.id == *case)
            .map(|(_, other)| other.engine)
            .collect();
        let is_permitted = results.iter().all(|result| {
            disagreement(result).is_some_and(|(predicted, observed)| {
                predicted.read == Read::Blocked && observed.read != Read::Blocked
            })
        });
        let is_known = results.iter().all(|result| is_authorization_under_wildcard(result));
        is_permitted && *engines == asked && (engines.len() > 1 || is_known)
    }

    /// An engine that keeps a preflight's answer beyond its Max-Age.
    pub(super) fn expiry(&mut self) {
        for (_, result) in self.results.of(|question| *question == Question::PreflightExpires) {
            let kept = preflights(result) < result.case.steps.len();
            if kept
                && readable(result) == Some(true)
                && max_age_of(result).is_some_and(|age| age <= SHORT_MAX_AGE)
            {
                let subject = format!("{} keeps a preflight's answer beyond its Max-Age", result.engine);
                self.report(Kind::EnginesDisagree, subject, result);
            }
        }
    }

    /// Looks for identical requests that were answered differently.
    pub(super) fn stability(&mut self) {
        for (_, result) in self.results.of(|question| *question == Question::Repeat) {
            let reads: BTreeSet<&str> = result.predicted.steps.iter().map(|step| step.read.word()).collect();
            let actual = result.log.iter().filter(|exchange| !exchange.received.is_preflight());
            let granted: BTreeSet<Option<String>> = actual
                .filter_map(message)
                .map(|message| header(message, "access-control-allow-origin"))
                .collect();
            if reads.len() > 1 || granted.len() > 1 {
                let values: Vec<String> = granted
                    .into_iter()
                    .map(|value| value.unwrap_or_else(|| "no Access-Control-Allow-Origin".to_owned()))
                    .collect();
                self.report(Kind::Unstable, values.join(" and "), result);
            }
        }
    }

    /// Looks for origins that can read alone, and not after another.
    pub(super) fn turns(&mut self) {
        for (_, result) in self.results.of(|question| *question == Question::InTurn) {
            // What no turn gets has another cause.
            if result.predicted.steps.iter().all(|outcome| outcome.read == Read::Blocked) {
                continue;
            }
            let steps = result.case.steps.iter().zip(&result.predicted.steps);
            for (step, outcome) in steps.filter(|(_, outcome)| outcome.read == Read::Blocked) {
                let is_alone = |question: &Question| {
                    matches!(question, Question::Reader { origin, method, headers, credentials }
                        if *origin == step.page
                            && Some(method) == step.request.method.as_ref()
                            && headers.is_empty()
                            && Some(*credentials) == step.request.credentials)
                };
                let mut alone = self.results.of(is_alone).filter(|(_, other)| other.engine == result.engine);
                if alone.any(|(_, other)| readable(other) == Some(true)) {
                    let reason = match outcome.reason {
                        Some(GivenReason::Given(reason)) => format!(" ({})", reason.word()),
                        _ => String::new(),
                    };
                    let words = format!("{} can read alone, and not after another origin{reason}", step.page);
                    self.report(Kind::Unstable, words, result);
                }
            }
        }
    }

    /// Reads of declared pages that an engine blocked, and that nothing else was said of.
    pub(super) fn blocked_reads(&mut self) {
        for (probe, result) in self.results.of(is_declared_read) {
            if !self.is_broken_in(result.engine)
                && !is_withheld(result)
                && let Some(reason) = blocked_read(result)
            {
                self.report(Kind::ReadBlocked, format!("{} ({reason})", probe.name), result);
            }
        }
    }

    /// The same request over the older protocol.
    pub(super) fn protocols(&mut self) {
        let older: Vec<_> = self.results.of(|question| *question == Question::OverHttp1).collect();
        for (_, result) in older {
            let newer = self.results.of(Question::is_reader).find(|(probe, other)| {
                let (step, other_step) = (&result.case.steps[0], &probe.case.steps[0]);
                other.engine == result.engine
                    && (&step.page, &step.request.method, &step.request.headers)
                        == (&other_step.page, &other_step.request.method, &other_step.request.headers)
                    && step.request.credentials == other_step.request.credentials
            });
            let newer = newer.and_then(|(_, newer)| readable(newer));
            if let (Some(newer), Some(older)) = (newer, readable(result))
                && newer != older
            {
                let word = |readable| if readable { "readable" } else { "blocked" };
                let subject = format!("{} over HTTP/2, {} over HTTP/1.1", word(newer), word(older));
                self.report(Kind::ProtocolsDisagree, subject, result);
            }
        }
    }
}

/// Whether a preflight asked for `Authorization` and was answered `*`, which does not cover it.
/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
fn is_authorization_under_wildcard(result: &CaseResult) -> bool {
    let Some((asked, Some(answer))) = preflight(result) else { return false };
    let asks = asked.received.header("Access-Control-Request-Headers").unwrap_or_default();
    let is_asked = asks.split(',').any(|name| name.trim().eq_ignore_ascii_case("authorization"));
    let granted = members(answer, "access-control-allow-headers");
    let is_named = granted.iter().any(|name| name.eq_ignore_ascii_case("authorization"));
    is_asked && !is_named && granted.iter().any(|name| name == "*")
}

/// Whether the question is asked by a page that may read, of what it may read.
fn is_declared_read(question: &Question) -> bool {
    match question {
        Question::Reader { .. }
        | Question::Repeat
        | Question::InTurn
        | Question::NoOrigin
        | Question::PreflightKept
        | Question::PreflightExpires
        | Question::BrowserCache
        | Question::SharedCache
        | Question::OverHttp1 => true,
        Question::Stranger(_)
        | Question::StrangerWithoutCredentials
        | Question::StrangerWithCredentials
        | Question::StrangersChange
        | Question::UndeclaredMethod(_)
        | Question::UndeclaredHeader
        | Question::Error(_)
        | Question::PlainOptions => false,
    }
}

/// Why the first blocked step was blocked, by the standard.
fn blocked_read(result: &CaseResult) -> Option<String> {
    let observed = &result.observed.as_ref()?.steps;
    let (_, predicted) =
        observed.iter().zip(&result.predicted.steps).find(|(step, _)| step.read == Read::Blocked)?;
    Some(match predicted.reason {
        Some(GivenReason::Given(reason)) => reason.word().to_owned(),
        _ => "by this engine alone".to_owned(),
    })
}
