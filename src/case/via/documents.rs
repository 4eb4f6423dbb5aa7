//! What shows another document.

use fetch_model::mime_type::Destination;

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};

pub(super) const FORM: Way = Way {
    api: "<form>",
    needed: &[],
    // The policy is that of the document that the form is in.
    allowed: &["method", "enctype", "referrer-policy", "body"],
    readings: &[],
    script: PageScript::Form,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::SubmitAForm),
};

pub(super) const IFRAME: Way = Way {
    api: "<iframe>",
    needed: &[],
    allowed: &["referrer-policy"],
    readings: &[],
    script: PageScript::Frames,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Navigate(Destination::Iframe)),
};

pub(super) const WINDOW_OPEN: Way = Way {
    api: "window.open()",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::WindowOpen,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::Navigate(Destination::Document)),
};

pub(super) const OBJECT: Way = Way {
    api: "<object>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Embedded,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::NavigateAnEmbeddedDocument),
};

pub(super) const EMBED: Way = Way {
    api: "<embed>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Embedded,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::NavigateAnEmbeddedDocument),
};
