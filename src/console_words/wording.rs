//! The words that only people read: WebKit's, those that fit several reasons, and the names that engines have for their
//! errors. What verdicts rest on stands in the judge's tables and is not repeated here.

use browsers::Engine;
use fetch_model::Reason;

use super::{
    meaning::{BrowserMatter, Meaning},
    message::Speaker,
};
use crate::judge;

/// Words in their order, and what they mean.
#[derive(Clone, Debug)]
pub(super) struct Wording {
    pub speaker: Speaker,
    pub words: &'static [&'static str],
    pub meaning: Meaning,
}

/// Every wording: the judge's, and those of this file.
pub(super) fn all() -> Vec<Wording> {
    let judged = Engine::ALL.into_iter().flat_map(|engine| {
        judge::wordings(engine).iter().map(move |(words, reason)| Wording {
            speaker: Speaker::Engine(engine),
            words,
            meaning: Meaning::OneOf(vec![*reason]),
        })
    });
    let reasons = [(CHROMIUM, Engine::Chromium), (FIREFOX, Engine::Firefox), (WEBKIT, Engine::WebKit)];
    let of_engines = reasons.into_iter().flat_map(|(table, engine)| {
        table.iter().map(move |(words, reasons)| wording(Speaker::Engine(engine), words, reasons))
    });
    let shared = OF_TWO.iter().map(|(words, reasons)| wording(Speaker::ChromiumOrFirefox, words, reasons));
    let browser = BROWSER.iter().map(|(words, matter)| Wording {
        speaker: Speaker::Engine(Engine::Firefox),
        words,
        meaning: Meaning::Browser(*matter),
    });
    judged.chain(of_engines).chain(shared).chain(browser).collect()
}

fn wording(speaker: Speaker, words: &'static [&'static str], reasons: &[Reason]) -> Wording {
    Wording { speaker, words, meaning: Meaning::OneOf(reasons.to_vec()) }
}

/// Words, and the reasons that they may mean.
type Table = &'static [(&'static [&'static str], &'static [Reason])];

/// Words of Chromium about what no harness has to read, and the names of its CorsError, which its network panel shows.
const CHROMIUM: Table = &[
    (&["The response is invalid."], &[Reason::NetworkFailure]),
    (&["'Access-Control-Allow-Private-Network' header"], &[Reason::LocalNetworkAccess]),
    (&["Request had a target IP address space of"], &[Reason::LocalNetworkAccess]),
    (&["Request had no target IP address space"], &[Reason::LocalNetworkAccess]),
    (&["'Private-Network-Access-Id' header"], &[Reason::LocalNetworkAccess]),
    (&["'Private-Network-Access-Name' header"], &[Reason::LocalNetworkAccess]),
    (&["Unable to ask for permission to access the"], &[Reason::LocalNetworkAccess]),
    (&["net::ERR_NAME_NOT_RESOLVED"], &[Reason::NetworkFailure]),
    (&["net::ERR_TIMED_OUT"], &[Reason::NetworkFailure]),
    (&["net::ERR_ADDRESS_"], &[Reason::NetworkFailure]),
    (&["net::ERR_CERT_"], &[Reason::NetworkFailure]),
    (&["net::ERR_SSL_"], &[Reason::NetworkFailure]),
    (&["net::ERR_INTERNET_DISCONNECTED"], &[Reason::NetworkFailure]),
    (&["net::ERR_NETWORK_CHANGED"], &[Reason::NetworkFailure]),
    (&["Failed to find a valid digest in the 'integrity' attribute"], &[Reason::Integrity]),
    (&["Failed to load module script: Expected a JavaScript"], &[Reason::MimeType]),
    (&["The FetchEvent for", "resulted in a network error response"], &[Reason::ServiceWorkerResponse]),
    (&["tainted by cross-origin data"], &[Reason::TaintedCanvas]),
    (&["Tainted canvases may not be exported"], &[Reason::TaintedCanvas]),
    (&["outputs zeroes due to CORS access restrictions"], &[Reason::SilentMedia]),
    (&["Failed to read the 'cssRules' property"], &[Reason::StylesheetOrigin]),
    (&["Cannot access rules"], &[Reason::StylesheetOrigin]),
    (&["from accessing a cross-origin frame"], &[Reason::CrossOriginObject, Reason::DocumentOrigin]),
    (&["Failed to execute 'postMessage' on 'DOMWindow': The target origin"], &[Reason::TargetOrigin]),
    (&["sandboxed and lacks the 'allow-same-origin' flag"], &[Reason::OpaqueStorage]),
    (&["MissingAllowOriginHeader"], &[Reason::AllowOriginMissing]),
    (&["AllowOriginMismatch"], &[Reason::AllowOriginMismatch]),
    (&["InvalidAllowOriginValue"], &[Reason::AllowOriginMismatch]),
    (&["MultipleAllowOriginValues"], &[Reason::AllowOriginMultiple]),
    (&["WildcardOriginNotAllowed"], &[Reason::WildcardWithCredentials]),
    (&["InvalidAllowCredentials"], &[Reason::AllowCredentialsNotTrue]),
    (&["PreflightInvalidStatus"], &[Reason::PreflightStatus]),
    (&["PreflightDisallowedRedirect"], &[Reason::PreflightRedirect]),
    (&["InvalidAllowMethodsPreflightResponse"], &[Reason::AllowMethodsInvalid]),
    (&["InvalidAllowHeadersPreflightResponse"], &[Reason::AllowHeadersInvalid]),
    (&["MethodDisallowedByPreflightResponse"], &[Reason::MethodNotAllowed]),
    (&["HeaderDisallowedByPreflightResponse"], &[Reason::HeaderNotAllowed]),
    (&["RedirectContainsCredentials"], &[Reason::RedirectCredentials]),
    (&["CorsDisabledScheme"], &[Reason::UrlScheme]),
    (&["DisallowedByMode"], &[Reason::RequestMode]),
    (&["InsecurePrivateNetwork"], &[Reason::LocalNetworkAccess]),
    (&["LocalNetworkAccessPermissionDenied"], &[Reason::LocalNetworkAccess]),
];

/// Earlier words of Firefox, words that no harness has to read, and the keys by which MDN's pages are called.
const FIREFOX: Table = &[
    (&["missing token", "in CORS header 'Access-Control-Allow-Headers'"], &[Reason::HeaderNotAllowed]),
    (&["CORS preflight channel did not succeed"], &[Reason::PreflightStatus]),
    (&["Content Security Policy: The page's settings blocked"], &[Reason::ContentSecurityPolicy]),
    (&["hashes in the integrity attribute match"], &[Reason::Integrity]),
    (&["was blocked because of a disallowed MIME type"], &[Reason::MimeType]),
    (&["passed to createMediaElementSource has a cross-origin resource"], &[Reason::SilentMedia]),
    (&["Not allowed to access cross-origin stylesheet"], &[Reason::StylesheetOrigin]),
    (&["Permission denied to access property"], &[Reason::CrossOriginObject, Reason::DocumentOrigin]),
    (&["does not match the recipient window's origin"], &[Reason::TargetOrigin]),
    (&["The operation is insecure"], &[Reason::TaintedCanvas, Reason::OpaqueStorage]),
    (&["CORSMissingAllowOrigin"], &[Reason::AllowOriginMissing]),
    (&["CORSAllowOriginNotMatchingOrigin"], &[Reason::AllowOriginMismatch]),
    (&["CORSMultipleAllowOriginNotAllowed"], &[Reason::AllowOriginMultiple]),
    (&["CORSNotSupportingCredentials"], &[Reason::WildcardWithCredentials]),
    (&["CORSMissingAllowCredentials"], &[Reason::AllowCredentialsNotTrue]),
    (&["CORSPreflightDidNotSucceed"], &[Reason::PreflightStatus]),
    (&["CORSExternalRedirectNotAllowed"], &[Reason::PreflightRedirect]),
    (&["CORSInvalidAllowMethod"], &[Reason::AllowMethodsInvalid]),
    (&["CORSInvalidAllowHeader"], &[Reason::AllowHeadersInvalid]),
    (&["CORSMethodNotFound"], &[Reason::MethodNotAllowed]),
    (&["CORSMissingAllowHeaderFromPreflight"], &[Reason::HeaderNotAllowed]),
    (&["CORSRequestNotHttp"], &[Reason::RedirectScheme, Reason::UrlScheme]),
    (&["CORSDidNotSucceed"], &[Reason::NetworkFailure]),
];

/// WebKit's, as its source has them: no way to read them under automation was found.
const WEBKIT: Table = &[
    // One sentence for a header that is not there and for one that names somebody else.
    (
        &["is not allowed by Access-Control-Allow-Origin"],
        &[Reason::AllowOriginMissing, Reason::AllowOriginMismatch],
    ),
    (&["Access-Control-Allow-Origin cannot contain more than one origin"], &[Reason::AllowOriginMultiple]),
    (
        &["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true"],
        &[Reason::WildcardWithCredentials],
    ),
    (&["Credentials flag is true, but Access-Control-Allow-Credentials"], &[Reason::AllowCredentialsNotTrue]),
    (&["Preflight response is not successful"], &[Reason::PreflightStatus]),
    (&["Header Access-Control-Allow-Methods has an invalid value"], &[Reason::AllowMethodsInvalid]),
    (&["Header Access-Control-Allow-Headers has an invalid value"], &[Reason::AllowHeadersInvalid]),
    // With the full stop, which tells them from Chromium's.
    (&["is not allowed by Access-Control-Allow-Methods."], &[Reason::MethodNotAllowed]),
    (&["is not allowed by Access-Control-Allow-Headers."], &[Reason::HeaderNotAllowed]),
    (&["redirection URL", "has credentials"], &[Reason::RedirectCredentials]),
    (
        &["not allowed to follow a cross-origin CORS redirection with non CORS scheme"],
        &[Reason::RedirectScheme],
    ),
    (&["Load cannot follow more than 20 redirections"], &[Reason::RedirectLimit]),
    (&["Not allowed to follow a redirection while loading"], &[Reason::RedirectMode]),
    (
        &["because it violates the resource's Cross-Origin-Resource-Policy response header"],
        &[Reason::ResourcePolicy],
    ),
    (&["requested insecure content from"], &[Reason::MixedContent]),
    (&["directive of the Content Security Policy"], &[Reason::ContentSecurityPolicy]),
    (
        &["load denied by Cross-Origin Resource Sharing policy"],
        &[Reason::AllowOriginMissing, Reason::AllowOriginMismatch],
    ),
    (&["from accessing a frame with origin"], &[Reason::CrossOriginObject, Reason::DocumentOrigin]),
    (&["Unable to post message to", "Recipient has origin"], &[Reason::TargetOrigin]),
];

/// What Chromium and Firefox say in the same words.
const OF_TWO: Table = &[(&["Script error."], &[Reason::MutedError])];

/// What only Firefox says, and no server has a share in.
const BROWSER: &[(&[&str], BrowserMatter)] = &[
    (&["CORS disabled"], BrowserMatter::CorsDisabled),
    (&["CORSDisabled"], BrowserMatter::CorsDisabled),
    (&["CORS header 'Origin' cannot be added"], BrowserMatter::OriginCannotBeAdded),
    (&["CORSOriginHeaderNotAdded"], BrowserMatter::OriginCannotBeAdded),
];
