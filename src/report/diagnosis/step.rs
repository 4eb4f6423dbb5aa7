//! Which step says no.

use fetch_model::Reason;

use crate::diagnose::Place;

/// The step of the standard that says no for a reason, and of which answer: `the CORS check, at the preflight's
/// answer`.
pub(super) fn says_no(reason: Reason, place: Place) -> String {
    let answer = match place {
        Place::BeforeSending => "before anything was sent",
        Place::Preflight => "at the preflight's answer",
        Place::Redirect => "at the redirect",
        Place::Answer => "at the answer",
    };
    let step = match reason {
        Reason::AllowOriginMissing
        | Reason::AllowOriginMismatch
        | Reason::AllowOriginMultiple
        | Reason::WildcardWithCredentials
        | Reason::AllowCredentialsNotTrue => "the CORS check",
        Reason::PreflightStatus
        | Reason::PreflightRedirect
        | Reason::AllowMethodsInvalid
        | Reason::AllowHeadersInvalid
        | Reason::MethodNotAllowed
        | Reason::HeaderNotAllowed => "the CORS-preflight fetch",
        Reason::RedirectCredentials
        | Reason::RedirectScheme
        | Reason::RedirectLocation
        | Reason::RedirectLimit
        | Reason::RedirectMode
        | Reason::RedirectStream => "the HTTP-redirect fetch",
        Reason::MixedContent => "the browser's rule against mixed content",
        Reason::LocalNetworkAccess => "the browser's guard of the local network",
        Reason::BadPort => "the browser's list of blocked ports",
        Reason::ContentSecurityPolicy => "the page's own policy",
        _ => "the fetch",
    };
    format!("{step}, {answer}")
}
