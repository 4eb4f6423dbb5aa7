//! Origins that are not declared, and are taken for one that is.

use super::row::{Row, Severity, Subjects};
use crate::check::{checklist::Point, framework::Setting};

fn not_declared(origins: &Subjects) -> String {
    format!("Not declared, and let in: {origins}.")
}

/// A part of the origin is compared, or a pattern matches more than was meant: by its prefix, its suffix, a part in
/// between, a dot that stands for any character, a special character.
pub(super) const LOOSE_PATTERN: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "An attacker registers such a name, and a user who visits it gives these answers away.",
    change: "Compare the whole origin with ===; if it must be a pattern, anchor it at both ends and escape the dots.",
    setting: Some(Setting::Origins),
};

pub(super) const NULL: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Any website can put a script into a sandboxed frame, whose origin is null, and read these answers.",
    change: "Take null off the list: it is nobody's own origin.",
    setting: Some(Setting::Origins),
};

pub(super) const SUBDOMAIN: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Whoever gets hold of any sub-domain (an old one, a user's own, one with a script injected) reads these answers.",
    change: "List the sub-domains that need it; if all do, declare them.",
    setting: Some(Setting::Origins),
};

pub(super) const OTHER_SCHEME: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Whoever sits between a user and the network can answer for the http page, and reads what https protects.",
    change: "Compare the scheme as well: https://, and nothing else.",
    setting: Some(Setting::Origins),
};

pub(super) const OTHER_PORT: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Another program on the same host, perhaps somebody else's, reads these answers.",
    change: "Compare the port as well: it is part of the origin.",
    setting: Some(Setting::Origins),
};

pub(super) const SHARED_HOST: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Anybody gets a name at that service for nothing, and reads these answers from it.",
    change: "Name your own pages there one by one, or by a pattern with a part that only you can have.",
    setting: Some(Setting::Origins),
};

pub(super) const LOCALHOST: Row = Row {
    severity: Severity::Unsafe,
    fails: &[Point::Origins],
    found: not_declared,
    means: "Any program that serves a page on the user's machine or in his network reads these answers, in production too.",
    change: "Allow localhost and addresses of a local network in development only.",
    setting: Some(Setting::Origins),
};
