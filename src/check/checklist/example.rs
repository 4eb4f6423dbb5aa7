//! One case that a point rests on, as it went: the request and the answer, with the headers that the point is about.

use corsproof_fixture::{Exchange, Message};
use fetch_model::CredentialsMode;

use super::point::Point;
use crate::{
    check::{
        cases::{Probe, Question},
        examination::PolicyResults,
        strangers::Disguise,
    },
    evidence::{header, message},
    run::CaseResult,
};

/// The exchange of a case that best shows how the server stands on `point`, as text.
pub(super) fn example(point: Point, results: &PolicyResults<'_>) -> Option<String> {
    let (is_example, of_request, of_answer) = what_shows(point)?;
    results.of(is_example).find_map(|(probe, result)| {
        let (exchange, message) = result.log.iter().rev().find_map(|exchange| {
            let asks_first = exchange.received.is_preflight();
            (asks_first == is_of_preflight(point)).then_some((exchange, message(exchange)?))
        })?;
        Some(line(probe, result, exchange, message, of_request, of_answer))
    })
}

type IsExample = fn(&Question) -> bool;

/// Cases, and the names of the headers that matter in the request and the answer.
fn what_shows(point: Point) -> Option<(IsExample, &'static [&'static str], &'static [&'static str])> {
    const ORIGIN: &str = "Origin";
    const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
    let reader: IsExample = Question::is_reader;
    let unrelated: IsExample = |question| *question == Question::Stranger(Disguise::Unrelated);
    Some(match point {
        Point::Origins => (reader, &[ORIGIN], &[ALLOW_ORIGIN]),
        Point::Reflection => (unrelated, &[ORIGIN], &[ALLOW_ORIGIN]),
        Point::Preflight => (reader, &[ORIGIN, "Access-Control-Request-Method"], &[ALLOW_ORIGIN]),
        Point::Credentials => {
            let credentialed: IsExample =
                |question| matches!(question, Question::Reader { credentials: CredentialsMode::Include, .. });
            (credentialed, &[ORIGIN], &[ALLOW_ORIGIN, "Access-Control-Allow-Credentials"])
        }
        Point::Vary => (reader, &[ORIGIN], &[ALLOW_ORIGIN, "Vary"]),
        Point::Methods => {
            let by_method: IsExample = Question::is_plain_reader;
            (by_method, &["Access-Control-Request-Method"], &["Access-Control-Allow-Methods"])
        }
        Point::Headers => {
            let with_header: IsExample = Question::is_reader_with_headers;
            (with_header, &["Access-Control-Request-Headers"], &["Access-Control-Allow-Headers"])
        }
        Point::MaxAge => {
            (|question| *question == Question::PreflightKept, &[ORIGIN], &["Access-Control-Max-Age"])
        }
        Point::ExposeHeaders => (reader, &[ORIGIN], &["Access-Control-Expose-Headers"]),
        // It rests on all cases alike.
        Point::Consistency => return None,
    })
}

fn is_of_preflight(point: Point) -> bool {
    matches!(point, Point::Preflight | Point::Methods | Point::Headers | Point::MaxAge)
}

/// `for example GET /data, Origin: https://app.example → 200, Vary: Origin (reader[https://app.example GET] in chromium)`
fn line(
    probe: &Probe,
    result: &CaseResult,
    exchange: &Exchange,
    answer: &Message,
    of_request: &[&str],
    of_answer: &[&str],
) -> String {
    let received = &exchange.received;
    let fields_of_request: Vec<String> =
        of_request.iter().filter_map(|name| Some(format!(", {name}: {}", received.header(name)?))).collect();
    let fields_of_answer: Vec<String> = of_answer
        .iter()
        .map(|name| match header(answer, name) {
            Some(value) => format!(", {name}: {value}"),
            None => format!(", no {name}"),
        })
        .collect();
    format!(
        "for example {} {}{} → {}{} ({} in {})",
        received.method,
        received.url.path(),
        fields_of_request.concat(),
        answer.status,
        fields_of_answer.concat(),
        probe.name,
        result.engine
    )
}
