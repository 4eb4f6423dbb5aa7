//! What comes of a request of a recording, and what the recording shows of it.

use fetch_model::Reason;

use crate::diagnose::{Cause, Place};

/// What comes of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The page reads the answer.
    Readable {
        /// Why it would not, had it asked with credentials: the file does not tell whether it did.
        unless: Option<Reason>,
    },
    Blocked {
        reason: Reason,
        place: Place,
        /// What the answer itself gives away.
        cause: Option<Cause>,
    },
    /// The file does not have what decides.
    Unknown(Unknown),
}

/// What a file lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The answer; perhaps with what the browser says instead.
    NoAnswer { error: Option<String> },
    /// The request, of which only the preflight was recorded, and passes.
    NoRequest,
    /// The request to which a redirect led.
    NoRedirectTarget,
    /// Why it was sent: by the standard, with what the file tells of it, it is not.
    WhySent(Reason),
    /// The answer that the browser's cache had, of which only a 304 was recorded.
    Cached,
}

/// Whether a page asked with credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Cookies were sent, or the browser logged in.
    With,
    /// The file shows none, but what the browser did cannot be explained without.
    Concluded,
    /// The file has none: there were none, or they were taken out.
    NotSeen,
}

/// What is known of a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preflight {
    /// None was needed.
    None,
    /// It was recorded, with this status; 0 where it had no answer.
    Recorded(u16),
    /// One was needed and is not in the file. It passed, or the request would not have been sent.
    NotRecorded,
}
