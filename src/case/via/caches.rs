//! The caches of scripts.

use fetch_model::html::CacheOperation;

use super::{AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const CACHE_ADD: Way = Way {
    api: "Cache.add()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    asked_from: AskedFrom::Documents,
    tells: Tells::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Add),
};

pub(super) const CACHE_ADD_ALL: Way = Way {
    api: "Cache.addAll()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    asked_from: AskedFrom::Documents,
    tells: Tells::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Add),
};

pub(super) const CACHE_PUT: Way = Way {
    api: "Cache.put()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    asked_from: AskedFrom::Documents,
    tells: Tells::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Put),
};
