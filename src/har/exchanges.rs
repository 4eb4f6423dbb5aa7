//! Recorded requests and answers in the shape that the model's network takes.

use std::time::{Duration, Instant};

use corsproof_fixture::{
    Answer, AnsweredBy, BodyEnd, Exchange, HttpVersion, Message, Received, Reply, Token,
};
use url::Url;

use super::entry::Entry;
use crate::observation::{Observation, SentRequest};

/// A URL with the token that the model puts on what a page asks for.
pub(super) fn marked(url: &Url, token: &Token) -> Url {
    token.add_to(url.as_str()).parse().unwrap_or_else(|_| url.clone())
}

/// An entry as an exchange, with what the model looks at; `None` where it has no answer.
pub(super) fn exchange(entry: &Entry, url: Url, origin: &str) -> Option<Exchange> {
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
pub(super) fn granted(sent: &SentRequest, token: &Token, number: usize) -> Exchange {
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

/// The message that answered.
pub(super) fn message(exchange: &Exchange) -> Option<&Message> {
    match &exchange.answer.reply {
        Reply::Message(message) => Some(message),
        _ => None,
    }
}

/// Whether an exchange is of a request that the model made.
pub(super) fn is_of(exchange: &Exchange, sent: &SentRequest, token: &Token) -> bool {
    let received = &exchange.received;
    received.method == sent.method
        && received.is_preflight() == sent.is_preflight()
        && token.strip_from(received.url.as_str()) == sent.url
}

/// The exchanges of what the model sent, up to the first that was not answered.
pub(super) fn answered<'a>(
    observation: &Observation,
    log: &'a [Exchange],
    token: &Token,
) -> Vec<&'a Exchange> {
    let mut left: Vec<&Exchange> = log.iter().collect();
    let mut answered = Vec::new();
    for sent in &observation.sent {
        let Some(at) = left.iter().position(|exchange| is_of(exchange, sent, token)) else { break };
        answered.push(left.remove(at));
    }
    answered
}
