//! Caches: of answers, which must know for whom each is, and of preflights, which must know how long each holds.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// How a server tells caches that the answer depends on the origin.
const SEND_VARY: &str =
    "Send Vary: Origin on every answer of this path, also where no origin is granted or none is sent.";

pub(super) const CACHED_FOR_ANOTHER_ORIGIN: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Vary],
    found: |caches| format!("An answer without Vary: Origin came from {caches}, and could not be read."),
    means: "Whoever comes second gets the answer made for the first, and the page fails until the cache forgets.",
    change: SEND_VARY,
    setting: Some(Setting::Vary),
};

pub(super) const VARY_MISSING: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Vary],
    found: |pages| {
        format!("Who may read depends on the Origin, and the answer to {pages} has no Vary: Origin.")
    },
    means: "No cache has mixed up origins here; one that keeps this answer will lock out everybody but the first.",
    change: SEND_VARY,
    setting: Some(Setting::Vary),
};

pub(super) const MAX_AGE_MISSING: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::MaxAge],
    found: |values| match values.are_blank() {
        true => "The preflight's answer has no Access-Control-Max-Age.".to_owned(),
        false => format!("Access-Control-Max-Age is no number of seconds: {values}."),
    },
    means: "Browsers ask again after five seconds: each request costs two round trips.",
    change: "Send Access-Control-Max-Age with the preflight's answer; 600 is kept by every engine.",
    setting: Some(Setting::MaxAge),
};

pub(super) const MAX_AGE_ABOVE_CAP: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::MaxAge],
    found: |values| format!("Access-Control-Max-Age is {values} (documented, not observed here)."),
    means: "Nothing breaks: the engines named keep it no longer than their own limit.",
    change: "Nothing has to be changed; 600 is what every engine keeps (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age).",
    setting: None,
};

pub(super) const MAX_AGE_DIFFERS: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::MaxAge],
    found: |values| format!("Access-Control-Max-Age is {values}."),
    means: "Browsers ask more or less often than declared.",
    change: "Make the server and max_age in the file say the same.",
    setting: Some(Setting::MaxAge),
};
