//! Scripts and modules in a document.

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const SCRIPT: Way = Way {
    api: "<script>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::ScriptElement,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::FetchAClassicScript),
};

pub(super) const MODULE_SCRIPT: Way = Way {
    api: "<script type=module>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::ScriptElement,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::FetchAModuleScript),
};

pub(super) const IMPORT: Way = Way {
    api: "import()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Import,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Import),
};

pub(super) const IMPORT_MAP: Way = Way {
    api: "import() by an import map",
    needed: &[],
    allowed: &["integrity"],
    readings: &[],
    script: PageScript::Import,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::Import),
};

pub(super) const IMPORT_JSON: Way = Way {
    api: "import() of JSON",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Import,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::Always,
    model: Model::Element(Algorithm::ImportJson),
};
