//! Style sheets, and the images, fonts and sheets that they load.

use fetch_model::html::StyleResource;

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const STYLESHEET: Row = Row {
    api: "<link rel=stylesheet>",
    needed: &[],
    allowed: &["crossorigin", "integrity", "referrer-policy"],
    readings: &[],
    script: PageScript::Stylesheet,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::LinkTypeStylesheet),
};

pub(super) const FONT: Row = Row {
    api: "FontFace",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Font,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    // By CORS, but WebKit asks for fonts without it: that is a known difference of each case of theirs.
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Font)),
};

pub(super) const FONT_FACE: Row = Row {
    api: "@font-face",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Font,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    // As above.
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Font)),
};

pub(super) const CSS_IMAGE: Row = Row {
    api: "a CSS image",
    needed: &["css-property"],
    allowed: &[],
    readings: &[],
    script: PageScript::CssImage,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByProperty,
    model: Model::Element(Algorithm::FetchAnImageOfAProperty),
};

pub(super) const CSS_IMPORT: Row = Row {
    api: "@import",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::CssImport,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::FetchAStyleResource(StyleResource::Import)),
};
