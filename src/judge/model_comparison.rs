//! The comparison of an observation with the model's prediction, field by field.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    author_comparison::list,
    verdict::{Difference, Voice},
    wording::is_told_by,
};
use crate::observation::{GivenReason, Observation, Read, SeenResponse, SentRequest, StepOutcome};

/// The differences between prediction and observation, over all steps and all requests.
pub(super) fn differences(predicted: &Observation, observed: &Observation) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (index, (predicted_step, outcome)) in predicted.steps.iter().zip(&observed.steps).enumerate() {
        differences.extend(of_step(&super::field(predicted, index), predicted_step, outcome));
    }
    differences.extend(of_sent(&predicted.sent, &observed.sent));
    differences
}

/// The differences between the predicted and the observed outcome of one step.
pub(super) fn of_step(prefix: &str, predicted: &StepOutcome, observed: &StepOutcome) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut compare = |field: &str, expected: &str, found: &str| {
        if expected != found {
            differences.push(difference(&format!("{prefix}{field}"), expected, found));
        }
    };
    compare("read", predicted.read.word(), observed.read.word());
    // Where the reads differ already, this would say the same again of a fetch.
    if predicted.read.word() == observed.read.word() {
        compare("loaded", predicted.loaded.word(), observed.loaded.word());
    }
    if let (Some(GivenReason::Given(expected)), Some(GivenReason::Given(found))) =
        (predicted.reason, observed.reason)
        && !is_told_by(expected, found)
    {
        compare("reason", expected.word(), found.word());
    }
    match (&predicted.read, &observed.read) {
        (Read::Allowed(expected), Read::Allowed(found)) | (Read::Opaque(expected), Read::Opaque(found)) => {
            of_response(&mut compare, expected, found);
        }
        _ => {}
    }
    differences
}

fn of_response(compare: &mut impl FnMut(&str, &str, &str), expected: &SeenResponse, found: &SeenResponse) {
    compare("status", &expected.status.to_string(), &found.status.to_string());
    if let (Some(expected), Some(found)) = (expected.response_type, found.response_type) {
        compare("type", expected.word(), found.word());
    }
    if let (Some(expected), Some(found)) = (expected.redirected, found.redirected) {
        compare("redirected", &expected.to_string(), &found.to_string());
    }
    compare("url", &expected.url, &found.url);
    compare("body", &expected.body, &found.body);
    for (name, expected, found) in in_either(&expected.headers, &found.headers) {
        compare(
            &format!("headers.{name}"),
            expected.unwrap_or("(not readable)"),
            found.unwrap_or("(not readable)"),
        );
    }
}

/// The differences between the predicted requests and those that reached a server.
pub(super) fn of_sent(predicted: &[SentRequest], observed: &[SentRequest]) -> Vec<Difference> {
    let methods =
        |sent: &[SentRequest]| sent.iter().map(|request| request.method.clone()).collect::<Vec<_>>();
    let (expected, found) = (methods(predicted), methods(observed));
    if expected != found {
        let text = |methods: &[String]| list(&methods.iter().map(String::as_str).collect::<Vec<_>>());
        return vec![difference("sent", &text(&expected), &text(&found))];
    }
    let mut differences = Vec::new();
    for (index, (predicted, observed)) in predicted.iter().zip(observed).enumerate() {
        let mut compare = |field: &str, expected: &str, found: &str| {
            if expected != found {
                differences.push(difference(&format!("sent[{index}].{field}"), expected, found));
            }
        };
        compare("url", &predicted.url, &observed.url);
        compare("body", &predicted.body, &observed.body);
        for (name, expected, found) in in_either(&predicted.headers, &observed.headers) {
            compare(&format!("headers.{name}"), expected.unwrap_or("(absent)"), found.unwrap_or("(absent)"));
        }
    }
    differences
}

/// Each name in either map, with both values.
fn in_either<'a>(
    a: &'a BTreeMap<String, String>,
    b: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (&'a str, Option<&'a str>, Option<&'a str>)> {
    let names: BTreeSet<&str> = a.keys().chain(b.keys()).map(String::as_str).collect();
    names.into_iter().map(|name| (name, a.get(name).map(String::as_str), b.get(name).map(String::as_str)))
}

fn difference(field: &str, expected: &str, found: &str) -> Difference {
    Difference {
        field: field.to_owned(),
        expected: expected.to_owned(),
        by: Voice::Model,
        found: found.to_owned(),
        with: Voice::Browser,
    }
}
