//! Declared origins whose pages do not get what the policy promises.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// What a page observes when it cannot read an answer.
const NETWORK_ERROR: &str =
    "Users of that page see it fail: its script gets a network error instead of the answer.";

pub(super) const ORIGIN_LOCKED_OUT: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |origins| format!("Declared, and cannot read: {origins}."),
    means: NETWORK_ERROR,
    change: "Answer this origin with Access-Control-Allow-Origin set to it, exactly as the browser sends it: no path, no trailing slash, no default port.",
    setting: Some(Setting::Origins),
};

pub(super) const DUPLICATE_ALLOW_ORIGIN: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |origins| format!("Access-Control-Allow-Origin has several values; {origins} cannot read."),
    means: NETWORK_ERROR,
    change: "Set the header in one place: often a proxy and the application each add one.",
    setting: None,
};

pub(super) const HEADER_UNEXPOSED: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::ExposeHeaders],
    found: |headers| format!("Access-Control-Expose-Headers does not name {headers}."),
    means: "A script reads null where it looks for that header.",
    change: "Name the header in Access-Control-Expose-Headers of the answer itself, not of the preflight's, each by its name: * covers nothing where pages ask with credentials.",
    setting: Some(Setting::ExposedHeaders),
};

pub(super) const ERRORS_UNREADABLE: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |answers| format!("No Access-Control-Allow-Origin on an error: {answers}."),
    means: "A script cannot tell this error from a broken network: it sees neither status nor message.",
    change: "Set the CORS headers before anything can fail, so that errors carry them as well.",
    setting: Some(Setting::Errors),
};

pub(super) const NOT_SERVED: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Methods],
    found: |answers| {
        format!("Declared, and answered {answers}: is the path right, and is it there in this set-up?")
    },
    means: "What is said of the headers is about the answer that stands for a missing page.",
    change: "Name a path and methods that the server has, with the data that it needs in a test.",
    setting: None,
};

/// Fails each point: whatever else was seen was seen of errors.
pub(super) const NOTHING_PROVEN: Row = Row {
    severity: Severity::Broken,
    fails: Point::ALL,
    found: |answers| format!("Nothing is proven: {answers}."),
    means: "What errors say of CORS is not what answers say: a server that lets everybody in once it has what it needs passes as well.",
    change: "Name a path that is there, and give what its requests need: data to find, a login, a body.",
    setting: None,
};

pub(super) const FAILS_WITHOUT_ORIGIN: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |answers| format!("Without an Origin the same request fails: {answers}."),
    means: "Browsers send no Origin with a GET of the server's own pages, and neither do health checks, curl and other servers.",
    change: "Let requests without an Origin pass: CORS is no matter of theirs. A function that decides over origins is called for them as well, with nothing.",
    setting: Some(Setting::NoOrigin),
};

pub(super) const READ_BLOCKED: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Consistency],
    found: |reads| format!("A declared page could not read: {reads}."),
    means: "Users of that page see it fail, sometimes or in some browser: its script gets a network error instead of the answer.",
    change: "Look at the answer below: each answer that a declared page may get, a 304 and one from a cache among them, needs its own Access-Control-Allow-Origin.",
    setting: None,
};
