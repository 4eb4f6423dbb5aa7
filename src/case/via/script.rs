//! The page's scripts that make requests, by file.

/// A script that asks, in one way or in several. `page` has its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageScript {
    /// `fetch.js`
    Fetch,
    /// `xhr.js`
    Xhr,
    /// `event-source.js`
    EventSource,
    /// `beacon.js`
    Beacon,
    /// `web-socket.js`
    WebSocket,
    /// `timing.js`
    Timing,
    /// `cache.js`
    Cache,
    /// `script.js`
    ScriptElement,
    /// `import.js`
    Import,
    /// `worker.js`
    Worker,
    /// `import-scripts.js`
    ImportScripts,
    /// `service-worker-script.js`
    ServiceWorker,
    /// `img.js`
    Image,
    /// `svg.js`
    Svg,
    /// `track.js`
    Track,
    /// `media.js`
    Media,
    /// `stylesheet.js`
    Stylesheet,
    /// `font.js`
    Font,
    /// `css-image.js`
    CssImage,
    /// `css-import.js`
    CssImport,
    /// `link.js`
    Link,
    /// `form.js`
    Form,
    /// `frames.js`
    Frames,
    /// `window_open.js`
    WindowOpen,
    /// `embedded.js`
    Embedded,
    /// `window_access.js`
    WindowAccess,
    /// `message.js`
    Message,
    /// `storage.js`
    Storage,
}

impl PageScript {
    /// Whether each request that it makes has a frame or a window of its own, which costs a page more than the request.
    pub(crate) fn makes_documents(self) -> bool {
        matches!(
            self,
            Self::Form
                | Self::Frames
                | Self::WindowOpen
                | Self::Embedded
                | Self::WindowAccess
                | Self::Message
        )
    }
}
