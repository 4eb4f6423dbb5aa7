//! Elements and APIs that load another document.

use fetch_model::mime_type::Destination;

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};

pub(super) const FORM: Row = Row {
    api: "<form>",
    needed: &[],
    // The policy is that of the document that the form is in.
    allowed: &["method", "enctype", "referrer-policy", "body"],
    readings: &[],
    script: PageScript::Form,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::SubmitAForm),
};

pub(super) const IFRAME: Row = Row {
    api: "<iframe>",
    needed: &[],
    allowed: &["referrer-policy"],
    readings: &[],
    script: PageScript::Frames,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Navigate(Destination::Iframe)),
};

pub(super) const WINDOW_OPEN: Row = Row {
    api: "window.open()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::WindowOpen,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Navigate(Destination::Document)),
};

pub(super) const OBJECT: Row = Row {
    api: "<object>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Embedded,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::NavigateAnEmbeddedDocument),
};

pub(super) const EMBED: Row = Row {
    api: "<embed>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Embedded,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::NavigateAnEmbeddedDocument),
};
