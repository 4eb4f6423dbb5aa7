//! The recorded answers of real servers as the model's network, replayed in their order.

use corsproof_fixture::{Answer, AnsweredBy, BodyEnd, Exchange, HttpVersion, Message, Received, Reply};
use fetch_model::{HttpRequest, InternalResponse, Network};

use super::network::response;

/// The headers by which a cache asks whether what it has is still good.
const CONDITIONS: [&str; 2] = ["if-none-match", "if-modified-since"];

/// The answers that a browser's requests got, as a network for the model.
pub(super) struct RecordedNetwork<'a> {
    /// The recorded exchanges, and whether each was replayed already.
    recorded: Vec<(&'a Exchange, Given)>,
    /// The exchanges that the model made, in order.
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
    /// cache had the answer before: that one. What it never asked has no answer.
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
            let exchange = *exchange;
            let before = self.replayed.iter().rev().find(|before| is_same(before));
            let (asked, answer) = match before.and_then(|before| revalidated(before, exchange)) {
                Some(answer) => (with_conditions(asked, &exchange.received), answer),
                None => (asked, exchange.answer.clone()),
            };
            self.replayed.push(Exchange { received: asked, answer: answer.clone(), ..exchange.clone() });
            return response(answer);
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

/// What a browser's HTTP cache makes of a 304: the answer it has, with the newer headers,
/// <https://www.rfc-editor.org/rfc/rfc9111#name-freshening-stored-responses>. `None` where no 304 is meant for a cache.
fn revalidated(before: &Exchange, exchange: &Exchange) -> Option<Answer> {
    let (Reply::Message(stored), Reply::Message(newer)) = (&before.answer.reply, &exchange.answer.reply)
    else {
        return None;
    };
    let is_asked_by_cache = CONDITIONS.iter().any(|name| exchange.received.header(name).is_some());
    if newer.status != 304 || stored.status == 304 || !is_asked_by_cache {
        return None;
    }
    let is_newer = |name: &str| {
        !name.eq_ignore_ascii_case("content-length")
            && newer.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    let kept = stored.headers.iter().filter(|(name, _)| !is_newer(name));
    let updated = newer.headers.iter().filter(|(name, _)| is_newer(name));
    let headers = kept.chain(updated).cloned().collect();
    let message = Message { headers, ..stored.clone() };
    Some(Answer { reply: Reply::Message(message), ..exchange.answer.clone() })
}

/// The model's request with the conditions that the browser's cache added.
fn with_conditions(asked: Received, made: &Received) -> Received {
    let is_condition = |name: &str| CONDITIONS.iter().any(|other| other.eq_ignore_ascii_case(name));
    let conditions = made.headers.iter().filter(|(name, _)| is_condition(name)).cloned();
    let headers = asked.headers.into_iter().chain(conditions).collect();
    Received { headers, ..asked }
}

/// A request that the browser should have made and did not.
fn never(received: Received) -> Exchange {
    use std::time::{Duration, Instant};

    Exchange {
        received,
        answer: Answer { delay: Duration::ZERO, reply: Reply::Hang },
        by: AnsweredBy::Script,
        body_end: BodyEnd::Whole,
        connection: 0,
        at: Instant::now(),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        path::PathBuf,
        time::{Duration, Instant},
    };

    use corsproof_fixture::Token;
    use fetch_model::{HeaderList, Origin};
    use rstest::rstest;
    use url::Url;

    use super::*;
    use crate::{
        case::{Case, CaseId, Place, Request, Step, Via},
        observation::SentRequest,
        predict::predict_recorded,
    };

    const STALE: [(&str, &str); 2] = [("access-control-allow-origin", "*"), ("etag", "\"1\"")];
    const FRESH: [(&str, &str); 2] = [("access-control-allow-origin", "*"), ("cache-control", "max-age=60")];

    fn exchange(asked: &[(&str, &str)], status: u16, said: &[(&str, &str)], body: &str) -> Exchange {
        let fields = |fields: &[(&str, &str)]| {
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let message = Message { status, headers: fields(said), body: body.into() };
        Exchange {
            received: Received {
                method: "GET".to_owned(),
                url: Url::parse("https://api.example.com/data").expect("a URL"),
                version: HttpVersion::H2,
                headers: fields(asked),
                body: Vec::new(),
            },
            answer: Answer { delay: Duration::ZERO, reply: Reply::Message(message) },
            by: AnsweredBy::Upstream,
            body_end: BodyEnd::Whole,
            connection: 0,
            at: Instant::now(),
        }
    }

    /// A 304 is said to the browser's cache: a script reads what the cache has, under the newer headers.
    #[test]
    fn what_is_still_good_is_the_answer_there_was_with_newer_headers() {
        let allowed = "access-control-allow-origin";
        let said = [(allowed, "https://app.example.com"), ("etag", "\"1\""), ("content-length", "4")];
        let newer = [(allowed, "https://admin.example.com"), ("etag", "\"1\"")];
        let asked_again = |asked: &[(&str, &str)]| {
            let log = [exchange(&[], 200, &said, "data"), exchange(asked, 304, &newer, "")];
            let mut network = RecordedNetwork::new(&log);
            let request = HttpRequest {
                method: "GET".to_owned(),
                url: log[0].received.url.clone(),
                header_list: HeaderList::default(),
                body: Vec::new(),
            };
            network.send(&request).expect("the first answer");
            let answer = network.send(&request).expect("the second");
            let sent = network.replayed[1].received.header("if-none-match");
            let origin = answer.header_list.get(allowed).expect("it is granted").to_owned();
            (answer.status, answer.body, origin, sent)
        };
        let admin = "https://admin.example.com".to_owned();
        let by_cache = asked_again(&[("if-none-match", "\"1\"")]);
        assert_eq!(by_cache, (200, b"data".to_vec(), admin.clone(), Some("\"1\"".to_owned())));
        assert_eq!(asked_again(&[]), (304, Vec::new(), admin, None), "nobody asked: it is what it is");
    }

    /// A page that asks twice for what a cache may keep.
    fn twice() -> Case {
        let page = Origin::parse("https://app.example.com").expect("an origin");
        let step = Step::new(page, Request::new(Via::Fetch, "https://api.example.com/data"));
        let place = Place { file: PathBuf::new(), line: 1, last_line: 1, text: "".into() };
        Case::of_real_server(CaseId("a/b/c".to_owned()), place, "", vec![step.clone(), step])
    }

    /// Whether a cache asks again, with which conditions, and what it keeps is its own affair.
    #[rstest]
    #[case::not_asked_though_stale(&[exchange(&[], 200, &STALE, "data")])]
    #[case::asked_though_fresh(&[exchange(&[], 200, &FRESH, "data"), exchange(&[], 200, &FRESH, "data")])]
    #[case::asked_by_tag(&[exchange(&[], 200, &STALE, "data"), exchange(&[("if-none-match", "\"1\"")], 304, &STALE, "")])]
    #[case::asked_without_tag(&[exchange(&[], 200, &STALE, "data"), exchange(&[], 200, &STALE, "data")])]
    fn a_cache_may_ask_or_not(#[case] log: &[Exchange]) {
        let (case, token) = (twice(), Token::new(0, 0));
        let marked = |exchange: &Exchange| {
            let url = token.add_to(exchange.received.url.as_str()).parse().expect("a URL");
            let headers = exchange.received.headers.iter().cloned();
            let of_page = [("origin", "https://app.example.com"), ("referer", "https://app.example.com/")];
            let of_page = of_page.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let headers = headers.chain(of_page).collect();
            let received = Received { url, headers, ..exchange.received.clone() };
            Exchange { received, ..exchange.clone() }
        };
        let log: &[Exchange] = &log.iter().map(marked).collect::<Vec<_>>();
        let predicted = predict_recorded(&case, &token, log);
        let reads: Vec<&str> = predicted.steps.iter().map(|step| step.read.word()).collect();
        assert_eq!(reads, ["allowed", "allowed"]);
        assert_eq!(predicted.sent, SentRequest::of_log(&case, &token, log));
    }
}
