//! Why a fetch ends as a network error, or an access to another origin's objects in an exception.

use super::words;

words! {
    /// The closed list of reasons. Each names the step that says no; a reason that holds of a preflight's
    /// answer and of the actual one is one reason (what was sent shows which it was).
    Reason {
        /// No Access-Control-Allow-Origin.
        AllowOriginMissing = "allow-origin-missing",
        /// Access-Control-Allow-Origin is one value that is not the request's origin.
        AllowOriginMismatch = "allow-origin-mismatch",
        /// Access-Control-Allow-Origin has more than one value.
        AllowOriginMultiple = "allow-origin-multiple",
        /// Access-Control-Allow-Origin is `*` and the credentials mode is include.
        WildcardWithCredentials = "wildcard-with-credentials",
        /// The credentials mode is include and Access-Control-Allow-Credentials is not `true`.
        AllowCredentialsNotTrue = "allow-credentials-not-true",
        /// The preflight's status is not an ok status.
        PreflightStatus = "preflight-status",
        /// The preflight was answered with a redirect.
        PreflightRedirect = "preflight-redirect",
        /// Access-Control-Allow-Methods does not parse.
        AllowMethodsInvalid = "allow-methods-invalid",
        /// Access-Control-Allow-Headers does not parse.
        AllowHeadersInvalid = "allow-headers-invalid",
        /// The method is not among those the preflight's answer allows.
        MethodNotAllowed = "method-not-allowed",
        /// A header is not among those the preflight's answer allows.
        HeaderNotAllowed = "header-not-allowed",
        /// A cross-origin redirect to a URL with a username or password.
        RedirectCredentials = "redirect-credentials",
        /// A redirect to a scheme that is not HTTP(S).
        RedirectScheme = "redirect-scheme",
        /// A redirect whose Location cannot be parsed, or is there more than once.
        RedirectLocation = "redirect-location",
        /// More than 20 redirects.
        RedirectLimit = "redirect-limit",
        /// A redirect, and the redirect mode is error.
        RedirectMode = "redirect-mode",
        /// A redirect that would have to send a stream again.
        RedirectStream = "redirect-stream",
        /// The request's mode forbids the URL: same-origin and cross-origin, or no-cors without following.
        RequestMode = "request-mode",
        /// The URL's scheme cannot be fetched in this mode.
        UrlScheme = "url-scheme",
        /// The API throws before anything is fetched.
        InvalidRequest = "invalid-request",
        /// Cross-Origin-Resource-Policy.
        ResourcePolicy = "resource-policy",
        /// The bytes are not those that `integrity` names, or must not be looked at to tell.
        Integrity = "integrity",
        /// A MIME type that this kind of resource cannot have.
        MimeType = "mime-type",
        /// An answer of which nothing can be made: a status that is no success, or bytes that do not decode.
        Unusable = "unusable",
        /// The canvas holds pixels of an image that was not granted.
        TaintedCanvas = "tainted-canvas",
        /// The media were not granted, so what is captured of their sound is silence.
        SilentMedia = "silent-media",
        /// The script was not granted, so its errors are muted.
        MutedError = "muted-error",
        /// The style sheet was not granted, so its rules are closed.
        StylesheetOrigin = "stylesheet-origin",
        /// The document in a frame has another origin, so the page around it cannot look into it.
        DocumentOrigin = "document-origin",
        /// What a service worker answered with is not for a request of this mode.
        ServiceWorkerResponse = "service-worker-response",
        /// An opaque part of a whole, for a request that asked for the whole.
        UnaskedRange = "unasked-range",
        /// Mixed content.
        MixedContent = "mixed-content",
        /// Local network access: a public page asks this machine or the local network, and nobody has permitted it,
        /// <https://wicg.github.io/local-network-access/>.
        LocalNetworkAccess = "local-network-access",
        /// The page's Content-Security-Policy.
        ContentSecurityPolicy = "content-security-policy",
        /// Timing-Allow-Origin: times of a response that does not let them be seen.
        TimingAllowOrigin = "timing-allow-origin",
        /// The response was not granted, so nothing is told of it.
        OpaqueResponse = "opaque-response",
        /// A blocked port.
        BadPort = "bad-port",
        /// The server gave no HTTP answer.
        NetworkFailure = "network-failure",
        /// More than 64 KiB in requests with keepalive.
        KeepaliveLimit = "keepalive-limit",
        /// A property of a Window or a Location of another origin: a SecurityError.
        CrossOriginObject = "cross-origin-object",
        /// A message whose targetOrigin is not the receiver's origin.
        TargetOrigin = "target-origin",
        /// Storage of a document without an origin to keep it under: a SecurityError.
        OpaqueStorage = "opaque-storage",
    }
}

/// The step of a standard that refuses a request or a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusingStep {
    /// <https://fetch.spec.whatwg.org/#concept-cors-check>
    CorsCheck,
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
    CorsPreflightFetch,
    /// <https://fetch.spec.whatwg.org/#http-redirect-fetch>
    HttpRedirectFetch,
    /// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>
    MixedContent,
    /// <https://wicg.github.io/local-network-access/>
    LocalNetworkAccess,
    /// <https://fetch.spec.whatwg.org/#port-blocking>
    PortBlocking,
    /// <https://w3c.github.io/webappsec-csp/#should-block-request>
    ContentSecurityPolicy,
    /// Another step of the fetch, or of the API that asks.
    Fetch,
}

/// Who tells a script, or a person, that it is this reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToldBy {
    /// The API that is asked, by itself.
    Api,
    /// The engine, if anybody: on its console.
    Engine,
}

impl Reason {
    /// The step of a standard that gives this reason.
    pub fn step(self) -> RefusingStep {
        self.row().0
    }

    /// Whether the API that is asked tells it by itself, so that no engine has to explain it elsewhere.
    pub fn is_told_by_the_api(self) -> bool {
        self.row().1 == ToldBy::Api
    }

    fn row(self) -> (RefusingStep, ToldBy) {
        match self {
            Self::AllowOriginMissing => (RefusingStep::CorsCheck, ToldBy::Engine),
            Self::AllowOriginMismatch => (RefusingStep::CorsCheck, ToldBy::Engine),
            Self::AllowOriginMultiple => (RefusingStep::CorsCheck, ToldBy::Engine),
            Self::WildcardWithCredentials => (RefusingStep::CorsCheck, ToldBy::Engine),
            Self::AllowCredentialsNotTrue => (RefusingStep::CorsCheck, ToldBy::Engine),
            Self::PreflightStatus => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::PreflightRedirect => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::AllowMethodsInvalid => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::AllowHeadersInvalid => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::MethodNotAllowed => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::HeaderNotAllowed => (RefusingStep::CorsPreflightFetch, ToldBy::Engine),
            Self::RedirectCredentials => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RedirectScheme => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RedirectLocation => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RedirectLimit => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RedirectMode => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RedirectStream => (RefusingStep::HttpRedirectFetch, ToldBy::Engine),
            Self::RequestMode => (RefusingStep::Fetch, ToldBy::Engine),
            Self::UrlScheme => (RefusingStep::Fetch, ToldBy::Engine),
            Self::InvalidRequest => (RefusingStep::Fetch, ToldBy::Api),
            Self::ResourcePolicy => (RefusingStep::Fetch, ToldBy::Engine),
            Self::Integrity => (RefusingStep::Fetch, ToldBy::Engine),
            Self::MimeType => (RefusingStep::Fetch, ToldBy::Engine),
            Self::Unusable => (RefusingStep::Fetch, ToldBy::Engine),
            Self::TaintedCanvas => (RefusingStep::Fetch, ToldBy::Api),
            Self::SilentMedia => (RefusingStep::Fetch, ToldBy::Api),
            Self::MutedError => (RefusingStep::Fetch, ToldBy::Api),
            Self::StylesheetOrigin => (RefusingStep::Fetch, ToldBy::Api),
            Self::DocumentOrigin => (RefusingStep::Fetch, ToldBy::Api),
            Self::ServiceWorkerResponse => (RefusingStep::Fetch, ToldBy::Engine),
            Self::UnaskedRange => (RefusingStep::Fetch, ToldBy::Engine),
            Self::MixedContent => (RefusingStep::MixedContent, ToldBy::Engine),
            Self::LocalNetworkAccess => (RefusingStep::LocalNetworkAccess, ToldBy::Engine),
            Self::ContentSecurityPolicy => (RefusingStep::ContentSecurityPolicy, ToldBy::Engine),
            Self::TimingAllowOrigin => (RefusingStep::Fetch, ToldBy::Api),
            Self::OpaqueResponse => (RefusingStep::Fetch, ToldBy::Api),
            Self::BadPort => (RefusingStep::PortBlocking, ToldBy::Engine),
            Self::NetworkFailure => (RefusingStep::Fetch, ToldBy::Engine),
            Self::KeepaliveLimit => (RefusingStep::Fetch, ToldBy::Engine),
            Self::CrossOriginObject => (RefusingStep::Fetch, ToldBy::Engine),
            Self::TargetOrigin => (RefusingStep::Fetch, ToldBy::Engine),
            Self::OpaqueStorage => (RefusingStep::Fetch, ToldBy::Engine),
        }
    }
}
