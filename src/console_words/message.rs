//! A message of a console, understood.

use browsers::Engine;
use fetch_model::{Reason, RefusingStep, is_cors_safelisted_method};

use super::meaning::Meaning;
use crate::diagnose::{DiagnoseCommand, Place};

/// Whose words a message is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    Engine(Engine),
    /// Two engines say the same.
    ChromiumOrFirefox,
}

/// What an engine said of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub speaker: Speaker,
    pub meaning: Meaning,
    /// What asked, in the engine's words: `fetch`, `XMLHttpRequest`, `font`.
    pub initiator: Option<String>,
    pub url: Option<String>,
    /// The URL that the page asked for, where redirects led to `url`.
    pub redirected_from: Option<String>,
    /// The origin of the page.
    pub origin: Option<String>,
    /// At which answer the read was blocked, where the words tell it.
    pub place: Option<Place>,
    pub method: Option<String>,
    /// The request's header field that was refused.
    pub header: Option<String>,
    /// The status of the answer.
    pub status: Option<String>,
    /// How often it was said.
    pub count: usize,
}

impl Message {
    /// The reasons that it may mean, the most likely first.
    pub(crate) fn reasons(&self) -> &[Reason] {
        match &self.meaning {
            Meaning::OneOf(reasons) => reasons,
            Meaning::Browser(_) | Meaning::Unsaid => &[],
        }
    }

    /// The command that asks it for real; `None` where pages cannot read the URL at all.
    pub(crate) fn command(&self) -> Option<DiagnoseCommand> {
        let url = self.redirected_from.as_ref().or(self.url.as_ref());
        let mut command = DiagnoseCommand::new(url.map(String::as_str), self.origin.as_deref())?;
        match &self.method {
            Some(method) if method != "GET" => command = command.with_method(method),
            None if self.reasons() == [Reason::MethodNotAllowed] => command = command.with_unnamed_method(),
            _ => {}
        }
        if let Some(header) = &self.header {
            command = command.with_header(header);
        }
        let is_about_credentials = |reason: &Reason| {
            matches!(reason, Reason::WildcardWithCredentials | Reason::AllowCredentialsNotTrue)
        };
        if self.reasons().iter().any(is_about_credentials) {
            command = command.with_credentials();
        }
        Some(command)
    }

    /// Whether both say the same of the same request.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        (&self.meaning, &self.url, &self.origin, &self.method, &self.header)
            == (&other.meaning, &other.url, &other.origin, &other.method, &other.header)
            && self.speaker == other.speaker
    }
}

/// Where a message for `reasons` says that the read was blocked. Engines name the preflight where their words are about
/// it; that it was the answer itself only Chromium's silence tells.
pub(super) fn place(speaker: Speaker, reasons: &[Reason], words: &str) -> Option<Place> {
    const OF_PREFLIGHT: [&str; 4] =
        ["preflight request", "preflight response", "Preflight response", "Preflight"];
    let steps: Vec<RefusingStep> = reasons.iter().map(|reason| reason.step()).collect();
    let all_of = |step: RefusingStep| !steps.is_empty() && steps.iter().all(|other| *other == step);
    if words.contains("Cross-origin redirection to ") || all_of(RefusingStep::HttpRedirectFetch) {
        return Some(Place::Redirect);
    }
    if all_of(RefusingStep::CorsPreflightFetch) || OF_PREFLIGHT.iter().any(|part| words.contains(part)) {
        return Some(Place::Preflight);
    }
    let is_told_by_silence =
        speaker == Speaker::Engine(Engine::Chromium) && words.contains("by CORS policy:");
    (is_told_by_silence && all_of(RefusingStep::CorsCheck)).then_some(Place::Answer)
}

/// Whether a method is one that the preflight has to ask for.
pub(super) fn is_worth_naming(method: &str) -> bool {
    !is_cors_safelisted_method(method)
}
