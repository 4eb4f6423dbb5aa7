//! What the scripted servers answered to the requests that reached them: worked out once more from
//! the case's scenario, which is a pure function.

use std::{collections::HashMap, time::Duration};

use corsproof_fixture::{AnsweredBy, Exchange, HttpVersion, Message, Received, Reply, Scenario, Token};
use serde::{Deserialize, Serialize};
use url::Url;

use super::milliseconds;
use crate::{case::Case, observation::SentRequest};

/// The part of a body that is kept, in bytes.
const GLIMPSE: usize = 4_096;

/// What a server answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Answered"))]
pub(crate) struct ServerAnswer {
    /// The status; nothing where there was no HTTP answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What is to be said of it besides: `raw bytes`, `the connection was closed without an answer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// How long the server waited first, in milliseconds.
    #[serde(rename = "delay_ms", default, with = "milliseconds", skip_serializing_if = "Duration::is_zero")]
    #[cfg_attr(feature = "cli", schemars(with = "f64"))]
    pub delay: Duration,
    /// Its header fields in order, without those that only frame the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The beginning of its body as text; what is no UTF-8 is replaced.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

impl ServerAnswer {
    fn nothing(remark: &str) -> Self {
        Self { remark: Some(remark.to_owned()), ..Self::default() }
    }
}

/// The answer to each request, in order.
pub(super) fn answers(scenario: &Scenario, sent: &[SentRequest]) -> Vec<ServerAnswer> {
    let token = Token::new(0, 0);
    let mut earlier: HashMap<(String, bool), usize> = HashMap::new();
    sent.iter()
        .map(|request| {
            let Some(received) = received(request, &token) else {
                return ServerAnswer::nothing("what its URL answers is unknown");
            };
            let count = earlier.entry((request.url.clone(), received.is_preflight())).or_default();
            let answer = scenario.answer(&token, &received, *count);
            *count += request.attempts.max(1) as usize;
            ServerAnswer { delay: answer.delay, ..described(&answer.reply, &token) }
        })
        .collect()
}

/// The answers to the requests of a log, one for each request that [`SentRequest::of_log`] makes of it; a repeated
/// request has the last answer.
pub(super) fn answers_of_log(case: &Case, token: &Token, log: &[Exchange]) -> Vec<ServerAnswer> {
    let mut answers = Vec::new();
    let mut rest = log;
    for request in SentRequest::of_log(case, token, log) {
        let (these, others) = rest.split_at(rest.len().min(request.attempts.max(1) as usize));
        rest = others;
        let Some(exchange) = these.last() else { break };
        let described = described(&exchange.answer.reply, token);
        answers.push(match &exchange.by {
            AnsweredBy::Withheld => ServerAnswer::nothing("withheld: it may change something on the server"),
            AnsweredBy::NoOne { why } => ServerAnswer::nothing(&format!("no HTTP answer: {why}")),
            AnsweredBy::SharedCache => {
                ServerAnswer { remark: Some("from a shared cache".to_owned()), ..described }
            }
            AnsweredBy::Script | AnsweredBy::Upstream => described,
        });
    }
    answers
}

fn received(request: &SentRequest, token: &Token) -> Option<Received> {
    Some(Received {
        method: request.method.clone(),
        url: Url::parse(&token.add_to(&request.url)).ok()?,
        version: HttpVersion::H1,
        headers: request.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        body: request.body.clone().into_bytes(),
    })
}

fn described(reply: &Reply, token: &Token) -> ServerAnswer {
    match reply {
        Reply::Message(message) => message_as_told(message, token),
        Reply::Raw { seen_as: Some(message), .. } => {
            ServerAnswer { remark: Some("raw bytes".to_owned()), ..message_as_told(message, token) }
        }
        Reply::Raw { seen_as: None, .. } => ServerAnswer::nothing("raw bytes that are no HTTP answer"),
        Reply::Close => ServerAnswer::nothing("the connection was closed without an answer"),
        Reply::Hang => ServerAnswer::nothing("no answer at all"),
        Reply::WebSocket => ServerAnswer { status: Some(101), ..ServerAnswer::nothing("a WebSocket") },
    }
}

fn message_as_told(message: &Message, token: &Token) -> ServerAnswer {
    let headers = message.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
    let body = &message.body[..message.body.len().min(GLIMPSE)];
    ServerAnswer {
        status: Some(message.status),
        headers: headers.map(|(name, value)| (name.clone(), token.strip_from(value))).collect(),
        body: token.strip_from(&String::from_utf8_lossy(body)),
        ..ServerAnswer::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use corsproof_fixture::{Resource, Source, Turn};

    use super::*;

    fn turn(text: &str) -> Turn {
        Turn { times: 1, delay: Duration::ZERO, source: Source::Text(text.to_owned()) }
    }

    fn request(method: &str, headers: &[(&str, &str)]) -> SentRequest {
        let headers: BTreeMap<String, String> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        SentRequest {
            method: method.to_owned(),
            url: "https://api.example.com/data".to_owned(),
            headers,
            referer: None,
            body: String::new(),
            attempts: 1,
        }
    }

    #[test]
    fn each_request_gets_the_answer_whose_turn_it_was() {
        let url = Url::parse("https://api.example.com/data").expect("a URL");
        let resource = Resource {
            url,
            preflight: vec![turn("204\nAccess-Control-Allow-Origin: {origin}\n")],
            response: vec![turn("302\nLocation: /next\n"), turn("200\n\nhello")],
        };
        let scenario = Scenario { resources: vec![resource], ..Scenario::default() };
        let preflight = [("origin", "https://app.example.com"), ("access-control-request-method", "PUT")];
        let sent = [request("OPTIONS", &preflight), request("PUT", &[]), request("PUT", &[])];
        let answers = answers(&scenario, &sent);
        let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert_eq!(answers[0].status, Some(204));
        assert_eq!(answers[0].headers, pair("Access-Control-Allow-Origin", "https://app.example.com"));
        assert_eq!((answers[1].status, &answers[1].headers), (Some(302), &pair("Location", "/next")));
        let last = ServerAnswer { status: Some(200), body: "hello".to_owned(), ..ServerAnswer::default() };
        assert_eq!(answers[2], last);
    }
}
