//! The ways of asking, and what each of them is like.

use crate::standard::words;

words! {
    /// How a script asks.
    Via {
        /// `fetch()`.
        Fetch = "fetch",
        /// An asynchronous `XMLHttpRequest`.
        Xhr = "xhr",
        /// `<img>`, read through a canvas.
        Image = "img",
        /// A classic `<script>`, read by the error it throws.
        Script = "script",
        /// `<script type=module>`, read by the error it throws.
        ModuleScript = "module-script",
        /// `import()`, read by what it exports.
        Import = "import",
        /// `<link rel=stylesheet>`, read by its rules.
        Stylesheet = "stylesheet",
        /// A synchronous `XMLHttpRequest`.
        XhrSync = "xhr-sync",
        /// `EventSource`, read by its first message.
        EventSource = "event-source",
        /// `navigator.sendBeacon()`, which lets nobody read.
        Beacon = "beacon",
        /// `WebSocket`, read by the echo of what it sends.
        WebSocket = "web-socket",
        /// A `<form>` submitted into an iframe, read by the iframe's document.
        Form = "form",
        /// `new Worker()`, read by its first message.
        Worker = "worker",
        /// `importScripts()` in a worker, read by the error that the script throws.
        ImportScripts = "import-scripts",
        /// `<track>`, read by its first cue; `crossorigin` is its media element's.
        Track = "track",
        /// `fetch()`, read by its PerformanceResourceTiming entry.
        Timing = "timing",
        /// No request: an operation on another window's objects.
        Window = "window",
        /// No request: a message to another window.
        Message = "message",
        /// No request: an operation on the document's own storage.
        Storage = "storage",
    }
}

impl Via {
    /// How messages call it.
    pub fn api(self) -> &'static str {
        match self {
            Self::Fetch => "fetch()",
            Self::Xhr => "XMLHttpRequest",
            Self::Image => "<img>",
            Self::Script => "<script>",
            Self::ModuleScript => "<script type=module>",
            Self::Import => "import()",
            Self::Stylesheet => "<link rel=stylesheet>",
            Self::XhrSync => "synchronous XMLHttpRequest",
            Self::EventSource => "EventSource",
            Self::Beacon => "sendBeacon()",
            Self::WebSocket => "WebSocket",
            Self::Form => "<form>",
            Self::Worker => "Worker",
            Self::ImportScripts => "importScripts()",
            Self::Track => "<track>",
            Self::Timing => "Resource Timing",
            Self::Window => "another window",
            Self::Message => "postMessage()",
            Self::Storage => "storage",
        }
    }

    /// Whether it reaches for another window or for storage, and makes no request.
    pub fn asks_no_server(self) -> bool {
        matches!(self, Self::Window | Self::Message | Self::Storage)
    }

    /// Whether a script sees a whole response: its status, header fields and URL.
    pub fn shows_a_response(self) -> bool {
        matches!(self, Self::Fetch | Self::Xhr | Self::XhrSync)
    }

    /// What an API can be told besides its URL.
    pub(super) fn options(self) -> &'static [&'static str] {
        match self {
            Self::Fetch => {
                &["method", "mode", "credentials", "redirect", "cache", "referrer-policy", "headers", "body"]
            }
            Self::Xhr => &["method", "credentials", "headers", "body", "upload-listener"],
            Self::Image => &["crossorigin", "reading"],
            Self::Script | Self::ModuleScript | Self::Stylesheet => &["crossorigin", "integrity"],
            Self::XhrSync => &["method", "credentials", "headers", "body"],
            Self::EventSource => &["credentials"],
            Self::Track => &["crossorigin"],
            Self::Timing => &["mode", "credentials", "member"],
            Self::Beacon | Self::WebSocket => &["body"],
            Self::Form => &["method", "enctype", "body"],
            Self::Import | Self::Worker | Self::ImportScripts => &[],
            // They ask no server; see `access_keys`.
            Self::Window | Self::Message | Self::Storage => &[],
        }
    }

    /// What each access must say, and may.
    pub(super) fn access_keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Window => (&["object", "operation"], &["url", "property", "reached", "sandbox"]),
            Self::Message => (&["target-origin"], &["url", "reached", "sandbox"]),
            Self::Storage => (&["object", "operation", "property"], &["body"]),
            _ => (&[], &[]),
        }
    }
}
