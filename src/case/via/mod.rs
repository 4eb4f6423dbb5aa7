//! The ways of asking, and what each of them is like.
//!
//! A way of asking is one line below, with its word, and one row, a [`Row`], in the file of its kind. What a row names
//! and no other module has yet, the compiler misses there; a function of a page's script, a test of `page`.

mod accesses;
mod caches;
mod documents;
mod links;
mod media;
mod model;
mod requests;
mod row;
mod script;
mod scripts;
mod styles;
mod workers;

use row::Row;

use super::request::Reading;
use crate::words::words;

pub(crate) use {
    model::{AccessKind, Algorithm, Model},
    row::{Callers, Cors, Disclosure},
    script::PageScript,
};

/// Makes `Via` of its members, and leads each to its row.
macro_rules! vias {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $row:path,)*) => {
        words! {
            /// How a script asks.
            pub(crate) Via { $($(#[$doc])* $name = $word,)* }
        }

        impl Via {
            fn row(self) -> &'static Row {
                match self { $(Self::$name => &$row,)* }
            }
        }
    };
}

vias! {
    /// `fetch()`.
    Fetch = "fetch": requests::FETCH,
    /// An asynchronous `XMLHttpRequest`.
    Xhr = "xhr": requests::XHR,
    /// `<img>`, read through a canvas.
    Image = "img": media::IMAGE,
    /// A classic `<script>`, read by the error it throws.
    Script = "script": scripts::SCRIPT,
    /// `<script type=module>`, read by the error it throws.
    ModuleScript = "module-script": scripts::MODULE_SCRIPT,
    /// `import()`, read by what it exports.
    Import = "import": scripts::IMPORT,
    /// `import()` of a bare name that an import map leads to the URL, read in the same way.
    ImportMap = "import-map": scripts::IMPORT_MAP,
    /// `import()` of JSON, read by its value.
    ImportJson = "import-json": scripts::IMPORT_JSON,
    /// `<link rel=stylesheet>`, read by its rules.
    Stylesheet = "stylesheet": styles::STYLESHEET,
    /// A synchronous `XMLHttpRequest`.
    XhrSync = "xhr-sync": requests::XHR_SYNC,
    /// `EventSource`, read by its first message.
    EventSource = "event-source": requests::EVENT_SOURCE,
    /// `navigator.sendBeacon()`, which lets nobody read.
    Beacon = "beacon": requests::BEACON,
    /// `WebSocket`, read by the echo of what it sends.
    WebSocket = "web-socket": requests::WEB_SOCKET,
    /// A `<form>` submitted into an iframe, read by the iframe's document.
    Form = "form": documents::FORM,
    /// `<iframe>`, read by its document.
    Iframe = "iframe": documents::IFRAME,
    /// `window.open()`, read by the document of the window that it opens.
    WindowOpen = "window-open": documents::WINDOW_OPEN,
    /// `new Worker()`, read by its first message.
    Worker = "worker": workers::WORKER,
    /// `new Worker()` of a module, read in the same way.
    ModuleWorker = "module-worker": workers::MODULE_WORKER,
    /// `new SharedWorker()`, read by the first message to who connects.
    SharedWorker = "shared-worker": workers::SHARED_WORKER,
    /// `importScripts()` in a worker, read by the error that the script throws.
    ImportScripts = "import-scripts": workers::IMPORT_SCRIPTS,
    /// `<track>`, read by its first cue; `crossorigin` is its media element's.
    Track = "track": media::TRACK,
    /// `fetch()`, read by its PerformanceResourceTiming entry.
    Timing = "timing": requests::TIMING,
    /// `<audio>`, read by its duration or by Web Audio.
    Audio = "audio": media::AUDIO,
    /// `<video>`, read through a canvas like an image.
    Video = "video": media::VIDEO,
    /// `new FontFace()`, read by the width of its characters.
    Font = "font": styles::FONT,
    /// `@font-face`, read in the same way.
    FontFace = "font-face": styles::FONT_FACE,
    /// An image of a style sheet, read by the room it takes, where it takes any.
    CssImage = "css-image": styles::CSS_IMAGE,
    /// `@import` in a style sheet of the page's own, read by the rules of the imported one.
    CssImport = "css-import": styles::CSS_IMPORT,
    /// SVG's `<image>`, read through a canvas.
    SvgImage = "svg-image": media::SVG_IMAGE,
    /// SVG's `<use>`, read by the size of the shape that it refers to.
    SvgUse = "svg-use": media::SVG_USE,
    /// `<object>`, read by the title of the document in it.
    Object = "object": documents::OBJECT,
    /// `<embed>`, read in the same way.
    Embed = "embed": documents::EMBED,
    /// `<link rel=preload>`, which lets nobody read.
    Preload = "preload": links::PRELOAD,
    /// `<link rel=modulepreload>`, which lets nobody read.
    ModulePreload = "modulepreload": links::MODULE_PRELOAD,
    /// `<link rel=prefetch>`, which lets nobody read.
    Prefetch = "prefetch": links::PREFETCH,
    /// `Cache.add()`, read by `Cache.match()`.
    CacheAdd = "cache-add": caches::CACHE_ADD,
    /// `Cache.addAll()` with this request alone, read by `Cache.match()`.
    CacheAddAll = "cache-add-all": caches::CACHE_ADD_ALL,
    /// `Cache.put()` of what `fetch()` gives, read by `Cache.match()`.
    CachePut = "cache-put": caches::CACHE_PUT,
    /// `navigator.serviceWorker.register()`, which lets nobody read.
    ServiceWorker = "service-worker": workers::SERVICE_WORKER,
    /// No request: an operation on another window's objects.
    Window = "window": accesses::WINDOW,
    /// No request: a message to another window.
    Message = "message": accesses::MESSAGE,
    /// No request: an operation on the document's own storage.
    Storage = "storage": accesses::STORAGE,
}

impl Via {
    /// The API or element as messages name it.
    pub(crate) fn api(self) -> &'static str {
        self.row().api
    }

    /// Whether the API accesses another window or storage, and makes no request.
    pub(crate) fn asks_no_server(self) -> bool {
        self.accesses().is_some()
    }

    /// The kind of access, where the API makes no request but reaches another window or storage.
    pub(crate) fn accesses(self) -> Option<AccessKind> {
        if let Model::Access(kind) = self.row().model { Some(kind) } else { None }
    }

    /// The keys that a case must set besides the URL.
    pub(crate) fn needed(self) -> &'static [&'static str] {
        self.row().needed
    }

    /// All that can be said of it besides its URL, what must be first.
    pub(crate) fn options(self) -> Vec<&'static str> {
        [self.row().needed, self.row().allowed].concat()
    }

    /// How a script can try to read, where there are several ways; the first one unless a case says otherwise.
    pub(crate) fn readings(self) -> &'static [Reading] {
        self.row().readings
    }

    /// The page's script that calls the API.
    pub(crate) fn script(self) -> PageScript {
        self.row().script
    }

    /// The kinds of environment in which cases use this API.
    pub(crate) fn callers(self) -> Callers {
        self.row().callers
    }

    /// What a script learns of a response.
    pub(crate) fn disclosure(self) -> Disclosure {
        self.row().disclosure
    }

    /// Whether the API makes a CORS request.
    pub(crate) fn cors(self) -> Cors {
        self.row().cors
    }

    /// The algorithm of the standards that the model executes for the API.
    pub(crate) fn model(self) -> Model {
        self.row().model
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_in_several_ways_can_be_told_which() {
        for via in Via::ALL {
            assert_eq!(
                via.options().contains(&"reading"),
                !via.readings().is_empty(),
                "via = {}",
                via.word()
            );
        }
    }
}
