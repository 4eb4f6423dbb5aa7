//! Workers, and their scripts.

use fetch_model::mime_type::Destination;

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const WORKER: Way = Way {
    api: "Worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAClassicWorkerScript(Destination::Worker)),
};

pub(super) const MODULE_WORKER: Way = Way {
    api: "a module Worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAModuleWorkerScript),
};

pub(super) const SHARED_WORKER: Way = Way {
    api: "SharedWorker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Worker,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAClassicWorkerScript(Destination::SharedWorker)),
};

pub(super) const IMPORT_SCRIPTS: Way = Way {
    api: "importScripts()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::ImportScripts,
    asked_from: AskedFrom::Workers,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::ImportScripts),
};

pub(super) const SERVICE_WORKER: Way = Way {
    api: "a service worker",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::ServiceWorker,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Register),
};
