//! What there is to know of a way of asking.

use super::{Model, PageScript};
use crate::case::Reading;

/// A way of asking.
#[derive(Debug)]
pub(super) struct Way {
    /// How messages call it.
    pub(super) api: &'static str,
    /// What must be said of it besides its URL.
    pub(super) needed: &'static [&'static str],
    /// What may be said of it besides.
    pub(super) allowed: &'static [&'static str],
    /// How a script can try to read, where there are several ways; the usual one first.
    pub(super) readings: &'static [Reading],
    /// The page's script that asks so.
    pub(super) script: PageScript,
    /// Where cases ask so.
    pub(super) asked_from: AskedFrom,
    /// What a script learns of a response.
    pub(super) tells: Tells,
    /// Whether it asks by CORS.
    pub(super) cors: Cors,
    /// What of the standards it follows.
    pub(super) model: Model,
}

/// Where cases ask: what is asked from nowhere else needs its script nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AskedFrom {
    /// Documents and workers.
    Anywhere,
    /// Documents alone.
    Documents,
    /// Documents alone, among them those in other windows, which reach back.
    Windows,
    /// Workers alone.
    Workers,
}

/// What a script learns of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tells {
    /// All that a `Response` has.
    ResponseObject,
    /// What an `XMLHttpRequest` has: neither its type, nor whether it was redirected.
    Response,
    /// Nothing but what is in it.
    Content,
}

/// Whether a request is made by CORS, whatever becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cors {
    /// It is.
    Always,
    /// Where its mode says so, which it does unless a case says otherwise.
    ByMode,
    /// Where the element has `crossorigin`.
    ByAttribute,
    /// Where the property of the style sheet lets the image decide over more than its own pixels.
    ByProperty,
    /// It is not, or no rule of every engine says that it is.
    NotSurely,
}
