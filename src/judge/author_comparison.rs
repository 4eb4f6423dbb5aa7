//! The comparison of an outcome with the author's expectation; fields that the author left out are not compared.

use std::fmt::Display;

use super::verdict::{Difference, Voice};
use crate::{
    case::{Expectation, ExpectedRequest, Loaded},
    observation::{GivenReason, Read, SeenResponse, SentRequest, StepOutcome},
};

/// The differences between the author's expectation of a step and its outcome.
pub(super) fn of_step(prefix: &str, expect: &Expectation, outcome: &StepOutcome) -> Vec<Difference> {
    let mut found = Findings { prefix, differences: Vec::new() };
    found.compare_if("loaded", expect.loaded.map(Loaded::word), outcome.loaded.word());
    found.compare("read", expect.read.word(), outcome.read.word());
    if let (Some(expected), Some(GivenReason::Given(given))) = (expect.reason, outcome.reason)
        && !super::wording::is_same(expected, given)
    {
        found.compare("reason", expected.word(), given.word());
    }
    if let Read::Allowed(response) | Read::Opaque(response) = &outcome.read {
        of_response(&mut found, expect, response);
    }
    found.differences
}

fn of_response(found: &mut Findings<'_>, expect: &Expectation, response: &SeenResponse) {
    found.compare_if("status", expect.status, response.status);
    if let (Some(expected), Some(given)) = (expect.response_type, response.response_type) {
        found.compare("type", expected.word(), given.word());
    }
    found.compare_if("body", expect.body.as_deref(), response.body.as_str());
    found.compare_if("url", expect.url.as_deref(), response.url.as_str());
    if let Some(given) = response.redirected {
        found.compare_if("redirected", expect.redirected, given);
    }
    for (name, expected) in &expect.headers {
        let given = response.headers.get(name).map_or("(not readable)", String::as_str);
        found.compare(&format!("headers.{name}"), expected.as_str(), given);
    }
    for name in &expect.hidden {
        if let Some(value) = response.headers.get(name) {
            found.compare(&format!("headers.{name}"), "(not readable)", value.as_str());
        }
    }
}

/// The differences between the author's list of requests and those that reached a server.
pub(super) fn of_sent(expected: &[ExpectedRequest], sent: &[SentRequest]) -> Vec<Difference> {
    let mut found = Findings { prefix: "", differences: Vec::new() };
    if expected.len() != sent.len()
        || expected.iter().zip(sent).any(|(expected, sent)| expected.method != sent.method)
    {
        let expected: Vec<&str> = expected.iter().map(|request| request.method.as_str()).collect();
        let sent: Vec<&str> = sent.iter().map(|request| request.method.as_str()).collect();
        found.compare("sent", list(&expected).as_str(), list(&sent).as_str());
        return found.differences;
    }
    for (index, (expected, sent)) in expected.iter().zip(sent).enumerate() {
        let prefix = format!("sent[{index}].");
        let mut found_here = Findings { prefix: &prefix, differences: Vec::new() };
        found_here.compare_if("url", expected.url.as_deref(), sent.url.as_str());
        for (name, value) in &expected.headers {
            let given = sent.headers.get(name).map_or("(absent)", String::as_str);
            found_here.compare(&format!("headers.{name}"), value.as_str(), given);
        }
        for name in &expected.without {
            if let Some(value) = sent.headers.get(name) {
                found_here.compare(&format!("headers.{name}"), "(absent)", value.as_str());
            }
        }
        found.differences.extend(found_here.differences);
    }
    found.differences
}

/// Methods as a list, or in words if there is none.
pub(super) fn list(methods: &[&str]) -> String {
    if methods.is_empty() { "nothing".to_owned() } else { methods.join(", ") }
}

/// Collects differences of the fields below one prefix.
struct Findings<'a> {
    prefix: &'a str,
    differences: Vec<Difference>,
}

impl Findings<'_> {
    fn compare<T: PartialEq + Display + Copy>(&mut self, field: &str, expected: T, found: T) {
        if expected != found {
            self.differences.push(Difference {
                field: format!("{}{field}", self.prefix),
                expected: expected.to_string(),
                by: Voice::Author,
                found: found.to_string(),
                with: Voice::Browser,
            });
        }
    }

    fn compare_if<T: PartialEq + Display + Copy>(&mut self, field: &str, expected: Option<T>, found: T) {
        if let Some(expected) = expected {
            self.compare(field, expected, found);
        }
    }
}
