//! Workers, and their scripts.

use fetch_model::mime_type::Destination;

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const WORKER: Row = Row {
    api: "Worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAClassicWorkerScript(Destination::Worker)),
};

pub(super) const MODULE_WORKER: Row = Row {
    api: "a module Worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAModuleWorkerScript),
};

pub(super) const SHARED_WORKER: Row = Row {
    api: "SharedWorker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAClassicWorkerScript(Destination::SharedWorker)),
};

pub(super) const IMPORT_SCRIPTS: Row = Row {
    api: "importScripts()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::ImportScripts,
    callers: Callers::Workers,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::ImportScripts),
};

pub(super) const SERVICE_WORKER: Row = Row {
    api: "a service worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::ServiceWorker,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Register),
};
