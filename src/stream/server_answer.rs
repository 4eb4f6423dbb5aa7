//! What servers answered to the requests that reached them, as the network's log has it.

use std::time::Duration;

use corsproof_fixture::{AnsweredBy, Exchange, Message, Reply, Token};
use serde::{Deserialize, Serialize};

use crate::{case::Case, milliseconds, observation::SentRequest};

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

/// What was answered to each request that a log holds, as [`SentRequest::of_log`] tells them: a request that was
/// repeated is one, with the last answer.
pub(super) fn answers(case: &Case, token: &Token, log: &[Exchange]) -> Vec<ServerAnswer> {
    let mut answers = Vec::new();
    let mut rest = log;
    for request in SentRequest::of_log(case, token, log) {
        let (these, others) = rest.split_at(rest.len().min(request.attempts.max(1) as usize));
        rest = others;
        let Some(exchange) = these.last() else { break };
        let described = described(&exchange.answer.reply, token);
        answers.push(match &exchange.by {
            AnsweredBy::Withheld => ServerAnswer::nothing("withheld: it may change something on the server"),
            AnsweredBy::NoOne { why } | AnsweredBy::NotAsked { why } => {
                ServerAnswer::nothing(&format!("no HTTP answer: {why}"))
            }
            AnsweredBy::SharedCache => {
                ServerAnswer { remark: Some("from a shared cache".to_owned()), ..described }
            }
            AnsweredBy::Script | AnsweredBy::Upstream => described,
        });
    }
    answers
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
    use std::time::Instant;

    use corsproof_fixture::{Answer, BodyEnd, HttpVersion, Received};
    use url::Url;

    use super::*;
    use crate::case::{CaseId, Place};

    fn exchange(token: &Token, method: &str, reply: Reply, by: AnsweredBy) -> Exchange {
        let url = Url::parse(&token.add_to("https://api.example.com/data")).expect("a URL");
        let received = Received {
            method: method.to_owned(),
            url,
            version: HttpVersion::H1,
            headers: Vec::new(),
            body: Vec::new(),
        };
        let answer = Answer { delay: Duration::ZERO, reply };
        Exchange { received, answer, by, body_end: BodyEnd::Whole, connection: 0, at: Instant::now() }
    }

    fn message(status: u16, name: &str, value: &str, body: &[u8]) -> Reply {
        let headers = vec![(name.to_owned(), value.to_owned())];
        Reply::Message(Message { status, headers, body: body.to_vec() })
    }

    #[test]
    fn each_request_has_the_answer_of_the_log_and_a_repeated_one_the_last() {
        let token = Token::new(1, 1);
        let place = Place { file: "a.toml".into(), line: 1, last_line: 1, text: "".into() };
        let case = Case::of_real_server(CaseId("a".to_owned()), place, "a case", Vec::new());
        let log = [
            exchange(&token, "GET", Reply::Close, AnsweredBy::Script),
            exchange(&token, "GET", message(200, "Vary", "Origin", b"hello"), AnsweredBy::Upstream),
            exchange(&token, "PUT", message(200, "Content-Length", "0", b""), AnsweredBy::SharedCache),
            exchange(&token, "DELETE", Reply::Hang, AnsweredBy::Withheld),
        ];
        let [repeated, cached, withheld] = answers(&case, &token, &log).try_into().expect("three requests");
        assert_eq!((repeated.status, repeated.body.as_str()), (Some(200), "hello"));
        assert_eq!(repeated.headers, [("Vary".to_owned(), "Origin".to_owned())]);
        assert_eq!(cached.remark.as_deref(), Some("from a shared cache"));
        assert!(cached.headers.is_empty(), "what frames the body only is left out: {cached:?}");
        assert_eq!((withheld.status, withheld.remark.is_some()), (None, true));
    }
}
