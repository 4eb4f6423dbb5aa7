//! Which steps of which standard a way of asking follows.

use fetch_model::{
    Synchronous,
    html::{CacheOperation, StyleResource},
    mime_type::Destination,
};

/// What the model executes for a way of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    /// `fetch()`.
    Fetch,
    /// `XMLHttpRequest`.
    XmlHttpRequest(Synchronous),
    /// A `Cache`, and what it fetches or is given.
    Cache(CacheOperation),
    /// `fetch()`, and the timing entry that reports it.
    Timing,
    /// An element, or an API that shows no response.
    Element(Algorithm),
    /// No fetch: an access.
    Access(AccessKind),
}

/// The algorithm of an element or its like, by its name in the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// Update the image data.
    UpdateTheImageData,
    /// Fetch a classic script.
    FetchAClassicScript,
    /// Fetch an external module script graph.
    FetchAModuleScript,
    /// `import()`.
    Import,
    /// `import()` with the type json.
    ImportJson,
    /// The link type stylesheet.
    LinkTypeStylesheet,
    /// The constructor of `EventSource`.
    EventSource,
    /// `sendBeacon()`.
    SendBeacon,
    /// Establish a WebSocket connection.
    EstablishAWebSocketConnection,
    /// Navigate, with the destination of the navigable.
    Navigate(Destination),
    /// Submit a form.
    SubmitAForm,
    /// Fetch a classic worker script.
    FetchAClassicWorkerScript(Destination),
    /// Fetch a module worker script graph.
    FetchAModuleWorkerScript,
    /// `importScripts()`.
    ImportScripts,
    /// Register a service worker.
    Register,
    /// Start the track processing model.
    StartTheTrackProcessingModel,
    /// The resource fetch algorithm of a media element.
    ResourceFetch(Destination),
    /// Fetch a style resource.
    FetchAStyleResource(StyleResource),
    /// Fetch a style resource: the image of the property that the case names.
    FetchAnImageOfAProperty,
    /// Process a `use` element.
    ProcessAUseElement,
    /// Navigate what an `object` or `embed` element shows.
    NavigateAnEmbeddedDocument,
    /// Preload.
    Preload,
    /// The link type modulepreload.
    Modulepreload,
    /// The link type prefetch.
    Prefetch,
}

/// What an access is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccessKind {
    /// Another window's objects.
    Window,
    /// Another window, by a message.
    Message,
    /// The document's own storage.
    Storage,
}
