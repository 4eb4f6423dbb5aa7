//! A case as meant: everything a run needs, nothing left to look up.

use std::{collections::BTreeMap, fmt, path::PathBuf, sync::Arc};

use corsproof_fixture::Scenario;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{asked::Request, service_worker::ServiceWorker};
use crate::{
    engine::Engine,
    observation::{Loaded, ResponseType},
    standard::{Origin, Reason, words},
};

/// `folder/file/name[matrix values]`: stable, unique, readable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
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
    /// The last line of what belongs to it.
    pub last_line: usize,
    /// The text of the file.
    #[serde(skip)]
    pub text: Arc<str>,
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
    /// The row of the same-origin policy's table that it shows: an action, in a few words.
    pub sop: Option<String>,
    /// The cases that are the same but for the one thing put right; all must be readable.
    pub twins: Vec<CaseId>,
    /// What an engine must have for the case to mean anything.
    pub needs: Vec<Need>,
    /// Whether it may share a page, a server and a moment with other cases.
    pub isolation: Isolation,
    /// What is asked, in order; at least one.
    pub steps: Vec<Step>,
    /// Who answers it.
    pub served_by: ServedBy,
    /// Its scripted servers, and what the network does with requests to real ones.
    pub scenario: Arc<Scenario>,
    /// The requests that must reach a server, in order, over all steps.
    pub sent: Vec<ExpectedRequest>,
    /// Engines that are known to differ, and how.
    pub known: BTreeMap<Engine, Known>,
}

impl Case {
    /// A case that a real server answers, with nothing scripted.
    pub fn of_real_server(id: CaseId, place: Place, title: &str, steps: Vec<Step>) -> Self {
        Self {
            id,
            place,
            title: title.to_owned(),
            spec: "https://fetch.spec.whatwg.org/#http-cors-protocol".to_owned(),
            covers: Vec::new(),
            seed: None,
            sop: None,
            twins: Vec::new(),
            needs: Vec::new(),
            isolation: Isolation::Shared,
            steps,
            served_by: ServedBy::RealServer,
            scenario: Arc::default(),
            sent: Vec::new(),
            known: BTreeMap::new(),
        }
    }
}

words! {
    /// What an engine may lack.
    Need {
        /// An HTTP cache (WebKitGTK has none under automation).
        HttpCache = "http-cache",
        /// Uploads of a `ReadableStream` (Chromium alone has them).
        RequestStreams = "request-streams",
        /// Media elements that ask for ranges from the first request on (WebKitGTK's ask for the whole).
        MediaRanges = "media-ranges",
        /// `PerformanceResourceTiming.responseStatus` (WebKitGTK has none).
        ResponseStatus = "response-status",
        /// A 401 to a CORS request with credentials that reaches the script (Chromium and Firefox ask the person).
        UnpromptedChallenge = "unprompted-challenge",
        /// Sound that Web Audio can listen to where the machine has no sound device (Chromium alone plays without one).
        AudioOutput = "audio-output",
        /// `<link rel=prefetch>` (WebKitGTK has it switched off).
        Prefetch = "prefetch",
        /// A page from a host whose name has more than letters, digits, hyphens and dots.
        SpecialHost = "special-host",
    }
}

words! {
    /// Who answers a case's requests.
    ServedBy {
        /// Its script alone: the model asks it in memory.
        Script = "script",
        /// A real server too: the model is given what that answered.
        RealServer = "real-server",
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
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Step {
    /// The origin of the top-level page.
    #[schemars(with = "String")]
    pub page: Origin,
    /// Header fields of the page's own response, and of the workers and frames that are made in it.
    pub page_headers: Vec<(String, String)>,
    /// Frames in each other from the page inwards, by their origins; the last one asks. Empty where the page does.
    #[schemars(with = "Vec<String>")]
    pub frames: Vec<Origin>,
    /// What in that page asks.
    pub context: Context,
    /// What the service worker does, where there is one.
    pub service_worker: Option<ServiceWorker>,
    /// How long the page waits before it asks, in milliseconds.
    pub wait_ms: u64,
    /// What it asks.
    pub request: Request,
    /// What the standard demands.
    pub expect: Expectation,
}

impl Step {
    /// A request of a page itself, which must be able to read.
    pub fn new(page: Origin, request: Request) -> Self {
        Self {
            page,
            page_headers: Vec::new(),
            frames: Vec::new(),
            context: Context::Window,
            service_worker: None,
            wait_ms: 0,
            request,
            expect: Expectation::default(),
        }
    }
}

words! {
    /// The environment that makes a request.
    Context {
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
    /// Whether it is an origin of its own that only `null` stands for; else it has the page's.
    pub fn has_opaque_origin(self) -> bool {
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

    /// What it sets `document.domain` to, in a page of `page`; `None` where it does not.
    pub fn document_domain(self, page: &Origin) -> Option<String> {
        (self == Self::DocumentDomainIframe).then(|| page.parent_domain()).flatten()
    }
}

/// What the standard demands of one step. `None` leaves a field to the model and the browser alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Expectation {
    /// Whether the resource takes effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Loaded>,
    /// What a script can read.
    pub read: ExpectedRead,
    /// Why it is blocked; always there where `read` is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The status a script sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The response's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_type: Option<ResponseType>,
    /// The body a script reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `response.url`, without the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `response.redirected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// Header fields a script must see, by lower-case name, with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields a script must not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct ExpectedRequest {
    /// The method.
    pub method: String,
    /// The URL without the token, where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Header fields it must have, by lower-case name, with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Lower-case names of header fields it must lack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
