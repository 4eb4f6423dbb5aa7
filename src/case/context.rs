//! The environment that makes a request.

use fetch_model::Origin;

use crate::words::words;

words! {
    /// The environment that makes a request.
    pub(crate) Context {
        /// The page's window.
        Window = "window",
        /// A dedicated worker with a same-origin script.
        Worker = "worker",
        /// An iframe with `sandbox="allow-forms allow-scripts"`: an opaque origin.
        SandboxedIframe = "sandboxed-iframe",
        /// An iframe with `srcdoc`: the page's origin.
        SrcdocIframe = "srcdoc-iframe",
        /// An iframe with a `data:` URL: an opaque origin.
        DataIframe = "data-iframe",
        /// An iframe with a `blob:` URL: the page's origin.
        BlobIframe = "blob-iframe",
        /// A same-origin iframe that has set its `document.domain` to the host without its first label.
        DocumentDomainIframe = "document-domain-iframe",
        /// A dedicated worker with a `blob:` URL: the page's origin.
        BlobWorker = "blob-worker",
        /// A dedicated worker with a `data:` URL: an opaque origin.
        DataWorker = "data-worker",
        /// An iframe with the page's origin that a service worker of the case's own controls.
        ServiceWorkerPage = "service-worker-page",
    }
}

impl Context {
    /// Whether the environment has an opaque origin, serialized as `null`; all others have the page's origin.
    pub(crate) fn has_opaque_origin(self) -> bool {
        match self {
            Self::SandboxedIframe | Self::DataIframe | Self::DataWorker => true,
            Self::Window
            | Self::Worker
            | Self::SrcdocIframe
            | Self::BlobIframe
            | Self::DocumentDomainIframe
            | Self::BlobWorker
            | Self::ServiceWorkerPage => false,
        }
    }

    /// The value that the frame assigns to `document.domain`, in a page of `page`; `None` where it assigns none.
    pub(crate) fn document_domain(self, page: &Origin) -> Option<String> {
        (self == Self::DocumentDomainIframe).then(|| page.parent_domain()).flatten()
    }
}
