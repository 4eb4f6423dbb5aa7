//! What the standard makes of a conversation: the model, executed over the recorded answers.

use std::path::PathBuf;

use corsproof_fixture::{Exchange, Token};
use fetch_model::{CredentialsMode, Origin, Reason};

use super::{
    caller::Caller,
    conversation::Conversation,
    entry::Entry,
    exchanges::{answered, exchange, granted, is_of, marked, message},
    outcome::{Credentials, Outcome, Preflight, Unknown},
};
use crate::{
    case::{Case, CaseId, Context, Place as CasePlace, Request, Step, Via},
    diagnose::{Cause, Place},
    observation::{GivenReason, Observation, Read, SentRequest},
    predict::predict_recorded,
};

/// What the model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prediction {
    pub outcome: Outcome,
    pub credentials: Credentials,
    pub preflight: Preflight,
    /// The status of the answer at which it ended.
    pub status: Option<u16>,
}

/// Redirects end after 20; each may have a preflight.
const MOST_ROUNDS: usize = 50;

/// What the standard makes of `conversation`, asked by `caller`.
pub(super) fn predict(conversation: &Conversation<'_>, caller: &Caller) -> Prediction {
    let credentials = match conversation.entries().any(|entry| has_credentials(entry, conversation)) {
        true => Credentials::With,
        false => Credentials::NotSeen,
    };
    let asked = |mode| Asked { conversation, caller, mode };
    if credentials == Credentials::With {
        return asked(CredentialsMode::Include).prediction(credentials);
    }
    let without = asked(CredentialsMode::SameOrigin).prediction(credentials);
    let Outcome::Readable { .. } = without.outcome else { return without };
    let with = asked(CredentialsMode::Include).prediction(Credentials::Concluded);
    match with.outcome {
        // It failed in the browser, and nothing but credentials explains that.
        Outcome::Blocked { .. } if has_failed(conversation) => with,
        Outcome::Blocked { reason, .. } => {
            Prediction { outcome: Outcome::Readable { unless: Some(reason) }, ..without }
        }
        _ => without,
    }
}

/// Whether the browser says of the last answer that the load failed, as Chromium does of what it blocked by CORS.
fn has_failed(conversation: &Conversation<'_>) -> bool {
    conversation.requests.last().is_some_and(|last| last.error.as_deref() == Some("net::ERR_FAILED"))
}

/// Whether the browser added credentials of its own. An Authorization header that a preflight asked for, or with a scheme
/// that no browser knows, was set by a script, and is a header like others.
fn has_credentials(entry: &Entry, conversation: &Conversation<'_>) -> bool {
    let by_script = conversation.preflights.iter().any(|preflight| {
        preflight.asked_headers().iter().any(|name| name.eq_ignore_ascii_case("authorization"))
    });
    let scheme = entry.header("authorization").and_then(|value| value.split(' ').next());
    let is_of_browser = scheme.is_some_and(|scheme| {
        ["basic", "digest", "negotiate", "ntlm"].contains(&scheme.to_ascii_lowercase().as_str())
    });
    entry.has_cookies || (is_of_browser && !by_script)
}

/// A conversation, as a page with a credentials mode would begin it.
struct Asked<'a> {
    conversation: &'a Conversation<'a>,
    caller: &'a Caller,
    mode: CredentialsMode,
}

impl Asked<'_> {
    fn prediction(&self, credentials: Credentials) -> Prediction {
        let token = Token::new(0, 0);
        let mut log = self.log(&token);
        let recorded = log.len();
        let observation = self.observation(&token, &mut log);
        let preflight = match self.conversation.preflights.first() {
            Some(preflight) => Preflight::Recorded(preflight.status().unwrap_or_default()),
            None if log.len() > recorded => Preflight::NotRecorded,
            None => Preflight::None,
        };
        let answered = answered(&observation, &log, &token);
        let status = answered.last().and_then(|exchange| message(exchange)).map(|message| message.status);
        Prediction { outcome: self.outcome(&observation, &answered), credentials, preflight, status }
    }

    /// What the model does. Where it asks for a preflight that was not recorded, and the request itself was answered, the
    /// preflight has passed: a browser remembers those for a while, and some record none.
    fn observation(&self, token: &Token, log: &mut Vec<Exchange>) -> Observation {
        let is_answered = self.conversation.requests.iter().any(|request| request.answer.is_some());
        let mut via = Via::Fetch;
        for _ in 0..MOST_ROUNDS {
            let observation = predict_recorded(&self.case(via), token, log);
            let asks_ahead = observation.sent.iter().any(SentRequest::is_preflight);
            // An upload listener, or a stream, makes a preflight of a request that needs none.
            if !asks_ahead && !self.conversation.preflights.is_empty() && via == Via::Fetch {
                via = Via::Xhr;
                continue;
            }
            let lacking = observation
                .sent
                .iter()
                .find(|sent| sent.is_preflight() && !log.iter().any(|one| is_of(one, sent, token)));
            match lacking {
                Some(sent) if is_answered => log.push(granted(sent, token, log.len())),
                _ => return observation,
            }
        }
        predict_recorded(&self.case(via), token, log)
    }

    fn case(&self, via: Via) -> Case {
        let url = self.conversation.first().map_or("", |first| first.url.as_str());
        let mut request = Request {
            method: Some(self.method()),
            credentials: (self.mode == CredentialsMode::Include).then_some(CredentialsMode::Include),
            upload_listener: via == Via::Xhr,
            ..Request::new(via, url)
        };
        for name in self.asked_headers() {
            match self.safelisted_value(&name) {
                Some(value) => request.headers.push((name, value)),
                None => request.add_header(&name),
            }
        }
        let step = match self.caller {
            Caller::Origin(origin) => Step::new(origin.clone(), request),
            // Where an opaque origin is told nothing else is known of the page. Over http nothing is mixed content.
            Caller::Opaque => {
                let page = Origin::parse("http://page.invalid").unwrap_or_else(|_| Origin::new_opaque(0));
                Step { context: Context::SandboxedIframe, ..Step::new(page, request) }
            }
        };
        let place = CasePlace { file: PathBuf::new(), line: 1, last_line: 1, text: "".into() };
        Case::of_real_server(CaseId("har".to_owned()), place, url, vec![step])
    }

    fn method(&self) -> String {
        match (self.conversation.requests.first(), self.conversation.preflights.first()) {
            (Some(request), _) => request.method.clone(),
            (None, Some(preflight)) => preflight.asked_method().unwrap_or("GET").to_owned(),
            (None, None) => "GET".to_owned(),
        }
    }

    /// The names of the header fields that need permission, as the first preflight has them.
    fn asked_headers(&self) -> Vec<String> {
        self.conversation.preflights.first().map(|preflight| preflight.asked_headers()).unwrap_or_default()
    }

    /// The value of a field that decides whether it needs permission; of no other one is the value looked at.
    fn safelisted_value(&self, name: &str) -> Option<String> {
        const BY_VALUE: [&str; 5] =
            ["accept", "accept-language", "content-language", "content-type", "range"];
        let is_by_value = BY_VALUE.iter().any(|other| other.eq_ignore_ascii_case(name));
        let request = self.conversation.requests.first().filter(|_| is_by_value)?;
        request.header(name).map(str::to_owned)
    }

    /// The recorded exchanges, the first URL with the token that the model puts there.
    fn log(&self, token: &Token) -> Vec<Exchange> {
        let first = self.conversation.first().map(|first| &first.url);
        let origin = self.caller.serialize();
        let mut is_first = true;
        let mut log = Vec::new();
        for preflight in &self.conversation.preflights {
            let url = if Some(&preflight.url) == first {
                marked(&preflight.url, token)
            } else {
                preflight.url.clone()
            };
            log.extend(exchange(preflight, url, &origin));
        }
        for request in &self.conversation.requests {
            let url = if is_first { marked(&request.url, token) } else { request.url.clone() };
            is_first = false;
            log.extend(exchange(request, url, &origin));
        }
        log
    }

    fn outcome(&self, observation: &Observation, answered: &[&Exchange]) -> Outcome {
        let Some(step) = observation.steps.last() else { return Outcome::Unknown(Unknown::NoRequest) };
        let reason = match (&step.read, step.reason) {
            (Read::Allowed(_) | Read::Opaque(_), _) => return Outcome::Readable { unless: None },
            (Read::Blocked, Some(GivenReason::Given(reason))) => reason,
            (Read::Blocked, _) => return Outcome::Unknown(Unknown::NoAnswer { error: None }),
        };
        if answered.len() < observation.sent.len() {
            return Outcome::Unknown(self.lacking(observation, answered.len()));
        }
        let last = answered.last().copied();
        let status = last.and_then(message).map(|message| message.status);
        if status == Some(304) && reason == Reason::AllowOriginMissing {
            return Outcome::Unknown(Unknown::Cached);
        }
        let was_answered = self.conversation.entries().any(|entry| entry.answer.is_some());
        let place = match (last, status) {
            (None, _) if was_answered => return Outcome::Unknown(Unknown::WhySent(reason)),
            (None, _) => Place::BeforeSending,
            (Some(exchange), _) if exchange.received.is_preflight() => Place::Preflight,
            (_, Some(300..=399)) => Place::Redirect,
            _ => Place::Answer,
        };
        let log: Vec<Exchange> = answered.iter().map(|exchange| (*exchange).clone()).collect();
        let from = match self.caller {
            Caller::Origin(origin) => origin.clone(),
            Caller::Opaque => Origin::new_opaque(0),
        };
        let cause = Cause::of(reason, place, &log, &from, None);
        Outcome::Blocked { reason, place, cause }
    }

    /// Which request was not answered in the file.
    fn lacking(&self, observation: &Observation, answered: usize) -> Unknown {
        let sent = observation.sent.get(answered);
        let is_recorded = |entry: &&&Entry| sent.is_some_and(|sent| sent.url == entry.url.as_str());
        let error = self
            .conversation
            .requests
            .iter()
            .chain(&self.conversation.preflights)
            .filter(|entry| entry.answer.is_none())
            .find(is_recorded);
        match error {
            Some(entry) => Unknown::NoAnswer { error: entry.error.clone() },
            None if self.conversation.requests.is_empty() => Unknown::NoRequest,
            None if answered == 0 => Unknown::NoAnswer { error: None },
            None => Unknown::NoRedirectTarget,
        }
    }
}
