//! The window post message steps, <https://html.spec.whatwg.org/multipage/web-messaging.html#window-post-message-steps>.

use url::Url;

use super::super::{origin::Origin, reason::Reason};

/// Why a message does not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// The call throws a SyntaxError.
    Thrown,
    /// The call returns, and the receiver is told nothing.
    Dropped,
}

impl NotSent {
    /// The reason, as cases name it.
    pub fn reason(self) -> Reason {
        match self {
            Self::Thrown => Reason::InvalidRequest,
            Self::Dropped => Reason::TargetOrigin,
        }
    }
}

/// Posts a message from a document of `sender` to one of `receiver`: the `origin` that the event tells.
///
/// # Errors
/// Where none arrives.
pub(super) fn window_post_message(
    sender: &Origin,
    receiver: &Origin,
    target_origin: &str,
) -> Result<String, NotSent> {
    let is_target = match target_origin {
        "*" => true,
        "/" => receiver.is_same_origin(sender),
        text => {
            let url = Url::parse(text).map_err(|_| NotSent::Thrown)?;
            // A URL without a tuple origin has a new opaque one, which is nobody's.
            Origin::of(&url).is_some_and(|origin| receiver.is_same_origin(&origin))
        }
    };
    // The document's origin is compared, not its domain: document.domain changes nothing here.
    if is_target { Ok(sender.serialize()) } else { Err(NotSent::Dropped) }
}
