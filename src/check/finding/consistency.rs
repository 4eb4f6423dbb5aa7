//! Different answers to the same request: at another time, in another engine, over another protocol.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

pub(super) const UNSTABLE: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |answers| format!("The same requests were answered differently: {answers}."),
    means: "The page works, fails and works again, and nobody can say why.",
    change: "Let the Origin alone decide. What remembers: a JavaScript regular expression with the flag g, a cache in front, one of several servers with other settings, a handler that sometimes fails before CORS has its turn.",
    setting: Some(Setting::Origins),
};

pub(super) const ENGINES_DISAGREE: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |outcomes| format!("Browsers do not do what the standard says: {outcomes}."),
    means: "The page behaves differently in another browser.",
    change: "Look at the case: answer in a way that every engine understands alike.",
    setting: None,
};

pub(super) const WORKS_BY_LENIENCE: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Headers],
    found: |reads| format!("It works today, and the standard refuses it: {reads}."),
    means: "Every browser that was asked is more lenient than the standard; one that is not will refuse the request.",
    change: "Name what you rely on: * in Access-Control-Allow-Headers covers neither Authorization nor, with credentials, anything but a header of that name.",
    setting: Some(Setting::RequestHeaders),
};

pub(super) const PROTOCOLS_DISAGREE: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |outcomes| format!("Who may read depends on the protocol: {outcomes}."),
    means: "The page works or fails by the proxy that happens to be in between.",
    change: "Set the CORS headers where both protocols pass.",
    setting: None,
};
