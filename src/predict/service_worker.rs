//! What the service worker of a case does with a `fetch` event: the same as the page's `service-worker.js`.

use std::{cell::RefCell, rc::Rc};

use fetch_model::{
    CacheMode, CopyInit, FetchEvent, FetchListener, InternalResponse, Reason, RequestInit, WorkerResponse,
    copy_request,
    headers_class::{Guard, append},
};

use crate::case::Answering;

/// The response to the service worker's first request, over all steps of a case.
pub(super) type FirstResponse = Rc<RefCell<Option<Result<WorkerResponse, Reason>>>>;

/// The listener of a case's service worker.
pub(super) struct Listener {
    pub(super) answering: Answering,
    /// The URL that it fetches itself, and what else `fetch()` is told.
    pub(super) fetches: Option<(String, RequestInit)>,
    /// The answer to the first request.
    pub(super) first: FirstResponse,
}

impl FetchListener for Listener {
    fn handle(&mut self, event: &mut FetchEvent<'_>) -> Option<Result<WorkerResponse, Reason>> {
        match self.answering {
            Answering::Network => None,
            Answering::Request | Answering::Copy => Some(copied(event, CopyInit::Empty)),
            Answering::CopyWithInit => Some(copied(event, CopyInit::Cache(CacheMode::Default))),
            Answering::CopyWithHeader => Some(copied_with_header(event)),
            Answering::Fetch => self.fetch(event),
            Answering::First => {
                let mut first = self.first.borrow_mut();
                Some(first.get_or_insert_with(|| copied(event, CopyInit::Empty)).clone())
            }
            Answering::Made => {
                Some(made(200, &[("Content-Type", "text/plain;charset=UTF-8"), ("X-Made", "yes")], "made"))
            }
            Answering::Error => Some(Err(Reason::ServiceWorkerResponse)),
            Answering::GrantOptions => (event.request().method == "OPTIONS").then(|| grant(event)),
        }
    }
}

impl Listener {
    /// `fetch(url, init)` in the worker's event handler.
    fn fetch(&self, event: &mut FetchEvent<'_>) -> Option<Result<WorkerResponse, Reason>> {
        let (url, init) = self.fetches.clone()?;
        let request = event.request();
        let own = event.rules().new_request(&url, init, request.origin.clone(), request.client.clone());
        Some(own.and_then(|own| event.fetch(own)))
    }
}

/// `fetch(new Request(event.request, init))` in the worker's event handler.
fn copied(event: &mut FetchEvent<'_>, init: CopyInit) -> Result<WorkerResponse, Reason> {
    let copy = copy_request(event.rules(), event.request(), init)?;
    event.fetch(copy)
}

/// `fetch()` of a copy that is given a header field of its own.
fn copied_with_header(event: &mut FetchEvent<'_>) -> Result<WorkerResponse, Reason> {
    let mut copy = copy_request(event.rules(), event.request(), CopyInit::Empty)?;
    let guard = Guard::of(&copy);
    append(event.rules(), &mut copy.header_list, guard, "Accept-Language", "de")?;
    event.fetch(copy)
}

/// A grant of whatever a preflight asks for.
fn grant(event: &FetchEvent<'_>) -> Result<WorkerResponse, Reason> {
    let asked = event.request().header_list.get("Access-Control-Request-Headers").unwrap_or_default();
    let fields = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", &asked),
    ];
    made(204, &fields, "")
}

/// `new Response(body, {status, headers})` in the worker's event handler.
#[expect(clippy::unnecessary_wraps, reason = "each answer is a response or a network error")]
fn made(status: u16, fields: &[(&str, &str)], body: &str) -> Result<WorkerResponse, Reason> {
    let list = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ok(WorkerResponse::Made(InternalResponse::new(status, list, body.into())))
}
