//! Accesses to another window or to storage, which make no request.

use super::{AccessKind, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const WINDOW: Row = Row {
    api: "another window",
    needed: &["object", "operation"],
    allowed: &["url", "property", "reached", "sandbox", "document-domain"],
    readings: &[],
    script: PageScript::WindowAccess,
    callers: Callers::Windows,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Window),
};

pub(super) const MESSAGE: Row = Row {
    api: "postMessage()",
    needed: &["target-origin"],
    allowed: &["url", "reached", "sandbox"],
    readings: &[],
    script: PageScript::Message,
    callers: Callers::Windows,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Message),
};

pub(super) const STORAGE: Row = Row {
    api: "storage",
    needed: &["object", "operation", "property"],
    allowed: &["body"],
    readings: &[],
    script: PageScript::Storage,
    callers: Callers::Anywhere,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Storage),
};
