//! The ways of asking, and what each of them is like.

use crate::{case::Reading, words::words};

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
        /// `import()` of a bare name that an import map leads to the URL, read in the same way.
        ImportMap = "import-map",
        /// `import()` of JSON, read by its value.
        ImportJson = "import-json",
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
        /// `<iframe>`, read by its document.
        Iframe = "iframe",
        /// `window.open()`, read by the document of the window that it opens.
        WindowOpen = "window-open",
        /// `new Worker()`, read by its first message.
        Worker = "worker",
        /// `new Worker()` of a module, read in the same way.
        ModuleWorker = "module-worker",
        /// `new SharedWorker()`, read by the first message to who connects.
        SharedWorker = "shared-worker",
        /// `importScripts()` in a worker, read by the error that the script throws.
        ImportScripts = "import-scripts",
        /// `<track>`, read by its first cue; `crossorigin` is its media element's.
        Track = "track",
        /// `fetch()`, read by its PerformanceResourceTiming entry.
        Timing = "timing",
        /// `<audio>`, read by its duration or by Web Audio.
        Audio = "audio",
        /// `<video>`, read through a canvas like an image.
        Video = "video",
        /// `new FontFace()`, read by the width of its characters.
        Font = "font",
        /// `@font-face`, read in the same way.
        FontFace = "font-face",
        /// An image of a style sheet, read by the room it takes, where it takes any.
        CssImage = "css-image",
        /// `@import` in a style sheet of the page's own, read by the rules of the imported one.
        CssImport = "css-import",
        /// SVG's `<image>`, read through a canvas.
        SvgImage = "svg-image",
        /// SVG's `<use>`, read by the size of the shape that it refers to.
        SvgUse = "svg-use",
        /// `<object>`, read by the title of the document in it.
        Object = "object",
        /// `<embed>`, read in the same way.
        Embed = "embed",
        /// `<link rel=preload>`, which lets nobody read.
        Preload = "preload",
        /// `<link rel=modulepreload>`, which lets nobody read.
        ModulePreload = "modulepreload",
        /// `<link rel=prefetch>`, which lets nobody read.
        Prefetch = "prefetch",
        /// `Cache.add()`, read by `Cache.match()`.
        CacheAdd = "cache-add",
        /// `Cache.addAll()` with this request alone, read by `Cache.match()`.
        CacheAddAll = "cache-add-all",
        /// `Cache.put()` of what `fetch()` gives, read by `Cache.match()`.
        CachePut = "cache-put",
        /// `navigator.serviceWorker.register()`, which lets nobody read.
        ServiceWorker = "service-worker",
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
            Self::ImportMap => "import() by an import map",
            Self::ImportJson => "import() of JSON",
            Self::Stylesheet => "<link rel=stylesheet>",
            Self::XhrSync => "synchronous XMLHttpRequest",
            Self::EventSource => "EventSource",
            Self::Beacon => "sendBeacon()",
            Self::WebSocket => "WebSocket",
            Self::Form => "<form>",
            Self::Iframe => "<iframe>",
            Self::WindowOpen => "window.open()",
            Self::Worker => "Worker",
            Self::ModuleWorker => "a module Worker",
            Self::SharedWorker => "SharedWorker",
            Self::ImportScripts => "importScripts()",
            Self::Track => "<track>",
            Self::Timing => "Resource Timing",
            Self::Audio => "<audio>",
            Self::Video => "<video>",
            Self::Font => "FontFace",
            Self::FontFace => "@font-face",
            Self::CssImage => "a CSS image",
            Self::CssImport => "@import",
            Self::SvgImage => "SVG <image>",
            Self::SvgUse => "SVG <use>",
            Self::Object => "<object>",
            Self::Embed => "<embed>",
            Self::Preload => "<link rel=preload>",
            Self::ModulePreload => "<link rel=modulepreload>",
            Self::Prefetch => "<link rel=prefetch>",
            Self::CacheAdd => "Cache.add()",
            Self::CacheAddAll => "Cache.addAll()",
            Self::CachePut => "Cache.put()",
            Self::ServiceWorker => "a service worker",
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
        self.shows_a_response_object() || matches!(self, Self::Xhr | Self::XhrSync)
    }

    /// Whether a script sees it as a `Response`: its type as well, and whether it was redirected.
    pub fn shows_a_response_object(self) -> bool {
        matches!(self, Self::Fetch | Self::CacheAdd | Self::CacheAddAll | Self::CachePut)
    }

    /// What an API can be told besides its URL.
    pub(crate) fn options(self) -> &'static [&'static str] {
        match self {
            Self::Fetch => &[
                "method",
                "mode",
                "credentials",
                "redirect",
                "cache",
                "referrer",
                "referrer-policy",
                "integrity",
                "keepalive",
                "headers",
                "body",
            ],
            Self::CacheAdd | Self::CacheAddAll | Self::CachePut => {
                &["method", "mode", "credentials", "redirect", "headers"]
            }
            Self::Xhr => &["method", "credentials", "headers", "body", "upload-listener"],
            Self::Image => &["crossorigin", "referrer-policy", "reading"],
            Self::Script | Self::ModuleScript | Self::Stylesheet => {
                &["crossorigin", "integrity", "referrer-policy"]
            }
            Self::ImportMap => &["integrity"],
            Self::Iframe => &["referrer-policy"],
            Self::XhrSync => &["method", "credentials", "headers", "body"],
            Self::EventSource => &["credentials"],
            Self::Timing => &["mode", "credentials", "member"],
            Self::Audio | Self::Video => &["crossorigin", "reading"],
            Self::Track | Self::SvgImage | Self::ModulePreload | Self::Prefetch => &["crossorigin"],
            Self::Preload => &["as", "crossorigin"],
            Self::CssImage => &["css-property"],
            Self::Beacon | Self::WebSocket => &["body"],
            // The policy is that of the document that the form is in.
            Self::Form => &["method", "enctype", "referrer-policy", "body"],
            Self::Import | Self::ImportJson | Self::WindowOpen | Self::ImportScripts => &[],
            Self::Worker | Self::ModuleWorker | Self::SharedWorker | Self::ServiceWorker => &[],
            Self::Font | Self::FontFace | Self::CssImport | Self::SvgUse | Self::Object | Self::Embed => &[],
            // They ask no server; see `access_keys`.
            Self::Window | Self::Message | Self::Storage => &[],
        }
    }

    /// What must be said besides its URL.
    pub(crate) fn needed_options(self) -> &'static [&'static str] {
        match self {
            Self::Preload => &["as"],
            Self::CssImage => &["css-property"],
            _ => &[],
        }
    }

    /// How a script can try to read; the first one unless a case says otherwise.
    pub(crate) fn readings(self) -> &'static [Reading] {
        const ALL: &[Reading] = &[
            Reading::GetImageData,
            Reading::ToDataUrl,
            Reading::ToBlob,
            Reading::Pattern,
            Reading::SecondCanvas,
            Reading::ImageBitmap,
            Reading::OffscreenCanvas,
            Reading::NaturalSize,
            // Of media alone.
            Reading::Duration,
        ];
        match self {
            Self::Image => &ALL[..ALL.len() - 1],
            Self::Video => ALL,
            Self::Audio => &[Reading::Duration, Reading::WebAudio],
            _ => &[Reading::GetImageData],
        }
    }

    /// What each access must say, and may.
    pub(crate) fn access_keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Window => {
                (&["object", "operation"], &["url", "property", "reached", "sandbox", "document-domain"])
            }
            Self::Message => (&["target-origin"], &["url", "reached", "sandbox"]),
            Self::Storage => (&["object", "operation", "property"], &["body"]),
            _ => (&[], &[]),
        }
    }
}
