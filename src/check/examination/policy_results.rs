//! The results of one policy, by the question that each answers.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;
use corsproof_fixture::{AnsweredBy, Message, Reply};
use fetch_model::CredentialsMode;

use super::{
    denials::why_not_observed,
    result::{has_failed, preflight, readable, was_observed},
};
use crate::{
    case::CaseId,
    check::{
        cases::{Probe, Question},
        checked_file::Unobserved,
        checklist::Point,
    },
    evidence::{header, message},
    run::CaseResult,
};

/// The results of the cases that are about one policy.
pub(in crate::check) struct PolicyResults<'a> {
    pub(super) results: Vec<(&'a Probe, &'a CaseResult)>,
    /// Denials of strangers that say nothing of the policy, by case and engine, and why.
    unexplained: BTreeMap<(&'a CaseId, Engine), String>,
}

impl<'a> PolicyResults<'a> {
    pub(in crate::check) fn new(
        policy: usize,
        probes: &'a [Probe],
        results: &'a [CaseResult],
        denial_status: Option<u16>,
    ) -> Self {
        let own = probes.iter().enumerate().filter(|(_, probe)| probe.policy == policy);
        let probes: BTreeMap<&CaseId, (usize, &Probe)> =
            own.map(|(number, probe)| (&probe.case.id, (number, probe))).collect();
        let mut results: Vec<_> =
            results.iter().filter_map(|result| Some((*probes.get(&result.case.id)?, result))).collect();
        // Not as they happened to arrive: the first that shows something becomes the evidence.
        results.sort_by_key(|((number, _), result)| (*number, result.engine));
        let results: Vec<_> = results.into_iter().map(|((_, probe), result)| (probe, result)).collect();
        let unexplained = results
            .iter()
            .filter_map(|(probe, result)| {
                let why = why_not_observed(probe, result, &results, denial_status)?;
                Some(((&result.case.id, result.engine), why))
            })
            .collect();
        Self { results, unexplained }
    }

    /// What of the results is not known: of the server, not of the browser, which did what it should.
    pub(in crate::check) fn not_observed(&self) -> impl Iterator<Item = Unobserved> {
        self.unexplained.iter().map(|((case, engine), why)| Unobserved {
            case: (*case).clone(),
            engine: *engine,
            why: why.clone(),
        })
    }

    /// Results that say something, of the questions that `wanted` picks.
    pub(in crate::check) fn of(
        &self,
        wanted: impl Fn(&Question) -> bool,
    ) -> impl Iterator<Item = (&'a Probe, &'a CaseResult)> {
        self.results
            .iter()
            .copied()
            .filter(move |(probe, result)| wanted(&probe.question) && self.is_observed(result))
    }

    /// Results in which the server was asked and gave no answer.
    pub(super) fn unanswered(
        &self,
        wanted: impl Fn(&Question) -> bool,
    ) -> impl Iterator<Item = &'a CaseResult> {
        let is_silent = |result: &CaseResult| {
            has_failed(result)
                && result.log.last().is_some_and(|exchange| {
                    exchange.by == AnsweredBy::Upstream && matches!(exchange.answer.reply, Reply::Hang)
                })
        };
        let results = self.results.iter().copied();
        results
            .filter(move |(probe, result)| wanted(&probe.question) && is_silent(result))
            .map(|(_, result)| result)
    }

    fn is_observed(&self, result: &CaseResult) -> bool {
        was_observed(result) && !self.is_unexplained(result)
    }

    fn is_unexplained(&self, result: &CaseResult) -> bool {
        self.unexplained.contains_key(&(&result.case.id, result.engine))
    }

    fn ids(&self, wanted: impl Fn(&Question) -> bool) -> Vec<CaseId> {
        let ids: BTreeSet<CaseId> = self.of(wanted).map(|(probe, _)| probe.case.id.clone()).collect();
        ids.into_iter().collect()
    }

    /// The cases that are about a point of the checklist, as far as they were observed.
    pub(in crate::check) fn about(&self, point: Point) -> Vec<CaseId> {
        self.ids(|question| is_about(point, question))
    }

    /// How many results that are about a point are not known.
    pub(in crate::check) fn unknown_about(&self, point: Point) -> usize {
        let of_point = self.results.iter().filter(|(probe, _)| is_about(point, &probe.question));
        of_point.filter(|(_, result)| has_failed(result) || self.is_unexplained(result)).count()
    }

    pub(in crate::check) fn readers(&self) -> Vec<CaseId> {
        self.ids(Question::is_reader)
    }

    pub(in crate::check) fn strangers(&self) -> Vec<CaseId> {
        self.about(Point::Reflection)
    }

    /// Reader cases that made a preflight.
    pub(in crate::check) fn with_preflight(&self) -> Vec<CaseId> {
        let readers = self.of(Question::is_reader);
        let ids: BTreeSet<CaseId> = readers
            .filter(|(_, result)| preflight(result).is_some())
            .map(|(probe, _)| probe.case.id.clone())
            .collect();
        ids.into_iter().collect()
    }

    fn reads_where(&self, wanted: impl Fn(&Question) -> bool) -> bool {
        self.of(wanted).any(|(_, result)| readable(result) == Some(true))
    }

    /// Whether a declared reader could read in some case.
    pub(in crate::check) fn reads(&self) -> bool {
        self.reads_where(Question::is_reader)
    }

    /// Whether a declared reader could read in some case with credentials.
    pub(in crate::check) fn reads_with_credentials(&self) -> bool {
        self.reads_where(|question| {
            matches!(question, Question::Reader { credentials: CredentialsMode::Include, .. })
        })
    }

    /// Whether a declared request was let through by its preflight.
    pub(in crate::check) fn passes_a_preflight(&self) -> bool {
        let readers = self.of(Question::is_reader);
        readers
            .filter(|(_, result)| preflight(result).is_some())
            .any(|(_, result)| readable(result) == Some(true))
    }

    /// Whether what is asked twice after one preflight could be read.
    pub(in crate::check) fn reads_after_preflight(&self) -> bool {
        self.reads_where(|question| *question == Question::PreflightKept)
    }

    /// The plain GETs and HEADs on the policy's path, with whatever Origin.
    pub(super) fn plain_answers(&self) -> impl Iterator<Item = (&'a Probe, &'a CaseResult, &'a Message)> {
        let plain = |question: &Question| {
            question.is_plain_reader() || matches!(question, Question::Stranger(_) | Question::NoOrigin)
        };
        self.of(plain).filter_map(|(probe, result)| {
            let exchange = result.log.iter().rfind(|exchange| exchange.by == AnsweredBy::Upstream)?;
            let message = message(exchange)?;
            let is_plain =
                matches!(exchange.received.method.as_str(), "GET" | "HEAD") && message.status < 400;
            is_plain.then_some((probe, result, message))
        })
    }

    /// Whether simple requests from different origins were granted differently.
    pub(in crate::check) fn depends_on_origin(&self) -> bool {
        let granted: BTreeSet<Option<String>> = self
            .plain_answers()
            .map(|(_, _, message)| header(message, "access-control-allow-origin"))
            .collect();
        granted.len() > 1
    }
}

/// Whether a point of the checklist rests on the answers to a question.
fn is_about(point: Point, question: &Question) -> bool {
    match point {
        Point::Origins => question.is_reader() || question.is_stranger(),
        Point::Reflection => question.is_stranger(),
        Point::Preflight | Point::ExposeHeaders => question.is_reader(),
        Point::Credentials => {
            matches!(question, Question::Reader { credentials: CredentialsMode::Include, .. })
        }
        Point::Vary => matches!(question, Question::BrowserCache | Question::SharedCache),
        Point::Methods => question.is_plain_reader() || matches!(question, Question::UndeclaredMethod(_)),
        Point::Headers => question.is_reader_with_headers() || *question == Question::UndeclaredHeader,
        Point::MaxAge => matches!(question, Question::PreflightKept | Question::PreflightExpires),
        Point::Consistency => true,
    }
}
