//! The log of a case whose script is asked in memory: for tests of what is told about results.

use std::time::Instant;

use corsproof_fixture::{AnsweredBy, BodyEnd, Exchange, HttpVersion, Received, Token};
use url::Url;

use crate::{case::Case, observation::SentRequest};

/// What the network would have logged had these requests come to the servers of `case`.
pub(crate) fn log(case: &Case, token: &Token, sent: &[SentRequest]) -> Vec<Exchange> {
    let mut log: Vec<Exchange> = Vec::new();
    for request in sent {
        let received = Received {
            method: request.method.clone(),
            url: Url::parse(&token.add_to(&request.url)).expect("requests that were sent have a URL"),
            version: HttpVersion::H1,
            headers: request.headers.clone().into_iter().collect(),
            body: request.body.clone().into_bytes(),
        };
        for _ in 0..request.attempts {
            let received = received.clone();
            let earlier = received.earlier(log.iter().map(|exchange| &exchange.received));
            let answer = case.scenario.answer(token, &received, earlier);
            log.push(Exchange {
                received,
                answer,
                by: AnsweredBy::Script,
                body_end: BodyEnd::Whole,
                connection: 0,
                at: Instant::now(),
            });
        }
    }
    log
}
