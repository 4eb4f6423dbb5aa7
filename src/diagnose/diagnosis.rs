//! What is said of a URL: each case, what came of it, and in which engines.

use std::net::SocketAddr;

use browsers::Engine;
use fetch_model::{CredentialsMode, Origin, Reason};

use super::{
    cases::{Probe, Question, Role},
    fix::{Credentials, Fix},
    outcome::{Outcome, Place},
    target::{Named, Target},
};
use crate::{
    case::Step,
    evidence::{Shown, conversation},
    page,
    run::CaseResult,
    upstream,
};

/// A URL, diagnosed.
#[derive(Clone, Debug)]
pub(crate) struct Diagnosis {
    /// The URL and its server.
    pub target: Target,
    /// The origin of the page that asked.
    pub from: Origin,
    /// Where the server was asked.
    pub address: SocketAddr,
    /// Each case, in order.
    pub told: Vec<Told>,
    /// Whether it ended before all was asked.
    pub interrupted: bool,
}

/// A case, and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// What it asks.
    pub question: Question,
    /// Why it is asked.
    pub role: Role,
    /// How it is asked.
    pub step: Step,
    /// What came of it: engines that saw the same are one.
    pub seen: Vec<Seen>,
}

/// What some engines saw alike.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Which.
    pub engines: Vec<Engine>,
    /// What came of it.
    pub outcome: Outcome,
    /// What the standard says of these answers, where that is something else.
    pub standard: Option<&'static str>,
    /// The reason under which it is explained what to change.
    pub remedy: Option<Reason>,
    /// What would pass.
    pub fix: Option<Fix>,
    /// What was asked and answered: once, where engines did not differ.
    pub conversations: Vec<Conversation>,
    /// Each engine's own words.
    pub said: Vec<(Engine, Vec<String>)>,
}

/// What was asked and answered, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conversation {
    /// In which engines.
    pub engines: Vec<Engine>,
    /// Requests and answers.
    pub exchanges: Vec<Shown>,
}

/// What it comes to for the request that the diagnosis is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Every engine reads it.
    Readable,
    /// Some engine blocks it.
    Blocked,
    /// Not known of every engine.
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
        let told = probes.iter().map(|probe| Told::of(probe, results, &target.origin)).collect();
        Self { target, from, address, told, interrupted }
    }

    /// Whether the page is of the server's own origin, so that CORS has no say.
    pub(crate) fn is_same_origin(&self) -> bool {
        self.from == self.target.origin
    }

    /// Whether a page that may be anywhere asks a host that is this machine by its name: browsers guard that.
    pub(crate) fn crosses_into_this_machine(&self) -> bool {
        let is_here = upstream::is_on_this_machine(&self.from.serialize());
        !is_here && self.target.named == Named::ByItself
    }

    /// The case that it is about.
    pub(crate) fn asked(&self) -> Option<&Told> {
        self.told.iter().find(|told| told.role == Role::Asked)
    }

    /// What it comes to.
    pub(crate) fn standing(&self) -> Standing {
        let seen = self.asked().map(|told| told.seen.as_slice()).unwrap_or_default();
        let is_blocked = |outcome: &Outcome| match outcome {
            Outcome::Blocked { .. } => true,
            Outcome::RedirectedAway { reason, .. } => reason.is_some(),
            _ => false,
        };
        if seen.iter().any(|seen| is_blocked(&seen.outcome)) {
            return Standing::Blocked;
        }
        let is_whole = !seen.is_empty() && !self.interrupted;
        let is_read = seen.iter().all(|seen| matches!(seen.outcome, Outcome::Readable(_)));
        if is_whole && is_read { Standing::Readable } else { Standing::Unknown }
    }
}

impl Told {
    fn of(probe: &Probe, results: &[CaseResult], origin: &Origin) -> Self {
        let mut seen: Vec<Seen> = Vec::new();
        for result in results.iter().filter(|result| result.case.id == probe.case.id) {
            let found = Seen::of(result, origin);
            match seen.iter_mut().find(|seen| seen.is_alike(&found)) {
                Some(seen) => seen.join(found),
                None => seen.push(found),
            }
        }
        Self { question: probe.question, role: probe.role, step: probe.case.steps[0].clone(), seen }
    }

    /// Whether some engine can read what another cannot, or they block it for different reasons.
    pub(crate) fn engines_disagree(&self) -> bool {
        let key = |seen: &Seen| (seen.outcome.word(), seen.outcome.reason());
        self.seen.iter().any(|seen| key(seen) != key(&self.seen[0]))
    }
}

impl Seen {
    fn of(result: &CaseResult, origin: &Origin) -> Self {
        let outcome = Outcome::of(result, origin);
        let step = &result.case.steps[0];
        let set: Vec<String> =
            step.request.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        let exchanges = conversation(result, &set);
        let credentials = match step.request.credentials {
            Some(CredentialsMode::Include) => Credentials::With,
            _ => Credentials::Without,
        };
        let fix = match outcome {
            Outcome::Blocked { reason: Some(reason), place } => {
                Fix::of(reason, place, &exchanges, credentials)
            }
            _ => None,
        };
        let observed = result.observed.as_ref().and_then(|observed| observed.steps.last());
        let messages = observed.into_iter().flat_map(|observed| &observed.messages);
        let messages = messages.map(|message| without_place(message).to_owned()).collect();
        Self {
            engines: vec![result.engine],
            standard: outcome.standard(result),
            remedy: remedy(&outcome, &exchanges),
            outcome,
            fix,
            conversations: vec![Conversation { engines: vec![result.engine], exchanges }],
            said: vec![(result.engine, messages)],
        }
    }

    /// Whether two engines saw the same. What a server says anew each time (a body, a date) is no difference.
    fn is_alike(&self, other: &Self) -> bool {
        let outcomes = match (&self.outcome, &other.outcome) {
            (Outcome::Readable(one), Outcome::Readable(other)) => {
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

/// What explains best what to change. A preflight that is answered with an error mostly has no CORS header either,
/// which the standard looks at first; but what is missing is somebody who answers it.
fn remedy(outcome: &Outcome, exchanges: &[Shown]) -> Option<Reason> {
    let reason = outcome.reason()?;
    let is_at_preflight = matches!(outcome, Outcome::Blocked { place: Place::Preflight, .. });
    let is_error = exchanges.last().is_some_and(|shown| shown.answer.starts_with(['4', '5']));
    let is_unhandled = is_at_preflight && is_error && reason == Reason::AllowOriginMissing;
    Some(if is_unhandled { Reason::PreflightStatus } else { reason })
}

/// A console's message without the address of our own page, which stands before it.
fn without_place(message: &str) -> &str {
    match message.split_once(" - ") {
        Some((place, words)) if place.ends_with(page::PATH) => words,
        _ => message,
    }
}
