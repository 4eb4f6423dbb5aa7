//! What the scripted servers answered to the requests that reached them: worked out once more from
//! the case's scenario, which is a pure function.

use std::collections::HashMap;

use corsproof_fixture::{HttpVersion, Message, Received, Reply, Scenario, Token};
use url::Url;

use super::words;
use crate::observation::SentRequest;

/// An answer, for people.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// Its status, or what was done instead.
    pub(super) head: String,
    /// Its header lines, without those that only frame the body.
    pub(super) headers: Vec<String>,
}

/// The answer to each request, in order.
pub(super) fn answers(scenario: &Scenario, sent: &[SentRequest]) -> Vec<Answered> {
    let token = Token::new(0, 0);
    let mut earlier: HashMap<(String, bool), usize> = HashMap::new();
    sent.iter()
        .map(|request| {
            let Some(received) = received(request, &token) else {
                return Answered { head: "what its URL answers is unknown".to_owned(), headers: Vec::new() };
            };
            let count = earlier.entry((request.url.clone(), received.is_preflight())).or_default();
            let answer = scenario.answer(&token, &received, *count);
            *count += request.attempts.max(1) as usize;
            let mut answered = describe(&answer.reply, &token);
            if !answer.delay.is_zero() {
                answered.head.push_str(&format!(" after {}", words::duration(answer.delay)));
            }
            answered
        })
        .collect()
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

fn describe(reply: &Reply, token: &Token) -> Answered {
    let bare = |head: &str| Answered { head: head.to_owned(), headers: Vec::new() };
    match reply {
        Reply::Message(message) => described(message, "", token),
        Reply::Raw { seen_as: Some(message), .. } => described(message, " (raw bytes)", token),
        Reply::Raw { seen_as: None, .. } => bare("raw bytes that are no HTTP answer"),
        Reply::Close => bare("the connection was closed without an answer"),
        Reply::Hang => bare("no answer at all"),
        Reply::WebSocket => bare("101, a WebSocket"),
    }
}

fn described(message: &Message, remark: &str, token: &Token) -> Answered {
    let headers = message
        .headers
        .iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"))
        .map(|(name, value)| token.strip_from(&format!("{name}: {value}")))
        .collect();
    Answered { head: format!("{}{remark}", message.status), headers }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, time::Duration};

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
        let scenario = Scenario { resources: vec![resource], http1_origins: Vec::new() };
        let preflight = [("origin", "https://app.example.com"), ("access-control-request-method", "PUT")];
        let sent = [request("OPTIONS", &preflight), request("PUT", &[]), request("PUT", &[])];
        let answers = answers(&scenario, &sent);
        assert_eq!(answers[0].head, "204");
        assert_eq!(answers[0].headers, ["Access-Control-Allow-Origin: https://app.example.com"]);
        assert_eq!((answers[1].head.as_str(), answers[1].headers[0].as_str()), ("302", "Location: /next"));
        assert_eq!(answers[2], Answered { head: "200".to_owned(), headers: Vec::new() });
    }
}
