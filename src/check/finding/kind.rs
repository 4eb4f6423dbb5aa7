//! What can be wrong with a server's policy: a closed list. A line names a finding and the row that says the rest.

use super::{
    caches, consistency, credentials, disguises, grants, preflight, readers, redirects,
    row::{Row, Severity, Subjects},
    strangers,
};
use crate::{
    check::{checklist::Point, framework::Framework},
    words::words,
};

/// Makes the list of kinds, and with it the way from each to its row: a kind without a row does not compile.
macro_rules! kinds {
    ($(#[$list_doc:meta])* $name:ident { $($(#[$doc:meta])* $kind:ident = $word:literal is $row:path,)* }) => {
        words! { $(#[$list_doc])* pub $name { $($(#[$doc])* $kind = $word,)* } }

        impl $name {
            fn row(self) -> &'static Row {
                match self { $(Self::$kind => &$row,)* }
            }
        }
    };
}

kinds! {
    /// Everything that `check` can find.
    #[non_exhaustive]
    Kind {
        /// A page of a declared origin cannot read the answer.
        OriginLockedOut = "origin-locked-out" is readers::ORIGIN_LOCKED_OUT,
        /// The preflight is answered with a status that is not ok, or a redirect.
        PreflightRejected = "preflight-rejected" is preflight::REJECTED,
        /// A declared method is not granted.
        MethodLockedOut = "method-locked-out" is grants::METHOD_LOCKED_OUT,
        /// A declared request header is not granted.
        HeaderLockedOut = "header-locked-out" is grants::HEADER_LOCKED_OUT,
        /// Declared request headers are granted one by one, and not in one request.
        HeadersRefusedTogether = "headers-refused-together" is grants::HEADERS_REFUSED_TOGETHER,
        /// A declared response header cannot be read.
        HeaderUnexposed = "header-unexposed" is readers::HEADER_UNEXPOSED,
        /// A page can read without credentials, and not with them.
        CredentialsLockedOut = "credentials-locked-out" is credentials::LOCKED_OUT,
        /// An error answer lacks the CORS headers, so that a script sees no status.
        ErrorsUnreadable = "errors-unreadable" is readers::ERRORS_UNREADABLE,
        /// The server has no handler for OPTIONS.
        OptionsNotHandled = "options-not-handled" is preflight::OPTIONS_NOT_HANDLED,
        /// No declared request was answered with what pages come for, so nothing is proven.
        NothingProven = "nothing-proven" is readers::NOTHING_PROVEN,
        /// A request without an Origin fails, where the same one with an Origin does not.
        FailsWithoutOrigin = "fails-without-origin" is readers::FAILS_WITHOUT_ORIGIN,
        /// A declared page could not read, in a way that no other finding is about.
        ReadBlocked = "read-blocked" is readers::READ_BLOCKED,
        /// There are several values of Access-Control-Allow-Origin.
        DuplicateAllowOrigin = "duplicate-allow-origin" is readers::DUPLICATE_ALLOW_ORIGIN,
        /// A cache serves one origin's answer to another.
        CachedForAnotherOrigin = "cached-for-another-origin" is caches::CACHED_FOR_ANOTHER_ORIGIN,
        /// Identical requests get different answers.
        Unstable = "unstable" is consistency::UNSTABLE,
        /// An engine concludes something else of the same answers than the standard says.
        EnginesDisagree = "engines-disagree" is consistency::ENGINES_DISAGREE,
        /// Every engine permits what the standard refuses.
        WorksByLenience = "works-by-lenience" is consistency::WORKS_BY_LENIENCE,
        /// HTTP/1.1 and HTTP/2 get different answers.
        ProtocolsDisagree = "protocols-disagree" is consistency::PROTOCOLS_DISAGREE,
        /// The server redirects to an address that the file does not declare.
        UndeclaredRedirect = "undeclared-redirect" is redirects::UNDECLARED,
        /// The server redirects to the very URL that was asked for.
        RedirectsToItself = "redirects-to-itself" is redirects::TO_ITSELF,
        /// The server redirects to the path with a slash more or less.
        RedirectsBySlash = "redirects-by-slash" is redirects::BY_SLASH,
        /// The server redirects to the same under the other scheme.
        RedirectsToOtherScheme = "redirects-to-other-scheme" is redirects::TO_OTHER_SCHEME,
        /// The server redirects to a login.
        RedirectsToLogin = "redirects-to-login" is redirects::TO_LOGIN,
        /// Whoever asks is granted: the Origin is sent back.
        ReflectsAnyOrigin = "reflects-any-origin" is strangers::REFLECTS_ANY_ORIGIN,
        /// `null` is granted, which every sandboxed frame has.
        TrustsNull = "trusts-null" is disguises::NULL,
        /// An origin is granted that begins as a declared one.
        TrustsPrefix = "trusts-prefix" is disguises::LOOSE_PATTERN,
        /// An origin is granted that ends as a declared one.
        TrustsSuffix = "trusts-suffix" is disguises::LOOSE_PATTERN,
        /// An origin is granted that has a declared one inside, or is a part of one.
        TrustsSubstring = "trusts-substring" is disguises::LOOSE_PATTERN,
        /// An origin is granted that has another character where a declared one has a dot.
        TrustsUnescapedDot = "trusts-unescaped-dot" is disguises::LOOSE_PATTERN,
        /// An origin is granted whose host has a special character after a declared one.
        TrustsSpecialCharacters = "trusts-special-characters" is disguises::LOOSE_PATTERN,
        /// An origin is granted that a declared pattern does not match, and a loose form of it does.
        TrustsLoosePattern = "trusts-loose-pattern" is disguises::LOOSE_PATTERN,
        /// Anybody's name at a hosting service is granted.
        TrustsSharedHost = "trusts-shared-host" is disguises::SHARED_HOST,
        /// Sub-domains are granted that are not declared.
        TrustsSubdomain = "trusts-subdomain" is disguises::SUBDOMAIN,
        /// A declared host is granted under the other scheme.
        TrustsOtherScheme = "trusts-other-scheme" is disguises::OTHER_SCHEME,
        /// A declared host is granted on another port.
        TrustsOtherPort = "trusts-other-port" is disguises::OTHER_PORT,
        /// Pages of the reader's own machine are granted.
        TrustsLocalhost = "trusts-localhost" is disguises::LOCALHOST,
        /// A stranger's preflight is granted with credentials, so that the request is sent, though its answer cannot be read.
        StrangersMaySend = "strangers-may-send" is strangers::MAY_SEND,
        /// `*`, and the answer is private.
        WildcardWithPrivateData = "wildcard-with-private-data" is strangers::WILDCARD_WITH_PRIVATE_DATA,
        /// `*`, and the file lists origins.
        WildcardInsteadOfList = "wildcard-instead-of-list" is strangers::WILDCARD_INSTEAD_OF_LIST,
        /// The answer depends on the Origin and does not say so.
        VaryMissing = "vary-missing" is caches::VARY_MISSING,
        /// The preflight's answer says nothing about how long it holds.
        MaxAgeMissing = "max-age-missing" is caches::MAX_AGE_MISSING,
        /// Max-Age is above what an engine keeps.
        MaxAgeAboveCap = "max-age-above-cap" is caches::MAX_AGE_ABOVE_CAP,
        /// Max-Age is not the declared one.
        MaxAgeDiffers = "max-age-differs" is caches::MAX_AGE_DIFFERS,
        /// A method is granted that the file does not declare.
        MethodUnneeded = "method-unneeded" is grants::METHOD_UNNEEDED,
        /// A request header is granted that the file does not declare.
        HeaderUnneeded = "header-unneeded" is grants::HEADER_UNNEEDED,
        /// `*` beside Access-Control-Allow-Credentials, which no engine honours.
        WildcardWithCredentialsIgnored = "wildcard-with-credentials-ignored" is credentials::WILDCARD_IGNORED,
        /// A stranger's request is carried out, although the answer cannot be read.
        StateChangedUnread = "state-changed-unread" is strangers::STATE_CHANGED_UNREAD,
        /// A declared request is answered as if there were nothing there.
        NotServed = "not-served" is readers::NOT_SERVED,
        /// A stranger is told who else may read.
        AllowOriginOnDeny = "allow-origin-on-deny" is strangers::ALLOW_ORIGIN_ON_DENY,
        /// A plain OPTIONS is answered as if it were a preflight.
        PreflightSwallowsOptions = "preflight-swallows-options" is preflight::SWALLOWS_OPTIONS,
        /// Access-Control-Allow-Credentials is there and is not exactly `true`.
        CredentialsNotExactlyTrue = "credentials-not-exactly-true" is credentials::NOT_EXACTLY_TRUE,
    }
}

impl Kind {
    /// The severity where nothing about a case makes it better or worse.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// Whether a server with it fails a point of the checklist.
    pub fn fails(self, point: Point) -> bool {
        self.row().fails.contains(&point)
    }

    /// What was found, in a sentence about `subjects`.
    pub(in crate::check) fn found(self, subjects: &Subjects) -> String {
        (self.row().found)(subjects)
    }

    /// The consequence that an attacker or a user would notice.
    pub(in crate::check) fn consequence(self) -> &'static str {
        self.row().means
    }

    /// What to change: the condition to meet, and how the framework is configured for it where that is known.
    pub(in crate::check) fn advice(self, framework: Framework) -> String {
        let Row { change, setting, .. } = self.row();
        match setting.and_then(|setting| framework.advice(setting)) {
            Some(own_words) => format!("{change} {own_words}"),
            None => (*change).to_owned(),
        }
    }
}
