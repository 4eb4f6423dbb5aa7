//! The methods of `Cache` that fetch or store.

use fetch_model::html::CacheOperation;

use super::{Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const CACHE_ADD: Row = Row {
    api: "Cache.add()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    callers: Callers::Documents,
    disclosure: Disclosure::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Add),
};

pub(super) const CACHE_ADD_ALL: Row = Row {
    api: "Cache.addAll()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    callers: Callers::Documents,
    disclosure: Disclosure::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Add),
};

pub(super) const CACHE_PUT: Row = Row {
    api: "Cache.put()",
    needed: &[],
    allowed: &["method", "mode", "credentials", "redirect", "headers"],
    readings: &[],
    script: PageScript::Cache,
    callers: Callers::Documents,
    disclosure: Disclosure::ResponseObject,
    cors: Cors::ByMode,
    model: Model::Cache(CacheOperation::Put),
};
