//! The row of facts about one API or element that makes requests.

use super::{Model, PageScript};
use crate::case::Reading;

/// All that the program knows of one API or element that makes a request: a row of the `via` table.
#[derive(Debug)]
pub(super) struct Row {
    /// The API or element as messages name it.
    pub(super) api: &'static str,
    /// The keys that a case must set besides the URL.
    pub(super) needed: &'static [&'static str],
    /// The keys that a case may set besides those.
    pub(super) allowed: &'static [&'static str],
    /// How a script can try to read, where there are several ways; the usual one first.
    pub(super) readings: &'static [Reading],
    /// The page's script that calls the API.
    pub(super) script: PageScript,
    /// The kinds of environment in which cases use this API.
    pub(super) callers: Callers,
    /// What a script learns of a response.
    pub(super) disclosure: Disclosure,
    /// Whether the API makes a CORS request.
    pub(super) cors: Cors,
    /// The algorithm of the standards that the model executes for the API.
    pub(super) model: Model,
}

/// The environments from which cases use an API; its script is loaded in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callers {
    Anywhere,
    Documents,
    /// Documents alone, among them those in other windows, which reach back.
    Windows,
    Workers,
}

/// What a script learns of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disclosure {
    /// Everything that a `Response` object has.
    ResponseObject,
    /// What an `XMLHttpRequest` has: neither its type, nor whether it was redirected.
    Response,
    /// Only what the resource itself contains.
    Content,
}

/// Whether a request is made by CORS, whatever becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cors {
    /// Always.
    Always,
    /// Where its mode says so, which it does unless a case says otherwise.
    ByMode,
    /// Where the element has a `crossorigin` attribute.
    ByAttribute,
    /// Where the property of the style sheet lets the image decide over more than its own pixels.
    ByProperty,
    /// Never, or not in every engine.
    NotSurely,
}
