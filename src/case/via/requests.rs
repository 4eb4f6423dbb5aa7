//! The APIs whose business is a request.

use fetch_model::Synchronous;

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const FETCH: Way = Way {
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
    asked_from: AskedFrom::Anywhere,
    tells: Tells::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Fetch,
};

pub(super) const XHR: Way = Way {
    api: "XMLHttpRequest",
    needed: &[],
    allowed: &["method", "credentials", "headers", "body", "upload-listener"],
    readings: &[],
    script: PageScript::Xhr,
    asked_from: AskedFrom::Anywhere,
    tells: Tells::Response,
    cors: Cors::Always,
    model: Model::XmlHttpRequest(Synchronous::Unset),
};

pub(super) const XHR_SYNC: Way = Way {
    api: "synchronous XMLHttpRequest",
    needed: &[],
    allowed: &["method", "credentials", "headers", "body"],
    readings: &[],
    script: PageScript::Xhr,
    asked_from: AskedFrom::Anywhere,
    tells: Tells::Response,
    cors: Cors::Always,
    model: Model::XmlHttpRequest(Synchronous::Set),
};

pub(super) const EVENT_SOURCE: Way = Way {
    api: "EventSource",
    needed: &[],
    allowed: &["credentials"],
    readings: &[],
    script: PageScript::EventSource,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::EventSource),
};

pub(super) const BEACON: Way = Way {
    api: "sendBeacon()",
    needed: &[],
    allowed: &["body"],
    readings: &[],
    script: PageScript::Beacon,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::SendBeacon),
};

pub(super) const WEB_SOCKET: Way = Way {
    api: "WebSocket",
    needed: &[],
    allowed: &["body"],
    readings: &[],
    script: PageScript::WebSocket,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::EstablishAWebSocketConnection),
};

pub(super) const TIMING: Way = Way {
    api: "Resource Timing",
    needed: &[],
    allowed: &["mode", "credentials", "member"],
    readings: &[],
    script: PageScript::Timing,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByMode,
    model: Model::Timing,
};
