//! One request of a case, and what comes of it.

use std::time::Duration;

use fetch_model::Origin;
use serde::{Deserialize, Serialize};

use super::{context::Context, expectation::Expectation, request::Request, service_worker::ServiceWorker};

/// One request and what comes of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Step {
    /// The origin of the top-level page.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub page: Origin,
    /// Header fields of the page's own response, and of the workers and frames that are made in it.
    pub page_headers: Vec<(String, String)>,
    /// Frames in each other from the page inwards, by their origins; the last one asks. Empty where the page does.
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub frames: Vec<Origin>,
    /// What in that page asks.
    pub context: Context,
    /// What the service worker does, where there is one.
    pub service_worker: Option<ServiceWorker>,
    /// How long the page waits before it asks, in milliseconds.
    pub wait_ms: u64,
    /// How long its answer may take; `None`: as long as any.
    #[serde(skip)]
    pub answer_limit: Option<Duration>,
    /// What it asks.
    pub request: Request,
    /// What the standard demands.
    pub expect: Expectation,
}

impl Step {
    /// A request of a page itself, which must be able to read.
    pub(crate) fn new(page: Origin, request: Request) -> Self {
        Self {
            page,
            page_headers: Vec::new(),
            frames: Vec::new(),
            context: Context::Window,
            service_worker: None,
            wait_ms: 0,
            answer_limit: None,
            request,
            expect: Expectation::default(),
        }
    }
}
