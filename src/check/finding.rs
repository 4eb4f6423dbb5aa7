//! What can be wrong with a server's policy: a closed list, each with how bad it is.

use std::collections::BTreeSet;

use browsers::Engine;

use super::checklist::Point;
use crate::{evidence::Evidence, words::words};

words! {
    /// How bad a finding is.
    Severity {
        /// Users are locked out.
        Broken = "broken",
        /// Strangers can read.
        Unsafe = "unsafe",
        /// Nobody is hurt yet.
        Advice = "advice",
    }
}

words! {
    /// Everything that `check` can find.
    Kind {
        /// A page of a declared origin cannot read the answer.
        OriginLockedOut = "origin-locked-out",
        /// The preflight is answered with a status that is not ok, or a redirect.
        PreflightRejected = "preflight-rejected",
        /// A declared method is not granted.
        MethodLockedOut = "method-locked-out",
        /// A declared request header is not granted.
        HeaderLockedOut = "header-locked-out",
        /// A declared response header cannot be read.
        HeaderUnexposed = "header-unexposed",
        /// A page can read without credentials, and not with them.
        CredentialsLockedOut = "credentials-locked-out",
        /// An error answer lacks the CORS headers, so that a script sees no status.
        ErrorsUnreadable = "errors-unreadable",
        /// The server has no handler for OPTIONS.
        OptionsNotHandled = "options-not-handled",
        /// There are several values of Access-Control-Allow-Origin.
        DuplicateAllowOrigin = "duplicate-allow-origin",
        /// A cache serves one origin's answer to another.
        CachedForAnotherOrigin = "cached-for-another-origin",
        /// Identical requests get different answers.
        Unstable = "unstable",
        /// An engine concludes something else of the same answers than the standard says.
        EnginesDisagree = "engines-disagree",
        /// HTTP/1.1 and HTTP/2 get different answers.
        ProtocolsDisagree = "protocols-disagree",
        /// The server redirects to an address that the file does not declare.
        UndeclaredRedirect = "undeclared-redirect",
        /// Whoever asks is granted: the Origin is sent back.
        ReflectsAnyOrigin = "reflects-any-origin",
        /// `null` is granted, which every sandboxed frame has.
        TrustsNull = "trusts-null",
        /// An origin is granted that begins as a declared one.
        TrustsPrefix = "trusts-prefix",
        /// An origin is granted that ends as a declared one.
        TrustsSuffix = "trusts-suffix",
        /// An origin is granted that has a declared one inside.
        TrustsSubstring = "trusts-substring",
        /// An origin is granted that has another character where a declared one has a dot.
        TrustsUnescapedDot = "trusts-unescaped-dot",
        /// An origin is granted whose host has a special character after a declared one.
        TrustsSpecialCharacters = "trusts-special-characters",
        /// Sub-domains are granted that are not declared.
        TrustsSubdomain = "trusts-subdomain",
        /// A declared host is granted under the other scheme.
        TrustsOtherScheme = "trusts-other-scheme",
        /// A declared host is granted on another port.
        TrustsOtherPort = "trusts-other-port",
        /// Pages of the reader's own machine are granted.
        TrustsLocalhost = "trusts-localhost",
        /// `*`, and the answer is private.
        WildcardWithPrivateData = "wildcard-with-private-data",
        /// `*`, and the file lists origins.
        WildcardInsteadOfList = "wildcard-instead-of-list",
        /// The answer depends on the Origin and does not say so.
        VaryMissing = "vary-missing",
        /// The preflight's answer says nothing about how long it holds.
        MaxAgeMissing = "max-age-missing",
        /// Max-Age is above what an engine keeps.
        MaxAgeAboveCap = "max-age-above-cap",
        /// Max-Age is not the declared one.
        MaxAgeDiffers = "max-age-differs",
        /// A method is granted that the file does not declare.
        MethodUnneeded = "method-unneeded",
        /// A request header is granted that the file does not declare.
        HeaderUnneeded = "header-unneeded",
        /// `*` beside Access-Control-Allow-Credentials, which no engine honours.
        WildcardWithCredentialsIgnored = "wildcard-with-credentials-ignored",
        /// A stranger's request is carried out, although the answer cannot be read.
        StateChangedUnread = "state-changed-unread",
        /// A declared request is answered as if there were nothing there.
        NotServed = "not-served",
        /// A stranger is told who else may read.
        AllowOriginOnDeny = "allow-origin-on-deny",
        /// A plain OPTIONS is answered as if it were a preflight.
        PreflightSwallowsOptions = "preflight-swallows-options",
        /// Access-Control-Allow-Credentials is there and is not exactly `true`.
        CredentialsNotExactlyTrue = "credentials-not-exactly-true",
    }
}

impl Kind {
    /// How bad it usually is.
    pub fn severity(self) -> Severity {
        match self {
            Self::OriginLockedOut
            | Self::PreflightRejected
            | Self::MethodLockedOut
            | Self::HeaderLockedOut
            | Self::HeaderUnexposed
            | Self::CredentialsLockedOut
            | Self::ErrorsUnreadable
            | Self::OptionsNotHandled
            | Self::DuplicateAllowOrigin
            | Self::CachedForAnotherOrigin
            | Self::Unstable
            | Self::EnginesDisagree
            | Self::ProtocolsDisagree
            | Self::UndeclaredRedirect => Severity::Broken,
            Self::ReflectsAnyOrigin
            | Self::TrustsNull
            | Self::TrustsPrefix
            | Self::TrustsSuffix
            | Self::TrustsSubstring
            | Self::TrustsUnescapedDot
            | Self::TrustsSpecialCharacters
            | Self::TrustsSubdomain
            | Self::TrustsOtherScheme
            | Self::TrustsOtherPort
            | Self::TrustsLocalhost
            | Self::WildcardWithPrivateData
            | Self::WildcardInsteadOfList => Severity::Unsafe,
            Self::VaryMissing
            | Self::MaxAgeMissing
            | Self::MaxAgeAboveCap
            | Self::MaxAgeDiffers
            | Self::MethodUnneeded
            | Self::HeaderUnneeded
            | Self::WildcardWithCredentialsIgnored
            | Self::StateChangedUnread
            | Self::NotServed
            | Self::AllowOriginOnDeny
            | Self::PreflightSwallowsOptions
            | Self::CredentialsNotExactlyTrue => Severity::Advice,
        }
    }

    /// Whether a server with it fails a point of the checklist: its own, and with a reflected Origin the first of all
    /// as well, for there is no list then.
    pub fn fails(self, point: Point) -> bool {
        self.point() == point || (self == Self::ReflectsAnyOrigin && point == Point::Origins)
    }

    /// The point of the checklist that it is about.
    fn point(self) -> Point {
        match self {
            Self::OriginLockedOut
            | Self::DuplicateAllowOrigin
            | Self::UndeclaredRedirect
            | Self::TrustsNull
            | Self::TrustsPrefix
            | Self::TrustsSuffix
            | Self::TrustsSubstring
            | Self::TrustsUnescapedDot
            | Self::TrustsSpecialCharacters
            | Self::TrustsSubdomain
            | Self::TrustsOtherScheme
            | Self::TrustsOtherPort
            | Self::TrustsLocalhost
            | Self::WildcardWithPrivateData
            | Self::WildcardInsteadOfList
            | Self::AllowOriginOnDeny => Point::Origins,
            Self::PreflightRejected | Self::OptionsNotHandled | Self::PreflightSwallowsOptions => {
                Point::Preflight
            }
            Self::CredentialsLockedOut
            | Self::CredentialsNotExactlyTrue
            | Self::WildcardWithCredentialsIgnored => Point::Credentials,
            Self::CachedForAnotherOrigin | Self::VaryMissing => Point::Vary,
            Self::MethodLockedOut | Self::MethodUnneeded | Self::StateChangedUnread | Self::NotServed => {
                Point::Methods
            }
            Self::HeaderLockedOut | Self::HeaderUnneeded => Point::Headers,
            Self::MaxAgeMissing | Self::MaxAgeAboveCap | Self::MaxAgeDiffers => Point::MaxAge,
            Self::ReflectsAnyOrigin => Point::Reflection,
            Self::HeaderUnexposed => Point::ExposeHeaders,
            Self::ErrorsUnreadable | Self::Unstable | Self::EnginesDisagree | Self::ProtocolsDisagree => {
                Point::Consistency
            }
        }
    }
}

/// Something that is wrong with a server's policy.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// How bad it is here.
    pub severity: Severity,
    /// The path of the policy.
    pub path: String,
    /// What was found, in a sentence or two.
    pub found: String,
    /// In which engines it shows.
    pub engines: BTreeSet<Engine>,
    /// What it rests on.
    pub evidence: Option<Evidence>,
}
