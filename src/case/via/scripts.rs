//! Scripts and modules in a document.

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const SCRIPT: Row = Row {
    api: "<script>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::ScriptElement,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::FetchAClassicScript),
};

pub(super) const MODULE_SCRIPT: Row = Row {
    api: "<script type=module>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::ScriptElement,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::FetchAModuleScript),
};

pub(super) const IMPORT: Row = Row {
    api: "import()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Import,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Import),
};

pub(super) const IMPORT_MAP: Row = Row {
    api: "import() by an import map",
    needed: &[],
    allowed: &["integrity"],
    readings: &[],
    script: PageScript::Import,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Import),
};

pub(super) const IMPORT_JSON: Row = Row {
    api: "import() of JSON",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Import,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::ImportJson),
};
