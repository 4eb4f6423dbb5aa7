//! What goes into an element, and what comes of it.

use crate::{Client, CrossOrigin, Origin, Reason, ReferrerPolicy};

/// An element's attributes, and where it stands.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its URL.
    pub url: String,
    /// Its attribute `crossorigin`.
    pub crossorigin: CrossOrigin,
    /// Its attribute `integrity`.
    pub integrity: Option<String>,
    /// Its attribute `referrerpolicy`, or where it has none its document's policy, if that is not the default.
    pub referrer_policy: Option<ReferrerPolicy>,
    /// Its document's origin.
    pub origin: Origin,
    /// What its environment says of it.
    pub client: Client,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It took no effect.
    Failed(Reason),
    /// It took effect, and a script can read this of it.
    Readable(String),
    /// It took effect, and there is no way for a script to read it.
    Unseen,
    /// It took effect, but a script that reads it is refused.
    Withheld(Reason),
}

impl From<Result<Effect, Reason>> for Effect {
    fn from(result: Result<Effect, Reason>) -> Self {
        result.unwrap_or_else(Self::Failed)
    }
}
