//! The algorithm of the standards that each API or element follows.

use fetch_model::{
    Synchronous,
    html::{CacheOperation, StyleResource},
    mime_type::Destination,
};

/// The algorithm of the standards that the model executes for an API or element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    Fetch,
    XmlHttpRequest(Synchronous),
    /// A `Cache`, and what it fetches or is given.
    Cache(CacheOperation),
    /// `fetch()`, and the timing entry that reports it.
    Timing,
    /// An element, or an API that shows no response.
    Element(Algorithm),
    /// No fetch: an access to another window or to storage.
    Access(AccessKind),
}

/// The algorithm of an element or its like, by its name in the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// <https://html.spec.whatwg.org/multipage/images.html#update-the-image-data>
    UpdateTheImageData,
    FetchAClassicScript,
    /// Fetch an external module script graph.
    FetchAModuleScript,
    Import,
    /// `import()` with the module type `json`.
    ImportJson,
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet>
    LinkTypeStylesheet,
    EventSource,
    SendBeacon,
    EstablishAWebSocketConnection,
    /// Navigate, with the destination of the navigable.
    Navigate(Destination),
    SubmitAForm,
    FetchAClassicWorkerScript(Destination),
    /// Fetch a module worker script graph.
    FetchAModuleWorkerScript,
    ImportScripts,
    /// `navigator.serviceWorker.register()`.
    Register,
    StartTheTrackProcessingModel,
    /// The resource fetch algorithm of a media element.
    ResourceFetch(Destination),
    FetchAStyleResource(StyleResource),
    /// Fetch a style resource: the image of the property that the case names.
    FetchAnImageOfAProperty,
    ProcessAUseElement,
    /// Navigate what an `object` or `embed` element shows.
    NavigateAnEmbeddedDocument,
    /// `<link rel=preload>`.
    Preload,
    /// `<link rel=modulepreload>`.
    Modulepreload,
    /// `<link rel=prefetch>`.
    Prefetch,
}

/// The kind of thing that an access reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccessKind {
    /// Properties of another window's objects.
    Window,
    /// `postMessage()` to another window.
    Message,
    /// `localStorage` or `sessionStorage` of the document's own origin.
    Storage,
}
