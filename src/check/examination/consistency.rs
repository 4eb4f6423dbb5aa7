//! Whether answers are the same in every engine, every time, over every protocol.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    examiner::Examiner,
    notes::names,
    result::{disagreement, max_age_of, preflights, readable},
};
use crate::{
    check::{
        cases::{Question, SHORT_MAX_AGE},
        finding::Kind,
    },
    evidence::{header, message},
    run::CaseResult,
};

impl Examiner<'_> {
    /// An engine that concludes something else of the same bytes than the standard does.
    pub(super) fn engines(&mut self) {
        let mut disagreeing: BTreeMap<(&str, &str, &str), Vec<&CaseResult>> = BTreeMap::new();
        for (probe, result) in self.results.of(|_| true) {
            // The network refuses what is not declared, in words that an engine may take for an answer.
            if self.redirected_away(result).is_some() {
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
