//! An element that requests a resource, and the effect that the resource has on it.

use crate::{Client, CrossOrigin, Origin, Reason, ReferrerPolicy};

/// An element that requests a resource: its attributes, and its document.
#[derive(Clone, Debug)]
pub struct Element {
    /// The URL in the element's attribute, not yet parsed.
    pub url: String,
    /// The state of the attribute `crossorigin`.
    pub crossorigin: CrossOrigin,
    /// The attribute `integrity`.
    pub integrity: Option<String>,
    /// Its attribute `referrerpolicy`, or where it has none its document's policy, if that is not the default.
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The origin of the element's document.
    pub origin: Origin,
    /// The environment settings object of the element's document.
    pub client: Client,
}

/// The effect that a resource has on the element or API that requested it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The resource took no effect.
    Failed(Reason),
    /// The resource took effect, and a script can read this text of it.
    Readable(String),
    /// The resource took effect, and there is no API by which a script could read it.
    Unseen,
    /// The resource took effect, but a script that tries to read it is refused.
    Withheld(Reason),
}

impl From<Result<Effect, Reason>> for Effect {
    fn from(result: Result<Effect, Reason>) -> Self {
        result.unwrap_or_else(Self::Failed)
    }
}
