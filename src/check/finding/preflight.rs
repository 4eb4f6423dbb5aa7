//! OPTIONS requests, by which preflights are made.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// What a page observes when its preflight is refused.
const NEVER_SENT: &str = "The browser asks first and is refused, so the real request is never sent.";

pub(super) const REJECTED: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Preflight],
    found: |answers| {
        format!("The preflight was answered {answers}; it needs an ok status such as 204, without a login.")
    },
    means: NEVER_SENT,
    change: "Answer OPTIONS with Access-Control-Request-Method before any login, redirect or error, with 204 and the Access-Control-Allow-* headers.",
    setting: Some(Setting::Preflight),
};

pub(super) const OPTIONS_NOT_HANDLED: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Preflight],
    found: |answers| format!("Nothing handles the preflight: OPTIONS was answered {answers}."),
    means: NEVER_SENT,
    change: "Handle OPTIONS on this path: answer 204 with Access-Control-Allow-Origin, -Methods and -Headers.",
    setting: Some(Setting::Preflight),
};

pub(super) const SWALLOWS_OPTIONS: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Preflight],
    found: |statuses| format!("A plain OPTIONS, which is no preflight, was answered as one ({statuses})."),
    means: "Whoever asks for the resource's own OPTIONS never reaches it.",
    change: "Treat OPTIONS as a preflight only if it has Access-Control-Request-Method, and let all others pass.",
    setting: Some(Setting::PlainOptions),
};
