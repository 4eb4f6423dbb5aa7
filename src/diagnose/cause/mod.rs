//! What the server's own answer tells of a blocked read, beyond the step of the standard that refused it.
//!
//! "No Access-Control-Allow-Origin" is what the browser sees of a handler that crashed, of a proxy without a server
//! behind it, and of a middleware that knows the origin and does not want it. Each is mended elsewhere.

mod allow_origin;
mod error_status;
mod redirect;
mod refusal;

use corsproof_fixture::{Exchange, Token};
use fetch_model::{Origin, Reason};

use super::{error_body, outcome::Place};
use crate::{evidence::message, words::words};

words! {
    /// Why a server answered as it did.
    pub(crate) CauseKind {
        /// Its CORS middleware does not want this request, and says so.
        RefusedByServer = "refused-by-the-server",
        /// It does not answer for this host name.
        HostRefused = "host-refused",
        /// Its protection against forged requests does not want this one.
        CsrfRefused = "csrf-refused",
        /// Its handler failed.
        Crashed = "crashed",
        /// A proxy got no answer from the server behind it.
        Gateway = "gateway",
        /// Nothing is served at this path.
        NotFound = "not-found",
        /// The preflight was asked to log in.
        LoginAtPreflight = "login-at-the-preflight",
        /// It wants to know who asks.
        LoginWanted = "login-wanted",
        /// It knows who asks, or does not care, and says no.
        Forbidden = "forbidden",
        /// It does not take this method here.
        MethodNotServed = "method-not-served",
        /// It does not take the request as it is.
        BadRequest = "bad-request",
        /// It was asked too often.
        TooManyRequests = "too-many-requests",
        /// Something in front of it asks whether a person is there.
        Challenge = "challenge",
        /// The origin is meant, and is written otherwise than browsers send it.
        OriginMiswritten = "origin-miswritten",
        /// The browser sent `null` for the page's origin, as it does after a redirect by another one.
        OriginIsNull = "origin-is-null",
        /// Another origin is named.
        OtherOrigin = "other-origin",
        /// The value is no origin at all.
        NoOrigin = "no-origin",
        /// Two layers each add the header.
        AddedTwice = "added-twice",
        /// It redirects to the very URL that was asked for.
        RedirectsToItself = "redirects-to-itself",
        /// It redirects to the path with a slash more or less.
        RedirectsBySlash = "redirects-by-slash",
        /// It redirects to the same under the other scheme.
        RedirectsToOtherScheme = "redirects-to-other-scheme",
        /// It redirects to a login.
        RedirectsToLogin = "redirects-to-login",
        /// It redirects to another origin.
        RedirectsAway = "redirects-away",
    }
}

/// Why the server answered as it did, and what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub kind: CauseKind,
    /// What happened, in sentences.
    pub what: String,
    /// What to change.
    pub change: String,
}

impl Cause {
    fn new(kind: CauseKind, what: impl Into<String>, change: impl Into<String>) -> Self {
        Self { kind, what: what.into(), change: change.into() }
    }

    /// Whether headers of CORS on this answer would let pages read something else than what they came for.
    pub(super) fn is_beside_cors(&self) -> bool {
        match self.kind {
            CauseKind::HostRefused
            | CauseKind::CsrfRefused
            | CauseKind::Crashed
            | CauseKind::Gateway
            | CauseKind::NotFound
            | CauseKind::LoginWanted
            | CauseKind::Forbidden
            | CauseKind::MethodNotServed
            | CauseKind::BadRequest
            | CauseKind::TooManyRequests
            | CauseKind::Challenge
            | CauseKind::RedirectsToItself
            | CauseKind::RedirectsBySlash
            | CauseKind::RedirectsToOtherScheme
            | CauseKind::RedirectsToLogin
            | CauseKind::RedirectsAway => true,
            CauseKind::RefusedByServer
            | CauseKind::LoginAtPreflight
            | CauseKind::OriginMiswritten
            | CauseKind::OriginIsNull
            | CauseKind::OtherOrigin
            | CauseKind::NoOrigin
            | CauseKind::AddedTwice => false,
        }
    }

    /// The cause of a block for `reason` at `place`, as the last answer of `log` shows it; `None` where the reason says
    /// all.
    pub(crate) fn of(
        reason: Reason,
        place: Place,
        log: &[Exchange],
        from: &Origin,
        token: Option<&Token>,
    ) -> Option<Self> {
        let last = log.last()?;
        let answer = message(last)?;
        if let Some(redirected) = redirect::cause(last, token) {
            return Some(redirected);
        }
        if matches!(reason, Reason::AllowOriginMismatch | Reason::AllowOriginMultiple) {
            return allow_origin::cause(last, from);
        }
        let is_at_the_door = matches!(reason, Reason::AllowOriginMissing | Reason::PreflightStatus);
        if !is_at_the_door || answer.status < 400 {
            return None;
        }
        let asked = match place {
            Place::Preflight => "the preflight (OPTIONS)".to_owned(),
            _ => last.received.method.clone(),
        };
        let wishes = refusal::Wishes::of(last, from);
        error_body::first_lines(answer)
            .iter()
            .find_map(|line| refusal::cause(line, answer.status, &asked, &wishes))
            .or_else(|| error_status::cause(answer, place, &asked))
    }

    /// The cause where the last answer sends the browser to another origin.
    pub(super) fn of_redirect(log: &[Exchange], token: Option<&Token>) -> Option<Self> {
        log.iter().rev().find_map(|exchange| redirect::cause(exchange, token))
    }
}
