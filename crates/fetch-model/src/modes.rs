//! The closed sets a request is described by, spelled as the Fetch API spells them.

use super::words;

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>, without those a script cannot ask for.
    RequestMode {
        /// Same-origin URLs only.
        SameOrigin = "same-origin",
        /// By CORS where the URL is cross-origin.
        Cors = "cors",
        /// An opaque response where the URL is cross-origin.
        NoCors = "no-cors",
        /// Between documents.
        Navigate = "navigate",
        /// A WebSocket's handshake.
        Websocket = "websocket",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    CredentialsMode {
        /// Never.
        Omit = "omit",
        /// To same-origin URLs.
        SameOrigin = "same-origin",
        /// Always.
        Include = "include",
    }
}

words! {
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes>, as it is written.
    CrossOrigin default Absent {
        /// There is no such attribute.
        Absent = "absent",
        /// `crossorigin="anonymous"`
        Anonymous = "anonymous",
        /// `crossorigin=""`
        Empty = "",
        /// `crossorigin="invalid"`, a value that is none.
        Invalid = "invalid",
        /// `crossorigin="use-credentials"`
        UseCredentials = "use-credentials",
    }
}

impl CrossOrigin {
    /// The attribute's value, where it is there.
    pub fn value(self) -> Option<&'static str> {
        (self != Self::Absent).then(|| self.word())
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    RedirectMode {
        /// Follow.
        Follow = "follow",
        /// A network error.
        Error = "error",
        /// An opaque-redirect filtered response.
        Manual = "manual",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
    CacheMode {
        /// As HTTP says.
        Default = "default",
        /// Past the cache.
        NoStore = "no-store",
        /// Past the cache, and update it.
        Reload = "reload",
        /// Revalidate.
        NoCache = "no-cache",
        /// Stale is good enough.
        ForceCache = "force-cache",
        /// The cache or nothing.
        OnlyIfCached = "only-if-cached",
    }
}

words! {
    /// <https://w3c.github.io/webappsec-referrer-policy/#enumdef-referrerpolicy>
    ReferrerPolicy {
        /// Never.
        NoReferrer = "no-referrer",
        /// Not from https to http.
        NoReferrerWhenDowngrade = "no-referrer-when-downgrade",
        /// To the same origin.
        SameOrigin = "same-origin",
        /// The origin alone.
        Origin = "origin",
        /// The origin alone, not from https to http.
        StrictOrigin = "strict-origin",
        /// All to the same origin, the origin to others.
        OriginWhenCrossOrigin = "origin-when-cross-origin",
        /// The same, and not from https to http: the default.
        StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin",
        /// All, always.
        UnsafeUrl = "unsafe-url",
    }
}
