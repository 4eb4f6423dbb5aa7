//! What each reason means and what to change, for people whose read was blocked.

mod check;
mod console;
mod element;
mod fetch;
mod policy;
mod preflight;
mod redirect;
mod requirement;
mod service_worker;
mod windows;

use browsers::Engine;
use fetch_model::Reason;

pub(crate) use console::messages;
pub(in crate::report) use console::{command_line, gaps};
pub(crate) use requirement::requirement;

use super::{
    ink::{Ink, Tone},
    sheet::Sheet,
};

/// The explanation of one reason, as `corsproof explain` prints it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explanation {
    /// The reason in one line.
    pub title: &'static str,
    /// What went wrong, step by step.
    pub what: &'static str,
    /// The header field that decides, if there is one.
    pub header: Option<&'static str>,
    /// What to change, whatever the server is.
    pub remedy: &'static str,
    /// How the usual servers are configured.
    pub servers: Servers,
    /// The anchor of the standard's step.
    pub spec: &'static str,
    /// The messages in the engines' consoles.
    pub engines: Words,
}

/// The configuration of three servers that many people use.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Servers {
    /// Code or configuration for these servers.
    Code {
        /// Express with the package `cors`.
        express: &'static str,
        /// FastAPI with its `CORSMiddleware`.
        fastapi: &'static str,
        nginx: &'static str,
    },
    /// The request must change, not the server.
    NotTheirs,
}

/// An engine's words; `None` where it says nothing of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub chromium: Option<&'static str>,
    pub firefox: Option<&'static str>,
    pub webkit: Option<&'static str>,
}

pub(crate) fn explain(reason: Reason) -> &'static Explanation {
    match reason {
        Reason::AllowOriginMissing => &check::ALLOW_ORIGIN_MISSING,
        Reason::AllowOriginMismatch => &check::ALLOW_ORIGIN_MISMATCH,
        Reason::AllowOriginMultiple => &check::ALLOW_ORIGIN_MULTIPLE,
        Reason::WildcardWithCredentials => &check::WILDCARD_WITH_CREDENTIALS,
        Reason::AllowCredentialsNotTrue => &check::ALLOW_CREDENTIALS_NOT_TRUE,
        Reason::PreflightStatus => &preflight::PREFLIGHT_STATUS,
        Reason::PreflightRedirect => &preflight::PREFLIGHT_REDIRECT,
        Reason::AllowMethodsInvalid => &preflight::ALLOW_METHODS_INVALID,
        Reason::AllowHeadersInvalid => &preflight::ALLOW_HEADERS_INVALID,
        Reason::MethodNotAllowed => &preflight::METHOD_NOT_ALLOWED,
        Reason::HeaderNotAllowed => &preflight::HEADER_NOT_ALLOWED,
        Reason::RedirectCredentials => &redirect::REDIRECT_CREDENTIALS,
        Reason::RedirectScheme => &redirect::REDIRECT_SCHEME,
        Reason::RedirectLocation => &redirect::REDIRECT_LOCATION,
        Reason::RedirectLimit => &redirect::REDIRECT_LIMIT,
        Reason::RedirectMode => &redirect::REDIRECT_MODE,
        Reason::RedirectStream => &redirect::REDIRECT_STREAM,
        Reason::RequestMode => &fetch::REQUEST_MODE,
        Reason::UrlScheme => &fetch::URL_SCHEME,
        Reason::InvalidRequest => &fetch::INVALID_REQUEST,
        Reason::Integrity => &element::INTEGRITY,
        Reason::MimeType => &element::MIME_TYPE,
        Reason::Unusable => &element::UNUSABLE,
        Reason::TaintedCanvas => &element::TAINTED_CANVAS,
        Reason::SilentMedia => &element::SILENT_MEDIA,
        Reason::MutedError => &element::MUTED_ERROR,
        Reason::StylesheetOrigin => &element::STYLESHEET_ORIGIN,
        Reason::DocumentOrigin => &element::DOCUMENT_ORIGIN,
        Reason::ResourcePolicy => &fetch::RESOURCE_POLICY,
        Reason::ServiceWorkerResponse => &service_worker::SERVICE_WORKER_RESPONSE,
        Reason::UnaskedRange => &service_worker::UNASKED_RANGE,
        Reason::MixedContent => &fetch::MIXED_CONTENT,
        Reason::LocalNetworkAccess => &fetch::LOCAL_NETWORK_ACCESS,
        Reason::ContentSecurityPolicy => &policy::CONTENT_SECURITY_POLICY,
        Reason::TimingAllowOrigin => &policy::TIMING_ALLOW_ORIGIN,
        Reason::OpaqueResponse => &policy::OPAQUE_RESPONSE,
        Reason::BadPort => &fetch::BAD_PORT,
        Reason::NetworkFailure => &fetch::NETWORK_FAILURE,
        Reason::KeepaliveLimit => &fetch::KEEPALIVE_LIMIT,
        Reason::CrossOriginObject => &windows::CROSS_ORIGIN_OBJECT,
        Reason::TargetOrigin => &windows::TARGET_ORIGIN,
        Reason::OpaqueStorage => &windows::OPAQUE_STORAGE,
    }
}

/// All reasons, one on each line.
pub(crate) fn overview(ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    for reason in Reason::ALL {
        let word = format!("{:<26}", reason.word());
        sheet.line(&[(Tone::Strong, &word), (Tone::Normal, explain(*reason).title)]);
    }
    sheet.gap();
    sheet.paragraph(0, Tone::Quiet, "corsproof explain REASON says what happened and what to change; corsproof explain 'the words of a console' does the same for a browser's own words.");
    sheet.into_text()
}

/// The page of one reason.
pub(crate) fn page(reason: Reason, ink: Ink, width: usize) -> String {
    let explanation = explain(reason);
    let mut sheet = Sheet::new(ink, width);
    sheet.line(&[(Tone::Strong, reason.word())]);
    sheet.paragraph(0, Tone::Normal, explanation.title);
    sheet.gap();
    sheet.labelled("happened", Tone::Normal, explanation.what);
    sheet.labelled("header", Tone::Normal, explanation.header.unwrap_or("none decides this"));
    sheet.labelled("change", Tone::Good, explanation.remedy);
    servers(&mut sheet, explanation);
    sheet.gap();
    let Words { chromium, firefox, webkit } = explanation.engines;
    for engine in Engine::ALL {
        let (name, words) = match engine {
            Engine::Chromium => ("Chromium", chromium),
            Engine::Firefox => ("Firefox", firefox),
            Engine::WebKit => ("WebKit", webkit),
        };
        sheet.labelled(name, Tone::Notice, words.unwrap_or("says nothing of its own"));
    }
    sheet.labelled("standard", Tone::Quiet, explanation.spec);
    sheet.into_text()
}

/// How the usual servers are configured, where it is theirs to change.
fn servers(sheet: &mut Sheet, explanation: &Explanation) {
    let Servers::Code { express, fastapi, nginx } = explanation.servers else { return };
    for (server, code) in [("Express", express), ("FastAPI", fastapi), ("nginx", nginx)] {
        sheet.gap();
        sheet.line(&[(Tone::Strong, "  "), (Tone::Strong, server)]);
        sheet.verbatim(4, Tone::Normal, code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_fits_a_terminal() {
        for reason in Reason::ALL {
            let page = page(*reason, Ink::Plain, 80);
            for line in page.lines().filter(|line| !line.contains("://")) {
                assert!(line.chars().count() <= 80, "{}: {line}", reason.word());
            }
        }
        for line in overview(Ink::Plain, 80).lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn a_page_reads_well() {
        insta::assert_snapshot!(page(Reason::MethodNotAllowed, Ink::Plain, 80));
    }
}
