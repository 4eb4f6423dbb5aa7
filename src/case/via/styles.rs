//! Style sheets, and what they name.

use fetch_model::html::StyleResource;

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const STYLESHEET: Way = Way {
    api: "<link rel=stylesheet>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::Stylesheet,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::LinkTypeStylesheet),
};

pub(super) const FONT: Way = Way {
    api: "FontFace",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Font,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    // By CORS, but WebKit asks for fonts without it: that is a known difference of each case of theirs.
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Font)),
};

pub(super) const FONT_FACE: Way = Way {
    api: "@font-face",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Font,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    // As above.
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Font)),
};

pub(super) const CSS_IMAGE: Way = Way {
    api: "a CSS image",
    needed: &["css-property"],
    allowed: &[],
    readings: &[],
    script: PageScript::CssImage,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByProperty,
    model: Model::Element(Algorithm::FetchAnImageOfAProperty),
};

pub(super) const CSS_IMPORT: Way = Way {
    api: "@import",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::CssImport,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Import)),
};
