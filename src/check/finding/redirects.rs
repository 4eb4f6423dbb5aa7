//! Redirects that pages cannot follow, and redirects to servers that nobody declared.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// What a redirect costs a page of another origin.
const NOT_FOLLOWED: &str = "No preflight may be redirected, and a redirect without CORS headers of its own cannot be followed: the page gets a network error.";

pub(super) const UNDECLARED: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |targets| {
        format!(
            "The server redirects to {targets}, which the file does not declare; nothing was asked there."
        )
    },
    means: "A browser would go there with Origin: null, as after every redirect from one foreign origin to another; what comes of it depends on a server that was not checked.",
    change: "Answer here, or give pages the other server's URL to ask themselves. If it must be a redirect, that server has to answer Origin: null, which is anybody's: only with what everybody may read.",
    setting: None,
};

pub(super) const TO_ITSELF: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |redirects| format!("The server redirects to the very URL that was asked for: {redirects}."),
    means: "The application takes the request for one over http, because whoever ends TLS in front of it does not say otherwise or is not believed. Pages get a network error.",
    change: "Have the proxy send X-Forwarded-Proto: https, and the application believe it.",
    setting: Some(Setting::ForwardedProto),
};

pub(super) const BY_SLASH: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |redirects| {
        format!("The server redirects to the path with another number of slashes at its end: {redirects}.")
    },
    means: NOT_FOLLOWED,
    change: "Ask for, and declare here, the path with the slash as the server has it; or have the server answer both.",
    setting: Some(Setting::Slash),
};

pub(super) const TO_OTHER_SCHEME: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |redirects| format!("The server redirects to the other scheme: {redirects}."),
    means: NOT_FOLLOWED,
    change: "From http to https: have pages ask https, and declare that origin here. From https to http: the application takes the request for one over http; have the proxy send X-Forwarded-Proto: https, and the application believe it.",
    setting: Some(Setting::ForwardedProto),
};

pub(super) const TO_LOGIN: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Origins],
    found: |redirects| format!("The server redirects to a login: {redirects}."),
    means: "A script that asks cannot log anybody in: it gets a network error, or the login's HTML in place of the data.",
    change: "Answer requests of scripts with 401 and CORS headers, preflights before any login with 204, and name what the path needs to be answered.",
    setting: Some(Setting::Preflight),
};
