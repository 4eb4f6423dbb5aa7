//! What findings are called for people: what was found, and what somebody would see of it.

use std::collections::BTreeSet;

use super::{checklist::Point, finding::Kind};

/// What was found, in a sentence. `subjects`: the origins, methods, headers, ... that it is about.
pub(super) fn found(kind: Kind, subjects: &BTreeSet<String>) -> String {
    let who = listed(subjects);
    match kind {
        Kind::OriginLockedOut => format!("Declared, and cannot read: {who}."),
        Kind::PreflightRejected => {
            format!("The preflight was answered {who}; it needs an ok status such as 204, without a login.")
        }
        Kind::MethodLockedOut => format!("Access-Control-Allow-Methods does not grant {who}."),
        Kind::HeaderLockedOut => format!("Access-Control-Allow-Headers does not grant {who}."),
        Kind::HeaderUnexposed => format!("Access-Control-Expose-Headers does not name {who}."),
        Kind::CredentialsLockedOut => {
            format!("With credentials these cannot read, without them they can: {who}.")
        }
        Kind::ErrorsUnreadable => format!("No Access-Control-Allow-Origin on an error: {who}."),
        Kind::OptionsNotHandled => {
            format!("Nothing handles the preflight: OPTIONS was answered {who}.")
        }
        Kind::DuplicateAllowOrigin => {
            format!("Access-Control-Allow-Origin has several values; {who} cannot read.")
        }
        Kind::CachedForAnotherOrigin => {
            format!("An answer without Vary: Origin came from {who}, and could not be read.")
        }
        Kind::Unstable => format!("Identical requests were answered with {who}."),
        Kind::EnginesDisagree => format!("Not every engine does what the standard says: {who}."),
        Kind::ProtocolsDisagree => format!("Who may read depends on the protocol: {who}."),
        Kind::UndeclaredRedirect => {
            format!(
                "The server redirects to {who}, which the file does not declare; nothing was asked there."
            )
        }
        Kind::ReflectsAnyOrigin => format!("The Origin is sent back, whoever asks; {who} could read."),
        Kind::TrustsNull
        | Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters
        | Kind::TrustsSubdomain
        | Kind::TrustsOtherScheme
        | Kind::TrustsOtherPort
        | Kind::TrustsLocalhost => format!("Not declared, and could read: {who}."),
        Kind::WildcardWithPrivateData => {
            "Access-Control-Allow-Origin is *, and the answer is somebody's own data.".to_owned()
        }
        Kind::WildcardInsteadOfList => {
            "Access-Control-Allow-Origin is *, and the file declares a list of origins.".to_owned()
        }
        Kind::VaryMissing => {
            format!("Who may read depends on the Origin, and the answer to {who} has no Vary: Origin.")
        }
        Kind::MaxAgeMissing if subjects.iter().all(String::is_empty) => {
            "The preflight's answer has no Access-Control-Max-Age.".to_owned()
        }
        Kind::MaxAgeMissing => format!("Access-Control-Max-Age is no number of seconds: {who}."),
        Kind::MaxAgeAboveCap => format!("Access-Control-Max-Age is {who}."),
        Kind::MaxAgeDiffers => format!("Access-Control-Max-Age is {who}, which is not what is declared."),
        Kind::MethodUnneeded => format!("Granted, and not declared: {who}."),
        Kind::HeaderUnneeded => format!("Request headers granted, and not declared: {who}."),
        Kind::WildcardWithCredentialsIgnored => {
            "Access-Control-Allow-Origin: * stands beside Access-Control-Allow-Credentials.".to_owned()
        }
        Kind::StateChangedUnread => format!("A stranger's request was carried out: {who}."),
        Kind::AllowOriginOnDeny => format!("A stranger is told that {who} may read."),
        Kind::PreflightSwallowsOptions => {
            format!("A plain OPTIONS, which is no preflight, was answered as one ({who}).")
        }
        Kind::CredentialsNotExactlyTrue => {
            format!("Access-Control-Allow-Credentials is {who}; only true, in lower case, counts.")
        }
    }
}

/// What an attacker or a user would see of it.
pub fn consequence(kind: Kind) -> &'static str {
    match kind {
        Kind::OriginLockedOut | Kind::DuplicateAllowOrigin => {
            "Users of that page see it fail: its script gets a network error instead of the answer."
        }
        Kind::PreflightRejected | Kind::OptionsNotHandled => {
            "The browser asks first and is refused, so the real request is never sent."
        }
        Kind::MethodLockedOut => {
            "The browser does not send such requests at all; the page's script gets an error."
        }
        Kind::HeaderLockedOut => {
            "The browser does not send requests with that header at all; the page's script gets an error."
        }
        Kind::HeaderUnexposed => "A script reads null where it looks for that header.",
        Kind::CredentialsLockedOut => "Users who are logged in see the page fail.",
        Kind::ErrorsUnreadable => {
            "A script cannot tell this error from a broken network: it sees neither status nor message."
        }
        Kind::CachedForAnotherOrigin => {
            "Whoever comes second gets the answer made for the first, and the page fails until the cache forgets."
        }
        Kind::Unstable => "The page works, fails and works again, and nobody can say why.",
        Kind::EnginesDisagree => "The page behaves differently in another browser.",
        Kind::ProtocolsDisagree => "The page works or fails by the proxy that happens to be in between.",
        Kind::UndeclaredRedirect => {
            "A browser would go there; what comes of it depends on a server that was not checked."
        }
        Kind::ReflectsAnyOrigin | Kind::WildcardInsteadOfList => {
            "Any website that a user visits can read these answers."
        }
        Kind::WildcardWithPrivateData => {
            "Any website that a user visits can read these answers, as far as they need no cookie."
        }
        Kind::TrustsNull => {
            "Any website can put a script into a sandboxed frame, whose origin is null, and read these answers."
        }
        Kind::TrustsPrefix
        | Kind::TrustsSuffix
        | Kind::TrustsSubstring
        | Kind::TrustsUnescapedDot
        | Kind::TrustsSpecialCharacters => {
            "An attacker registers such a name, and a user who visits it gives these answers away."
        }
        Kind::TrustsSubdomain => {
            "Whoever gets hold of any sub-domain (an old one, a user's own, one with a script injected) reads these answers."
        }
        Kind::TrustsOtherScheme => {
            "Whoever sits between a user and the network can answer for the http page, and reads what https protects."
        }
        Kind::TrustsOtherPort => {
            "Another program on the same host, perhaps somebody else's, reads these answers."
        }
        Kind::TrustsLocalhost => {
            "Any program that serves a page on the user's machine reads these answers, in production too."
        }
        Kind::VaryMissing => {
            "No cache has mixed up origins here; one that keeps this answer will lock out everybody but the first."
        }
        Kind::MaxAgeMissing => "Browsers ask again after five seconds: each request costs two round trips.",
        Kind::MaxAgeAboveCap => "Nothing breaks: the engines named keep it no longer than their own limit.",
        Kind::MaxAgeDiffers => "Browsers ask more or less often than declared.",
        Kind::MethodUnneeded | Kind::HeaderUnneeded => {
            "Declared origins may do more than they need: what a mistake there can do is larger."
        }
        Kind::WildcardWithCredentialsIgnored => {
            "No engine honours the pair: requests with credentials fail, all others ignore it."
        }
        Kind::StateChangedUnread => {
            "CORS is no authorisation: any website can have a user's browser send this, and only reading is blocked."
        }
        Kind::AllowOriginOnDeny => "Nobody is let in; a stranger learns a name.",
        Kind::PreflightSwallowsOptions => "Whoever asks for the resource's own OPTIONS never reaches it.",
        Kind::CredentialsNotExactlyTrue => "Browsers treat it as if it were not there.",
    }
}

/// What a point is called in a checklist.
pub fn title(point: Point) -> &'static str {
    match point {
        Point::Origins => "Declared origins can read, nobody else can",
        Point::Preflight => "Preflights are answered with an ok status",
        Point::Credentials => "Credentials are granted as declared",
        Point::Vary => "Vary: Origin where the answer depends on it",
        Point::Methods => "Only the methods that are needed",
        Point::Headers => "Only the request headers that are needed",
        Point::MaxAge => "Max-Age is set, and as engines keep it",
        Point::Reflection => "The Origin is compared, not sent back",
        Point::ExposeHeaders => "Response headers that scripts need are exposed",
        Point::Consistency => "The same in every engine, every time",
    }
}

/// `a, b and c`; no more than some.
fn listed(subjects: &BTreeSet<String>) -> String {
    const MOST: usize = 5;
    let shown: Vec<&str> = subjects.iter().take(MOST).map(String::as_str).collect();
    let rest = subjects.len().saturating_sub(MOST);
    match (shown.as_slice(), rest) {
        ([], _) => String::new(),
        ([one], _) => (*one).to_owned(),
        ([most @ .., last], 0) => format!("{} and {last}", most.join(", ")),
        (shown, rest) => format!("{} and {rest} more", shown.join(", ")),
    }
}
