//! What reaches for another window or for storage, and asks no server.

use super::{AccessKind, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const WINDOW: Way = Way {
    api: "another window",
    needed: &["object", "operation"],
    allowed: &["url", "property", "reached", "sandbox", "document-domain"],
    readings: &[],
    script: PageScript::WindowAccess,
    asked_from: AskedFrom::Windows,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Window),
};

pub(super) const MESSAGE: Way = Way {
    api: "postMessage()",
    needed: &["target-origin"],
    allowed: &["url", "reached", "sandbox"],
    readings: &[],
    script: PageScript::Message,
    asked_from: AskedFrom::Windows,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Message),
};

pub(super) const STORAGE: Way = Way {
    api: "storage",
    needed: &["object", "operation", "property"],
    allowed: &["body"],
    readings: &[],
    script: PageScript::Storage,
    asked_from: AskedFrom::Anywhere,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Access(AccessKind::Storage),
};
