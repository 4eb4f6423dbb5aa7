//! What frameworks let one set.

use crate::check::finding::Kind;

/// What there is to set in a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knob {
    Origins,
    Methods,
    RequestHeaders,
    ExposedHeaders,
    Credentials,
    MaxAge,
    Preflight,
    PlainOptions,
    Vary,
    Errors,
}

/// What a finding is put right by, if frameworks have something for it.
pub(super) fn knob(kind: Kind) -> Option<Knob> {
    Some(match kind {
        Kind::OriginLockedOut
        | Kind::ReflectsAnyOrigin
        | Kind::TrustsNull
        | Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters
        | Kind::TrustsSubdomain
        | Kind::TrustsOtherScheme
        | Kind::TrustsOtherPort
        | Kind::TrustsLocalhost
        | Kind::Unstable
        | Kind::WildcardWithPrivateData
        | Kind::WildcardInsteadOfList => Knob::Origins,
        Kind::MethodLockedOut | Kind::MethodUnneeded => Knob::Methods,
        Kind::HeaderLockedOut | Kind::HeaderUnneeded => Knob::RequestHeaders,
        Kind::HeaderUnexposed => Knob::ExposedHeaders,
        Kind::CredentialsLockedOut
        | Kind::CredentialsNotExactlyTrue
        | Kind::WildcardWithCredentialsIgnored => Knob::Credentials,
        Kind::MaxAgeMissing | Kind::MaxAgeDiffers => Knob::MaxAge,
        Kind::PreflightRejected | Kind::OptionsNotHandled => Knob::Preflight,
        Kind::PreflightSwallowsOptions => Knob::PlainOptions,
        Kind::CachedForAnotherOrigin | Kind::VaryMissing => Knob::Vary,
        Kind::ErrorsUnreadable => Knob::Errors,
        _ => return None,
    })
}
