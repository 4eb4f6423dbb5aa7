//! Requests with credentials, and Access-Control-Allow-Credentials.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

pub(super) const LOCKED_OUT: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Credentials],
    found: |origins| format!("With credentials these cannot read, without them they can: {origins}."),
    means: "Users who are logged in see the page fail.",
    change: "Send Access-Control-Allow-Credentials: true, and the origin itself instead of *, on both answers.",
    setting: Some(Setting::Credentials),
};

pub(super) const NOT_EXACTLY_TRUE: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Credentials],
    found: |values| {
        format!("Access-Control-Allow-Credentials is {values}; only true, in lower case, counts.")
    },
    means: "Browsers treat it as if it were not there.",
    change: "Write true, in lower case, or leave the header out.",
    setting: Some(Setting::Credentials),
};

pub(super) const WILDCARD_IGNORED: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Credentials],
    found: |_| "Access-Control-Allow-Origin: * stands beside Access-Control-Allow-Credentials.".to_owned(),
    means: "No engine honours the pair: requests with credentials fail, all others ignore it.",
    change: "Take Access-Control-Allow-Credentials away, or send the one origin instead of *.",
    setting: Some(Setting::Credentials),
};
