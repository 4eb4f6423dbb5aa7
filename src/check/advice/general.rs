//! What has to be true, whatever the server is made with.

use crate::check::finding::Kind;

/// What has to be true, whatever the server is made with.
pub(super) fn general(kind: Kind) -> &'static str {
    match kind {
        Kind::OriginLockedOut => {
            "Answer this origin with Access-Control-Allow-Origin set to it, exactly as the browser sends it: no path, no trailing slash, no default port."
        }
        Kind::PreflightRejected => {
            "Answer OPTIONS with Access-Control-Request-Method before any login, redirect or error, with 204 and the Access-Control-Allow-* headers."
        }
        Kind::OptionsNotHandled => {
            "Handle OPTIONS on this path: answer 204 with Access-Control-Allow-Origin, -Methods and -Headers."
        }
        Kind::MethodLockedOut => {
            "Name the method in Access-Control-Allow-Methods of the preflight's answer, in upper case."
        }
        Kind::HeaderLockedOut => {
            "Name the header in Access-Control-Allow-Headers of the preflight's answer; * covers neither Authorization nor requests with credentials."
        }
        Kind::HeaderUnexposed => {
            "Name the header in Access-Control-Expose-Headers of the answer itself, not of the preflight's."
        }
        Kind::CredentialsLockedOut => {
            "Send Access-Control-Allow-Credentials: true, and the origin itself instead of *, on both answers."
        }
        Kind::ErrorsUnreadable => {
            "Set the CORS headers before anything can fail, so that errors carry them as well."
        }
        Kind::DuplicateAllowOrigin => {
            "Set the header in one place: often a proxy and the application each add one."
        }
        Kind::CachedForAnotherOrigin | Kind::VaryMissing => {
            "Send Vary: Origin on every answer of this path, also where no origin is granted or none is sent."
        }
        Kind::Unstable => {
            "Compare the origin without state: a JavaScript regular expression with the flag g remembers where it stopped."
        }
        Kind::EnginesDisagree => "Look at the case: answer in a way that every engine understands alike.",
        Kind::ProtocolsDisagree => "Set the CORS headers where both protocols pass.",
        Kind::UndeclaredRedirect => {
            "If it is a redirect to https, trust X-Forwarded-Proto; otherwise answer here, or check that server with a file of its own."
        }
        Kind::ReflectsAnyOrigin => "Compare the Origin with a list, and send it back only if it is on it.",
        Kind::TrustsNull => "Take null off the list: it is nobody's own origin.",
        Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters => {
            "Compare the whole origin with ===; if it must be a pattern, anchor it at both ends and escape the dots."
        }
        Kind::TrustsSubdomain => "List the sub-domains that need it; if all do, declare them.",
        Kind::TrustsOtherScheme => "Compare the scheme as well: https://, and nothing else.",
        Kind::TrustsOtherPort => "Compare the port as well: it is part of the origin.",
        Kind::TrustsLocalhost => "Allow localhost in development only.",
        Kind::WildcardWithPrivateData | Kind::WildcardInsteadOfList => {
            "Send the one origin that asks, if it is on a list, and Vary: Origin; * is for what everybody may know."
        }
        Kind::MaxAgeMissing => {
            "Send Access-Control-Max-Age with the preflight's answer; 600 is kept by every engine."
        }
        Kind::MaxAgeAboveCap => {
            "Nothing has to be changed; 600 is what every engine keeps (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age)."
        }
        Kind::MaxAgeDiffers => "Make the server and max_age in the file say the same.",
        Kind::MethodUnneeded => "List the methods that pages use, or declare these in methods.",
        Kind::HeaderUnneeded => {
            "List the request headers that scripts set, or declare these in request_headers."
        }
        Kind::WildcardWithCredentialsIgnored => {
            "Take Access-Control-Allow-Credentials away, or send the one origin instead of *."
        }
        Kind::StateChangedUnread => {
            "Do not rely on CORS: ask for a CSRF token, check Origin or Sec-Fetch-Site, and set cookies SameSite."
        }
        Kind::NotServed => {
            "Name a path and methods that the server has, with the data that it needs in a test."
        }
        Kind::AllowOriginOnDeny => "Send Access-Control-Allow-Origin only to an origin that is granted.",
        Kind::PreflightSwallowsOptions => {
            "Treat OPTIONS as a preflight only if it has Access-Control-Request-Method, and let all others pass."
        }
        Kind::CredentialsNotExactlyTrue => "Write true, in lower case, or leave the header out.",
    }
}
