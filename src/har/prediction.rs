//! What the standard makes of a conversation: the model, executed over the recorded answers.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use corsproof_fixture::{
    Answer, AnsweredBy, BodyEnd, Exchange, HttpVersion, Message, Received, Reply, Token,
};
use fetch_model::{CredentialsMode, Origin, Reason};
use url::Url;

use super::{caller::Caller, conversation::Conversation, entry::Entry};
use crate::{
    case::{Case, CaseId, Context, Place as CasePlace, Request, Step, Via},
    diagnose::{Cause, Place},
    observation::{GivenReason, Observation, Read, SentRequest},
    predict::predict_recorded,
};

/// What comes of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The page reads the answer.
    Readable {
        /// Why it would not, had it asked with credentials: the file does not tell whether it did.
        unless: Option<Reason>,
    },
    Blocked {
        reason: Reason,
        place: Place,
        /// What the answer itself gives away.
        cause: Option<Cause>,
    },
    /// The file does not have what decides.
    Unknown(Unknown),
}

/// What a file lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The answer; perhaps with what the browser says instead.
    NoAnswer { error: Option<String> },
    /// The request, of which only the preflight was recorded, and passes.
    NoRequest,
    /// The request to which a redirect led.
    NoRedirectTarget,
    /// The answer that the browser's cache had, of which only a 304 was recorded.
    Cached,
}

/// Whether a page asked with credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Cookies were sent, or the browser logged in.
    With,
    /// The file shows none, but what the browser did cannot be explained without.
    Concluded,
    /// The file has none: there were none, or they were taken out.
    NotSeen,
}

/// What is known of a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preflight {
    /// None was needed.
    None,
    /// It was recorded, with this status; 0 where it had no answer.
    Recorded(u16),
    /// One was needed and is not in the file. It passed, or the request would not have been sent.
    NotRecorded,
}

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
        let place = match (last, status) {
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
        let cause = Cause::of(reason, place, &log, &from);
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

fn marked(url: &Url, token: &Token) -> Url {
    token.add_to(url.as_str()).parse().unwrap_or_else(|_| url.clone())
}

/// An entry as an exchange, with what the model looks at; `None` where it has no answer.
fn exchange(entry: &Entry, url: Url, origin: &str) -> Option<Exchange> {
    let mut headers = vec![("origin".to_owned(), entry.header("origin").unwrap_or(origin).to_owned())];
    if entry.is_preflight() {
        let method = entry.asked_method().unwrap_or("GET").to_owned();
        headers.push(("access-control-request-method".to_owned(), method));
        let names = entry.asked_headers().join(",");
        headers.extend((!names.is_empty()).then_some(("access-control-request-headers".to_owned(), names)));
    }
    let received =
        Received { method: entry.method.clone(), url, version: HttpVersion::H1, headers, body: Vec::new() };
    let number = entry.index as u64;
    Some(answered_with(received, entry.answer.clone()?, number))
}

/// The answer of a server that grants all that a preflight asks.
fn granted(sent: &SentRequest, token: &Token, number: usize) -> Exchange {
    let asked = |name: &str| sent.headers.get(name).cloned().unwrap_or_default();
    let grant = |name: &str, value: String| (name.to_owned(), value);
    let headers = vec![
        grant("access-control-allow-origin", asked("origin")),
        grant("access-control-allow-credentials", "true".to_owned()),
        grant("access-control-allow-methods", asked("access-control-request-method")),
        grant("access-control-allow-headers", asked("access-control-request-headers")),
    ];
    let received = Received {
        method: sent.method.clone(),
        url: sent.url.parse().map_or_else(
            |_| Url::parse("http://page.invalid/").expect("a URL"),
            |url: Url| marked(&url, token),
        ),
        version: HttpVersion::H1,
        headers: sent.headers.clone().into_iter().collect(),
        body: Vec::new(),
    };
    answered_with(received, Message { status: 204, headers, body: Vec::new() }, number as u64)
}

fn answered_with(received: Received, message: Message, connection: u64) -> Exchange {
    let answer = Answer { delay: Duration::ZERO, reply: Reply::Message(message) };
    Exchange {
        received,
        answer,
        by: AnsweredBy::Upstream,
        body_end: BodyEnd::Whole,
        connection,
        at: Instant::now(),
    }
}

fn message(exchange: &Exchange) -> Option<&Message> {
    match &exchange.answer.reply {
        Reply::Message(message) => Some(message),
        _ => None,
    }
}

/// Whether an exchange is of a request that the model made.
fn is_of(exchange: &Exchange, sent: &SentRequest, token: &Token) -> bool {
    let received = &exchange.received;
    received.method == sent.method
        && received.is_preflight() == sent.is_preflight()
        && token.strip_from(received.url.as_str()) == sent.url
}

/// The exchanges of what the model sent, up to the first that was not answered.
fn answered<'a>(observation: &Observation, log: &'a [Exchange], token: &Token) -> Vec<&'a Exchange> {
    let mut left: Vec<&Exchange> = log.iter().collect();
    let mut answered = Vec::new();
    for sent in &observation.sent {
        let Some(at) = left.iter().position(|exchange| is_of(exchange, sent, token)) else { break };
        answered.push(left.remove(at));
    }
    answered
}
