//! A case of a check, and the question about the server that it answers.

use std::sync::Arc;

use fetch_model::{CredentialsMode, Origin};

use crate::{case::Case, check::strangers::Disguise};

/// A case of a check, and the question about the server that it answers.
#[derive(Clone, Debug)]
pub(in crate::check) struct Probe {
    /// Of which policy, by its place in the file.
    pub policy: usize,
    pub question: Question,
    /// The name within the policy: `reader[https://app.example.com GET]`.
    pub name: String,
    pub case: Arc<Case>,
}

/// The question about the server that a case answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) enum Question {
    /// Whether a declared origin can read, with a method and with headers: none, one, or all that are declared.
    Reader { origin: Origin, method: String, headers: Vec<String>, credentials: CredentialsMode },
    /// Whether a page of an undeclared origin can read the answer.
    Stranger(Disguise),
    /// Whether a stranger can read without credentials what is read with them.
    StrangerWithoutCredentials,
    /// Whether a stranger can read with credentials what is everybody's without.
    StrangerWithCredentials,
    /// Whether a stranger's simple POST is carried out.
    StrangersChange,
    /// Whether a method is granted that is not declared.
    UndeclaredMethod(String),
    /// Whether a header is granted that is not declared.
    UndeclaredHeader,
    /// Whether identical requests get the same answer.
    Repeat,
    /// Whether declared origins that ask in turn can all read.
    InTurn,
    /// Whether an error can be read: on the policy's own path, or on another.
    Error(ErrorPlace),
    /// Whether an OPTIONS request that is no preflight reaches the application.
    PlainOptions,
    /// The answer to a request without an Origin.
    NoOrigin,
    /// Whether one cached preflight serves two requests.
    PreflightKept,
    /// Whether a second preflight is made after Max-Age.
    PreflightExpires,
    /// Whether the browser's HTTP cache serves an answer to the wrong origin.
    BrowserCache,
    /// Whether a cache that clients share mixes up answers for different origins.
    SharedCache,
    /// The answer to the same request over HTTP/1.1.
    OverHttp1,
}

impl Question {
    /// Whether a declared origin asks for what it may read.
    pub(in crate::check) fn is_reader(&self) -> bool {
        matches!(self, Self::Reader { .. })
    }

    /// Whether an origin asks that may not read.
    pub(in crate::check) fn is_stranger(&self) -> bool {
        matches!(
            self,
            Self::Stranger(_)
                | Self::StrangerWithCredentials
                | Self::StrangerWithoutCredentials
                | Self::StrangersChange
        )
    }

    /// Whether a declared request is made without any header of the script's.
    pub(in crate::check) fn is_plain_reader(&self) -> bool {
        matches!(self, Self::Reader { headers, .. } if headers.is_empty())
    }

    /// Whether a declared request is made with headers of the script's.
    pub(in crate::check) fn is_reader_with_headers(&self) -> bool {
        matches!(self, Self::Reader { headers, .. } if !headers.is_empty())
    }
}

/// The path at which an error is provoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum ErrorPlace {
    /// A path that the policy names.
    Declared,
    /// A path that the server does not have, or a method that is not declared, to provoke a 404 or 405.
    Elsewhere,
}
