//! Origins that are not declared and can read, or can change or learn something without reading.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// The consequence of granting every origin.
const ANY_WEBSITE: &str = "Any website that a user visits can read these answers.";

/// What to send instead of `Access-Control-Allow-Origin: *`.
const ONE_ORIGIN: &str =
    "Send the one origin that asks, if it is on a list, and Vary: Origin; * is for what everybody may know.";

/// Fails the list of origins as well, for there is none.
pub(super) const REFLECTS_ANY_ORIGIN: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Reflection, Point::Origins],
    found: |origins| format!("The Origin is sent back, whoever asks: {origins}."),
    means: ANY_WEBSITE,
    change: "Compare the Origin with a list, and send it back only if it is on it.",
    setting: Some(Setting::Origins),
};

pub(super) const WILDCARD_WITH_PRIVATE_DATA: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: |_| "Access-Control-Allow-Origin is *, and the answer is somebody's own data.".to_owned(),
    means: "Any website that a user visits can read these answers, as far as they need no cookie.",
    change: ONE_ORIGIN,
    setting: Some(Setting::Origins),
};

pub(super) const WILDCARD_INSTEAD_OF_LIST: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: |_| "Access-Control-Allow-Origin is *, and the file declares a list of origins.".to_owned(),
    means: ANY_WEBSITE,
    change: ONE_ORIGIN,
    setting: Some(Setting::Origins),
};

pub(super) const MAY_SEND: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: |requests| format!("A stranger's preflight is granted, with credentials: {requests}."),
    means: "Any website has a user's browser send this request with the user's cookies; only its answer is kept from reading.",
    change: "Decide by the Origin in the answer to the preflight too: grant it only to an origin on the list.",
    setting: Some(Setting::Origins),
};

pub(super) const STATE_CHANGED_UNREAD: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Methods],
    found: |answers| format!("A stranger's request was carried out: {answers}."),
    means: "CORS is no authorisation: any website can have a user's browser send this, and only reading is blocked.",
    change: "Do not rely on CORS: ask for a CSRF token, check Origin or Sec-Fetch-Site, and set cookies SameSite.",
    setting: None,
};

pub(super) const ALLOW_ORIGIN_ON_DENY: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Origins],
    found: |origins| format!("A stranger is told that {origins} may read."),
    means: "Nobody is let in; a stranger learns a name.",
    change: "Send Access-Control-Allow-Origin only to an origin that is granted.",
    setting: None,
};
