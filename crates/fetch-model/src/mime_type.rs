//! MIME types, as far as they say what a response may be used for.

use super::{header::HeaderList, reason::Reason, words};

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-destination>: what a resource is for.
    Destination {
        /// None: fetch(), XMLHttpRequest, EventSource, WebSocket, beacons.
        Empty = "",
        /// A navigation of a top-level window.
        Document = "document",
        /// A navigation of an iframe.
        Iframe = "iframe",
        /// An image.
        Image = "image",
        /// A script.
        Script = "script",
        /// A style sheet.
        Style = "style",
        /// A text track.
        Track = "track",
        /// A font.
        Font = "font",
        /// An audio element's media.
        Audio = "audio",
        /// A video element's media.
        Video = "video",
        /// A document in an object or an embed element.
        Object = "object",
        /// A script of a worker.
        Worker = "worker",
        /// A script of a shared worker.
        SharedWorker = "sharedworker",
        /// A module of JSON.
        Json = "json",
    }
}

impl Destination {
    /// <https://fetch.spec.whatwg.org/#request-destination-script-like>
    fn is_script_like(self) -> bool {
        matches!(self, Self::Script | Self::Worker | Self::SharedWorker)
    }
}

/// The essence of <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>; empty for failure.
pub fn essence(headers: &HeaderList) -> String {
    let value = headers.get("Content-Type").unwrap_or_default();
    // Departs: the last value counts, whatever is wrong with it; cases write whole types.
    let last = value.rsplit(',').next().unwrap_or_default();
    last.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>, the usual ones.
pub fn is_javascript(essence: &str) -> bool {
    matches!(
        essence,
        "text/javascript"
            | "application/javascript"
            | "application/x-javascript"
            | "application/ecmascript"
            | "text/ecmascript"
    )
}

/// <https://mimesniff.spec.whatwg.org/#json-mime-type>
pub fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?>
///
/// # Errors
/// That it is blocked.
pub(super) fn should_be_blocked_due_to_mime_type(
    destination: Destination,
    headers: &HeaderList,
) -> Result<(), Reason> {
    let essence = essence(headers);
    let is_no_script =
        ["audio/", "image/", "video/"].iter().any(|kind| essence.starts_with(kind)) || essence == "text/csv";
    if destination.is_script_like() && is_no_script { Err(Reason::MimeType) } else { Ok(()) }
}

/// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?>
///
/// # Errors
/// That it is blocked.
pub(super) fn should_be_blocked_due_to_nosniff(
    destination: Destination,
    headers: &HeaderList,
) -> Result<(), Reason> {
    let value = headers.get("X-Content-Type-Options").unwrap_or_default();
    let first = value.split(',').next().unwrap_or_default().trim();
    if !first.eq_ignore_ascii_case("nosniff") {
        return Ok(());
    }
    let essence = essence(headers);
    let fits = match destination {
        Destination::Script | Destination::Worker | Destination::SharedWorker => is_javascript(&essence),
        Destination::Style => essence == "text/css",
        Destination::Empty
        | Destination::Document
        | Destination::Json
        | Destination::Image
        | Destination::Font
        | Destination::Audio
        | Destination::Video
        | Destination::Object
        | Destination::Iframe
        | Destination::Track => true,
    };
    if fits { Ok(()) } else { Err(Reason::MimeType) }
}
