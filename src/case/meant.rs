//! A case as meant: everything a run needs, nothing left to look up.

use std::{collections::BTreeMap, fmt, path::PathBuf, sync::Arc};

use corsproof_fixture::Scenario;
use serde::Serialize;

use super::access::Access;
use crate::{
    engine::Engine,
    observation::{Loaded, ResponseType},
    standard::{
        CacheMode, CredentialsMode, CrossOrigin, Origin, Reason, RedirectMode, ReferrerPolicy, RequestMode,
        words,
    },
};

/// `folder/file/name[matrix values]`: stable, unique, readable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct CaseId(pub String);

impl CaseId {
    /// The first part: the folder, an area of the standard.
    pub fn area(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// `folder/file/name`, without the matrix values (which may hold a `/` themselves).
    pub fn base(&self) -> &str {
        self.0.split('[').next().unwrap_or_default()
    }

    /// `folder/file`.
    pub fn file(&self) -> &str {
        let path = self.base();
        path.rsplit_once('/').map_or(path, |(file, _)| file)
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a case stands, for messages and annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as it was named or found.
    pub file: PathBuf,
    /// The line of its `[[case]]`, from 1.
    pub line: usize,
}

/// One thing to show.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its identity.
    pub id: CaseId,
    /// Where it is written.
    pub place: Place,
    /// The file's title.
    pub title: String,
    /// The anchor of the standard it is about.
    pub spec: String,
    /// Ids of requirements (`R73`).
    pub covers: Vec<String>,
    /// Which statement of the seed document it shows, in a few words.
    pub seed: Option<String>,
    /// The cases that are the same but for the one thing put right; all must be readable.
    pub twins: Vec<CaseId>,
    /// What an engine must have for the case to mean anything.
    pub needs: Vec<Need>,
    /// Whether it may share a page, a server and a moment with other cases.
    pub isolation: Isolation,
    /// What is asked, in order; at least one.
    pub steps: Vec<Step>,
    /// Its servers.
    pub scenario: Arc<Scenario>,
    /// The requests that must reach a server, in order, over all steps.
    pub sent: Vec<ExpectedRequest>,
    /// Engines that are known to differ, and how.
    pub known: BTreeMap<Engine, Known>,
}

words! {
    /// What an engine may lack.
    Need {
        /// An HTTP cache (WebKitGTK has none under automation).
        HttpCache = "http-cache",
        /// Uploads of a `ReadableStream` (Chromium alone has them).
        RequestStreams = "request-streams",
        /// A 401 to a CORS request with credentials that reaches the script (Chromium and Firefox ask the person).
        UnpromptedChallenge = "unprompted-challenge",
    }
}

words! {
    /// Whether a case may run beside others.
    Isolation {
        /// It may: the usual lane, many at a time.
        Shared = "shared",
        /// It waits on purpose (a delay, no answer): a lane of its own, few a host, 2 s at most where nothing is answered.
        Slow = "slow",
        /// It must be the only one that runs.
        Alone = "alone",
    }
}

/// One request and what comes of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The origin of the top-level page.
    pub page: Origin,
    /// What in that page asks.
    pub context: Context,
    /// How long the page waits before it asks, in milliseconds.
    pub wait_ms: u64,
    /// What it asks.
    pub request: Request,
    /// What the standard demands.
    pub expect: Expectation,
}

words! {
    /// The environment that makes a request.
    Context {
        /// The page's window.
        Window = "window",
        /// A dedicated worker with a same-origin script.
        Worker = "worker",
        /// An iframe with `sandbox="allow-scripts"`: an opaque origin.
        SandboxedIframe = "sandboxed-iframe",
        /// An iframe with `srcdoc`: the page's origin.
        SrcdocIframe = "srcdoc-iframe",
        /// An iframe with a `data:` URL: an opaque origin.
        DataIframe = "data-iframe",
        /// An iframe with a `blob:` URL: the page's origin.
        BlobIframe = "blob-iframe",
        /// A dedicated worker with a `blob:` URL: the page's origin.
        BlobWorker = "blob-worker",
        /// A dedicated worker with a `data:` URL: an opaque origin.
        DataWorker = "data-worker",
    }
}

impl Context {
    /// Whether it is an origin of its own that only `null` stands for; else it has the page's.
    pub fn has_opaque_origin(self) -> bool {
        match self {
            Self::SandboxedIframe | Self::DataIframe | Self::DataWorker => true,
            Self::Window | Self::Worker | Self::SrcdocIframe | Self::BlobIframe | Self::BlobWorker => false,
        }
    }
}

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
        /// No request: an operation on another window's objects.
        Window = "window",
        /// No request: a message to another window.
        Message = "message",
        /// No request: an operation on the document's own storage.
        Storage = "storage",
    }
}

/// What a script asks for; what is `None` or empty is left out of the call.
#[derive(Clone, Debug)]
pub struct Request {
    /// The API.
    pub via: Via,
    /// The URL, as the script writes it, without the token.
    pub url: String,
    /// The method, as the script writes it.
    pub method: Option<String>,
    /// `RequestInit.mode` (fetch alone).
    pub mode: Option<RequestMode>,
    /// `RequestInit.credentials`; for an XHR `include` is `withCredentials = true`.
    pub credentials: Option<CredentialsMode>,
    /// `RequestInit.redirect` (fetch alone).
    pub redirect: Option<RedirectMode>,
    /// `RequestInit.cache` (fetch alone).
    pub cache: Option<CacheMode>,
    /// `RequestInit.referrerPolicy` (fetch alone).
    pub referrer_policy: Option<ReferrerPolicy>,
    /// Header fields in order, as the script sets them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Body>,
    /// Whether an XHR has a listener on its upload object before `send()`.
    pub upload_listener: bool,
    /// What is reached for instead of a server, where the API is none of requests.
    pub access: Option<Access>,
    /// What only elements are told.
    pub attributes: Attributes,
}

/// What an element is told besides its URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `crossorigin`
    pub crossorigin: CrossOrigin,
    /// `integrity`
    pub integrity: Option<String>,
    /// How a script tries to get at an image's pixels.
    pub reading: Reading,
    /// `enctype` of a form.
    pub enctype: Enctype,
}

words! {
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-enctype>
    #[derive(Default)]
    Enctype {
        /// Names and values as in a query.
        #[default]
        Urlencoded = "application/x-www-form-urlencoded",
        /// In parts.
        Multipart = "multipart/form-data",
        /// A line each.
        Plain = "text/plain",
    }
}

words! {
    /// How a script tries to get at an image's pixels; each ends with the colour of the first one.
    #[derive(Default)]
    Reading {
        /// `drawImage()` and `getImageData()`.
        #[default]
        GetImageData = "get-image-data",
        /// `toDataURL()`.
        ToDataUrl = "to-data-url",
        /// `toBlob()`.
        ToBlob = "to-blob",
        /// `createPattern()`.
        Pattern = "pattern",
        /// A second canvas, onto which the first is drawn.
        SecondCanvas = "second-canvas",
        /// `createImageBitmap()`, drawn onto a canvas.
        ImageBitmap = "image-bitmap",
        /// An `OffscreenCanvas`.
        OffscreenCanvas = "offscreen-canvas",
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
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A string.
    Text(String),
    /// `new Blob([text], {type})`.
    Blob {
        /// Its bytes, as text.
        text: String,
        /// Its type; may be empty.
        r#type: String,
    },
    /// `new URLSearchParams(text)`.
    UrlSearchParams(String),
    /// A `FormData` with these members.
    FormData(Vec<(String, String)>),
    /// `new TextEncoder().encode(text)`.
    Bytes(String),
    /// A `ReadableStream` of the text's bytes, with `duplex: "half"`.
    Stream(String),
}

/// What the standard demands of one step. `None` leaves a field to the model and the browser alone.
#[derive(Clone, Debug, Default)]
pub struct Expectation {
    /// Whether the resource takes effect.
    pub loaded: Option<Loaded>,
    /// What a script can read.
    pub read: ExpectedRead,
    /// Why it is blocked; always there where `read` is blocked.
    pub reason: Option<Reason>,
    /// The status a script sees.
    pub status: Option<u16>,
    /// The response's type.
    pub response_type: Option<ResponseType>,
    /// The body a script reads.
    pub body: Option<String>,
    /// `response.url`, without the token.
    pub url: Option<String>,
    /// `response.redirected`.
    pub redirected: Option<bool>,
    /// Header fields a script must see, by lower-case name, with their values.
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields a script must not see.
    pub hidden: Vec<String>,
}

words! {
    /// What a script can read of a response.
    #[derive(Default)]
    ExpectedRead {
        /// Status, permitted header fields and body.
        #[default]
        Allowed = "allowed",
        /// That there is an answer, and nothing else.
        Opaque = "opaque",
        /// Nothing: the script gets an error.
        Blocked = "blocked",
    }
}

/// A request that must reach a server; written `"PUT"`, `"PUT https://api.example.com/data"` or as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedRequest {
    /// The method.
    pub method: String,
    /// The URL without the token, where it matters.
    pub url: Option<String>,
    /// Header fields it must have, by lower-case name, with their values.
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields it must lack.
    pub without: Vec<String>,
}

/// An engine that differs from the standard in this case: its whole outcome, and why. A field that is
/// not named is as the standard demands.
#[derive(Clone, Debug)]
pub struct Known {
    /// Why, with the standard's step.
    pub note: String,
    /// The engine's bug, the text that explains it, or a minimal reproduction.
    pub link: String,
    /// The engine's version it was first seen in.
    pub since: String,
    /// What the engine does instead, by step; a step that is not listed goes as the standard demands.
    pub steps: BTreeMap<usize, Expectation>,
    /// The requests it sends instead.
    pub sent: Option<Vec<ExpectedRequest>>,
}
