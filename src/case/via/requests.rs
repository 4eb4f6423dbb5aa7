//! The APIs that exist to make requests: `fetch()`, XMLHttpRequest and others.

use fetch_model::Synchronous;

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const FETCH: Row = Row {
    api: "fetch()",
    needed: &[],
    allowed: &[
        "method",
        "mode",
        "credentials",
        "redirect",
        "cache",
        "referrer",
        "referrer-policy",
        "integrity",
        "keepalive",
        "headers",
        "body",
    ],
    readings: &[],
    script: PageScript::Fetch,
    callers: Callers::Anywhere,
    disclosure: Disclosure::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Fetch,
};

pub(super) const XHR: Row = Row {
    api: "XMLHttpRequest",
    needed: &[],
    allowed: &["method", "credentials", "headers", "body", "upload-listener"],
    readings: &[],
    script: PageScript::Xhr,
    callers: Callers::Anywhere,
    disclosure: Disclosure::Response,
    cors: Cors::Always,
    model: Model::XmlHttpRequest(Synchronous::Unset),
};

pub(super) const XHR_SYNC: Row = Row {
    api: "synchronous XMLHttpRequest",
    needed: &[],
    allowed: &["method", "credentials", "headers", "body"],
    readings: &[],
    script: PageScript::Xhr,
    callers: Callers::Anywhere,
    disclosure: Disclosure::Response,
    cors: Cors::Always,
    model: Model::XmlHttpRequest(Synchronous::Set),
};

pub(super) const EVENT_SOURCE: Row = Row {
    api: "EventSource",
    needed: &[],
    allowed: &["credentials"],
    readings: &[],
    script: PageScript::EventSource,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::EventSource),
};

pub(super) const BEACON: Row = Row {
    api: "sendBeacon()",
    needed: &[],
    allowed: &["body"],
    readings: &[],
    script: PageScript::Beacon,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::SendBeacon),
};

pub(super) const WEB_SOCKET: Row = Row {
    api: "WebSocket",
    needed: &[],
    allowed: &["body"],
    readings: &[],
    script: PageScript::WebSocket,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::EstablishAWebSocketConnection),
};

pub(super) const TIMING: Row = Row {
    api: "Resource Timing",
    needed: &[],
    allowed: &["mode", "credentials", "member"],
    readings: &[],
    script: PageScript::Timing,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByMode,
    model: Model::Timing,
};
