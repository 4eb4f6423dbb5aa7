//! Whether answers are the same in every engine, every time, over every protocol.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    examiner::Examiner,
    notes::names,
    result::{disagreement, is_withheld, max_age_of, preflights, readable},
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
            let engines = names(&results.iter().map(|result| result.engine).collect());
            let subject = format!("{question} is {observed} in {engines} (by the standard {predicted})");
            for result in results {
                self.report(Kind::EnginesDisagree, subject.clone(), result);
            }
        }
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
            let newer = self.results.of(|question| matches!(question, Question::Reader { .. })).find(
                |(probe, other)| {
                    let (step, other_step) = (&result.case.steps[0], &probe.case.steps[0]);
                    other.engine == result.engine
                        && (&step.page, &step.request.method, &step.request.headers)
                            == (&other_step.page, &other_step.request.method, &other_step.request.headers)
                        && step.request.credentials == other_step.request.credentials
                },
            );
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

/// Whether the question is asked by a page that may read, of what it may read.
fn is_declared_read(question: &Question) -> bool {
    match question {
        Question::Reader { .. }
        | Question::Repeat
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
