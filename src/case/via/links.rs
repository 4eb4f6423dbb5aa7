//! `<link>` elements that fetch in advance; no script can read the response.

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const PRELOAD: Row = Row {
    api: "<link rel=preload>",
    needed: &["as"],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::Preload),
};

pub(super) const MODULE_PRELOAD: Row = Row {
    api: "<link rel=modulepreload>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Modulepreload),
};

pub(super) const PREFETCH: Row = Row {
    api: "<link rel=prefetch>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Link,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::Prefetch),
};
