//! Why a fetch ends as a network error.

use serde::Serialize;

/// The closed list of reasons. Each names the step that says no; a reason that holds of a preflight's
/// answer and of the actual one is one reason (what was sent shows which it was).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No Access-Control-Allow-Origin.
    AllowOriginMissing,
    /// Access-Control-Allow-Origin is one value that is not the request's origin.
    AllowOriginMismatch,
    /// Access-Control-Allow-Origin has more than one value.
    AllowOriginMultiple,
    /// Access-Control-Allow-Origin is `*` and the credentials mode is include.
    WildcardWithCredentials,
    /// The credentials mode is include and Access-Control-Allow-Credentials is not `true`.
    AllowCredentialsNotTrue,
    /// The preflight's status is not an ok status.
    PreflightStatus,
    /// The preflight was answered with a redirect.
    PreflightRedirect,
    /// Access-Control-Allow-Methods does not parse.
    AllowMethodsInvalid,
    /// Access-Control-Allow-Headers does not parse.
    AllowHeadersInvalid,
    /// The method is not among those the preflight's answer allows.
    MethodNotAllowed,
    /// A header is not among those the preflight's answer allows.
    HeaderNotAllowed,
    /// A cross-origin redirect to a URL with a username or password.
    RedirectCredentials,
    /// A redirect to a scheme that is not HTTP(S).
    RedirectScheme,
    /// A redirect whose Location cannot be parsed, or is there more than once.
    RedirectLocation,
    /// More than 20 redirects.
    RedirectLimit,
    /// A redirect, and the redirect mode is error.
    RedirectMode,
    /// A redirect that would have to send a stream again.
    RedirectStream,
    /// The request's mode forbids the URL: same-origin and cross-origin, or no-cors without following.
    RequestMode,
    /// The URL's scheme cannot be fetched in this mode.
    UrlScheme,
    /// The API throws before anything is fetched.
    InvalidRequest,
    /// Cross-Origin-Resource-Policy.
    ResourcePolicy,
    /// Mixed content.
    MixedContent,
    /// A blocked port.
    BadPort,
    /// The server gave no HTTP answer.
    NetworkFailure,
}
