//! Servers that have answered already: their answers, given again in the order they were given.

use corsproof_fixture::{AnsweredBy, Exchange, HttpVersion, Received};

use super::network::response;
use crate::standard::{HttpRequest, InternalResponse, Network};

/// What a browser's requests were answered.
pub(super) struct RecordedNetwork<'a> {
    /// What was recorded, and whether it was given again already.
    recorded: Vec<(&'a Exchange, Given)>,
    /// What the model was given, in the order it asked.
    pub(super) replayed: Vec<Exchange>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    NotYet,
    Already,
}

impl<'a> RecordedNetwork<'a> {
    pub(super) fn new(log: &'a [Exchange]) -> Self {
        let recorded = log.iter().map(|exchange| (exchange, Given::NotYet)).collect();
        Self { recorded, replayed: Vec::new() }
    }
}

impl Network for RecordedNetwork<'_> {
    /// The next answer that this URL gave to this method. Where the browser did not ask the server again, its HTTP
    /// cache (which the model lacks) had the answer before: that one. What it never asked has no answer.
    fn send(&mut self, request: &HttpRequest) -> Option<InternalResponse> {
        let headers = request.header_list.iter();
        let asked = Received {
            method: request.method.clone(),
            url: request.url.clone(),
            version: HttpVersion::H1,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: request.body.clone(),
        };
        let is_same = |exchange: &Exchange| {
            let received = &exchange.received;
            (&received.method, &received.url, received.is_preflight())
                == (&asked.method, &asked.url, asked.is_preflight())
        };
        let next =
            self.recorded.iter_mut().find(|(exchange, given)| *given == Given::NotYet && is_same(exchange));
        if let Some((exchange, given)) = next {
            *given = Given::Already;
            let exchange = Exchange { received: asked, ..(*exchange).clone() };
            self.replayed.push(exchange.clone());
            return response(exchange.answer);
        }
        let before = self.recorded.iter().rev().find(|(exchange, _)| is_same(exchange));
        match before {
            Some((exchange, _)) => response(exchange.answer.clone()),
            None => {
                self.replayed.push(never(asked));
                None
            }
        }
    }
}

/// A request that the browser should have made and did not.
fn never(received: Received) -> Exchange {
    use std::time::{Duration, Instant};

    use corsproof_fixture::{Answer, Reply};
    Exchange {
        received,
        answer: Answer { delay: Duration::ZERO, reply: Reply::Hang },
        by: AnsweredBy::Script,
        connection: 0,
        at: Instant::now(),
    }
}
