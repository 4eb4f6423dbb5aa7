//! Links that fetch ahead, of which nobody can read.

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const PRELOAD: Way = Way {
    api: "<link rel=preload>",
    needed: &["as"],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::Preload),
};

pub(super) const MODULE_PRELOAD: Way = Way {
    api: "<link rel=modulepreload>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Modulepreload),
};

pub(super) const PREFETCH: Way = Way {
    api: "<link rel=prefetch>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::Prefetch),
};
