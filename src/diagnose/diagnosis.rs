//! The diagnosis of a URL: each probe with its outcomes, by engine.

use std::net::SocketAddr;

use browsers::Engine;
use fetch_model::{CredentialsMode, Origin, Reason};

use super::{
    cases::{Probe, Question, Role},
    cause::Cause,
    error_body,
    fix::{CredentialsUse, Fix},
    outcome::{self, CaseOutcome, Place},
    target::{Named, Target},
};
use crate::{
    case::Step,
    evidence::{ShownExchange, conversation, message},
    local_server, page,
    run::CaseResult,
};

/// What real browsers did when a page of one origin asked one URL.
#[derive(Clone, Debug)]
pub(crate) struct Diagnosis {
    pub target: Target,
    /// The origin of the page that made the requests.
    pub from: Origin,
    /// The address at which the server accepted a connection.
    pub address: SocketAddr,
    /// The result of each probe, in order.
    pub results: Vec<ProbeResult>,
    /// Whether the diagnosis ended before all probes ran.
    pub interrupted: bool,
}

/// A probe and its outcomes in the engines.
#[derive(Clone, Debug)]
pub(crate) struct ProbeResult {
    pub question: Question,
    pub role: Role,
    /// The step that made the request.
    pub step: Step,
    /// The outcomes; engines with the same outcome share one.
    pub outcomes: Vec<SharedOutcome>,
}

/// An outcome that several engines have in common.
#[derive(Clone, Debug)]
pub(crate) struct SharedOutcome {
    pub engines: Vec<Engine>,
    pub outcome: CaseOutcome,
    /// What the standard says of these answers, where the engines did something else.
    pub standard: Option<&'static str>,
    /// The reason under which it is explained what to change.
    pub remedy: Option<Reason>,
    /// What the server's own answer tells besides: it stands before what the reason says in general.
    pub cause: Option<Cause>,
    /// The first lines of the last answer, where that is an error.
    pub error: Vec<String>,
    /// The answers with which the request would succeed, where the server can give them.
    pub fix: Option<Fix>,
    /// The exchanges of the case: once, where the engines' did not differ.
    pub conversations: Vec<Conversation>,
    /// The console messages of each engine, verbatim.
    pub said: Vec<(Engine, Vec<String>)>,
}

/// The exchanges of one case between browser and server, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conversation {
    /// The engines in which the exchanges were exactly these.
    pub engines: Vec<Engine>,
    pub exchanges: Vec<ShownExchange>,
}

/// Whether the page can read the answer to the request that the diagnosis is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conclusion {
    /// In every engine the page can read the answer.
    Readable,
    /// In at least one engine the read is blocked.
    Blocked,
    /// At least one engine was not observed, and none blocks.
    Unknown,
}

impl Diagnosis {
    pub(super) fn of(
        target: Target,
        from: Origin,
        address: SocketAddr,
        probes: &[Probe],
        results: &[CaseResult],
        interrupted: bool,
    ) -> Self {
        let results = probes.iter().map(|probe| ProbeResult::of(probe, results, &target.origin)).collect();
        Self { target, from, address, results, interrupted }
    }

    /// Whether the page is of the server's own origin, so that CORS has no say.
    pub(crate) fn is_same_origin(&self) -> bool {
        self.from == self.target.origin
    }

    /// Whether a page that may be anywhere asks a host that is this machine by its name: browsers guard that.
    pub(crate) fn crosses_into_this_machine(&self) -> bool {
        let is_here = local_server::is_on_this_machine(&self.from.serialize());
        !is_here && self.target.named == Named::ByItself
    }

    /// The probe that makes the very request that the user named.
    pub(crate) fn asked(&self) -> Option<&ProbeResult> {
        self.results.iter().find(|result| result.role == Role::Asked)
    }

    /// The conclusion about the request that was asked for.
    pub(crate) fn conclusion(&self) -> Conclusion {
        let outcomes = self.asked().map(|result| result.outcomes.as_slice()).unwrap_or_default();
        let is_blocked = |outcome: &CaseOutcome| match outcome {
            CaseOutcome::Blocked { .. } => true,
            CaseOutcome::RedirectedAway { reason, .. } => reason.is_some(),
            _ => false,
        };
        if outcomes.iter().any(|seen| is_blocked(&seen.outcome)) {
            return Conclusion::Blocked;
        }
        let is_whole = !outcomes.is_empty() && !self.interrupted;
        let is_read = outcomes.iter().all(|seen| matches!(seen.outcome, CaseOutcome::Readable(_)));
        if is_whole && is_read { Conclusion::Readable } else { Conclusion::Unknown }
    }
}

impl ProbeResult {
    fn of(probe: &Probe, results: &[CaseResult], origin: &Origin) -> Self {
        let mut outcomes: Vec<SharedOutcome> = Vec::new();
        for result in results.iter().filter(|result| result.case.id == probe.case.id) {
            let found = SharedOutcome::of(result, origin);
            match outcomes.iter_mut().find(|outcome| outcome.is_alike(&found)) {
                Some(outcome) => outcome.join(found),
                None => outcomes.push(found),
            }
        }
        Self { question: probe.question, role: probe.role, step: probe.case.steps[0].clone(), outcomes }
    }

    /// Whether some engine can read what another cannot, or they block it for different reasons.
    pub(crate) fn engines_disagree(&self) -> bool {
        let key = |seen: &SharedOutcome| (seen.outcome.word(), seen.outcome.reason());
        self.outcomes.iter().any(|seen| key(seen) != key(&self.outcomes[0]))
    }
}

impl SharedOutcome {
    fn of(result: &CaseResult, origin: &Origin) -> Self {
        let outcome = CaseOutcome::of(result, origin);
        let step = &result.case.steps[0];
        let set: Vec<String> =
            step.request.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        let exchanges = conversation(result, &set);
        let credentials = match step.request.credentials {
            Some(CredentialsMode::Include) => CredentialsUse::With,
            _ => CredentialsUse::Without,
        };
        let (fix, cause) = match outcome {
            CaseOutcome::Blocked { reason: Some(reason), place } => {
                let cause = Cause::of(reason, place, &result.log, &step.page, result.token.as_ref());
                let is_beside_cors =
                    place != Place::Preflight && cause.as_ref().is_some_and(Cause::is_beside_cors);
                let fix = (!is_beside_cors).then(|| Fix::of(reason, place, &exchanges, credentials));
                (fix.flatten(), cause)
            }
            CaseOutcome::RedirectedAway { .. } => {
                (None, Cause::of_redirect(&result.log, result.token.as_ref()))
            }
            _ => (None, None),
        };
        let last_answer = result.log.last().and_then(message);
        let observed = result.observed.as_ref().and_then(|observed| observed.steps.last());
        let messages = observed.into_iter().flat_map(|observed| &observed.messages);
        let messages = messages.map(|message| without_place(message).to_owned()).collect();
        Self {
            engines: vec![result.engine],
            standard: outcome.standard(result),
            remedy: remedy(&outcome, &exchanges),
            cause,
            error: last_answer.map(error_body::first_lines).unwrap_or_default(),
            outcome,
            fix,
            conversations: vec![Conversation { engines: vec![result.engine], exchanges }],
            said: vec![(result.engine, messages)],
        }
    }

    /// Whether two engines saw the same. What a server says anew each time (a body, a date) is no difference.
    fn is_alike(&self, other: &Self) -> bool {
        let outcomes = match (&self.outcome, &other.outcome) {
            (CaseOutcome::Readable(one), CaseOutcome::Readable(other)) => {
                one.response.status == other.response.status
                    && one.response.response_type == other.response.response_type
                    && one.response.headers.keys().eq(other.response.headers.keys())
                    && one.hidden == other.hidden
            }
            (one, other) => one == other,
        };
        outcomes && self.standard == other.standard
    }

    fn join(&mut self, other: Self) {
        self.engines.extend(other.engines);
        self.said.extend(other.said);
        for conversation in other.conversations {
            match self.conversations.iter_mut().find(|known| known.exchanges == conversation.exchanges) {
                Some(known) => known.engines.extend(conversation.engines),
                None => self.conversations.push(conversation),
            }
        }
    }
}

/// What explains best what to change, for a case with these exchanges.
fn remedy(outcome: &CaseOutcome, exchanges: &[ShownExchange]) -> Option<Reason> {
    let reason = outcome.reason()?;
    let CaseOutcome::Blocked { place, .. } = outcome else { return Some(reason) };
    let status = exchanges.last().and_then(|shown| shown.answer.get(..3)?.parse().ok());
    Some(outcome::remedy(reason, *place, status))
}

/// A console's message without the address of our own page, which stands before it.
fn without_place(message: &str) -> &str {
    match message.split_once(" - ") {
        Some((place, words)) if place.ends_with(page::PATH) => words,
        _ => message,
    }
}
