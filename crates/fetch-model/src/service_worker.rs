//! Service workers, as far as a fetch knows them: <https://w3c.github.io/ServiceWorker/#handle-fetch>.

use url::Url;

use super::{
    headers_class::{Guard, append},
    modes::{CacheMode, RedirectMode, RequestMode},
    reason::Reason,
    request::{Request, ServiceWorkersMode, UnsafeRequest, UseCorsPreflight},
    response::{FilteredResponse, InternalResponse, RangeRequested, Response},
    rules::Rules,
    user_agent::{Network, UserAgent},
};

/// The listener for `fetch` events of the service worker that controls a client: what its script does is not the
/// model's to say.
pub trait FetchListener {
    /// What the service worker responds with; `None` where it does not call `respondWith()`, which leaves the request
    /// to the network.
    fn handle(&mut self, event: &mut FetchEvent<'_>) -> Option<Result<WorkerResponse, Reason>>;
}

/// A `fetch` event, <https://w3c.github.io/ServiceWorker/#fetchevent-interface>.
pub struct FetchEvent<'e> {
    request: &'e Request,
    rules: &'e dyn Rules,
    fetch: &'e mut dyn FnMut(Request) -> Result<WorkerResponse, Reason>,
}

impl<'e> FetchEvent<'e> {
    /// `event.request`
    pub fn request(&self) -> &'e Request {
        self.request
    }

    /// The rules that the user agent goes by.
    pub fn rules(&self) -> &'e dyn Rules {
        self.rules
    }

    /// `fetch(request)` in the service worker, which no service worker sees.
    ///
    /// # Errors
    /// A network error.
    pub fn fetch(&mut self, mut request: Request) -> Result<WorkerResponse, Reason> {
        request.service_workers_mode = ServiceWorkersMode::None;
        (self.fetch)(request)
    }
}

/// What a service worker responds with.
#[derive(Clone, Debug)]
pub enum WorkerResponse {
    /// What its own fetch gave, as it was filtered there.
    Filtered(FilteredResponse),
    /// What a script made: its type is "default".
    Made(InternalResponse),
}

impl<N: Network> UserAgent<'_, N> {
    /// <https://w3c.github.io/ServiceWorker/#handle-fetch>; `None` leaves `request` to the network.
    ///
    /// # Errors
    /// A network error, with the reason of the service worker's own fetch where it was that; a page is not told.
    pub(super) fn handle_fetch(&mut self, request: &Request) -> Option<Result<WorkerResponse, Reason>> {
        if request.service_workers_mode == ServiceWorkersMode::None {
            return None;
        }
        // The listener's own requests are seen by no service worker, so it is not missed while it runs.
        let mut listener = self.fetch_listener.take()?;
        let rules = self.rules;
        let mut fetch = |request| self.fetch_filtered(request).map(WorkerResponse::Filtered);
        let response = listener.handle(&mut FetchEvent { request, rules, fetch: &mut fetch });
        self.fetch_listener = Some(listener);
        response
    }
}

/// The dictionary that `new Request()` is given beside another request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyInit {
    /// No `init` argument, or an empty object.
    Empty,
    /// `{cache}`
    Cache(CacheMode),
}

/// The steps of <https://fetch.spec.whatwg.org/#dom-request> with a request as its input.
///
/// # Errors
/// [`Reason::InvalidRequest`] for a TypeError.
pub fn copy_request(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    init: CopyInit,
) -> Result<Request, Reason> {
    // 12.
    let mut copy =
        Request::new(request.current_url().clone(), request.origin.clone(), request.client.clone());
    copy.method.clone_from(&request.method);
    copy.unsafe_request = UnsafeRequest::Set;
    copy.header_list = request.header_list.clone();
    copy.body.clone_from(&request.body);
    copy.referrer_policy = request.referrer_policy;
    copy.mode = request.mode;
    copy.credentials_mode = request.credentials_mode;
    copy.cache_mode = request.cache_mode;
    copy.redirect_mode = request.redirect_mode;
    copy.integrity_metadata.clone_from(&request.integrity_metadata);
    copy.use_cors_preflight = UseCorsPreflight::Unset;
    match init {
        CopyInit::Empty => {}
        CopyInit::Cache(cache_mode) => {
            // 22.
            copy.cache_mode = cache_mode;
            // 33.: with a dictionary that has members the headers are filled in anew, past the guard.
            let guard = Guard::of(&copy);
            let headers = std::mem::take(&mut copy.header_list);
            for (name, value) in headers.iter() {
                append(rules, &mut copy.header_list, guard, name, value)?;
            }
        }
    }
    Ok(copy)
}

/// The conditions of step 3. of <https://fetch.spec.whatwg.org/#concept-http-fetch> under which what a service worker
/// responds with is a network error.
pub(super) fn check_service_worker_response(
    request: &Request,
    response: &WorkerResponse,
) -> Result<(), Reason> {
    let WorkerResponse::Filtered(FilteredResponse { response, url_list, .. }) = response else {
        return Ok(());
    };
    let refused = match response {
        Response::NetworkError(_) => true,
        Response::Cors(_) => request.mode == RequestMode::SameOrigin,
        Response::Opaque => request.mode != RequestMode::NoCors,
        Response::OpaqueRedirect { .. } => request.redirect_mode != RedirectMode::Manual,
        Response::Basic(_) => false,
    };
    if refused || (request.redirect_mode != RedirectMode::Follow && url_list.len() > 1) {
        return Err(Reason::ServiceWorkerResponse);
    }
    Ok(())
}

/// The step of <https://fetch.spec.whatwg.org/#concept-main-fetch> about <https://fetch.spec.whatwg.org/#range-status>:
/// whether an opaque response is a part of a whole that somebody else asked for.
pub(super) fn is_part_that_nobody_asked_for(request: &Request, response: &FilteredResponse) -> bool {
    response.response == Response::Opaque
        && matches!(response.internal_response.status, 206 | 416)
        && response.internal_response.range == RangeRequested::Set
        && !request.header_list.contains("Range")
}

/// A request as the cross-origin resource policy check looks at it: it went where the response came from.
pub(super) fn as_if_it_went_to(request: &Request, url: &Url) -> Request {
    let mut request = request.clone();
    request.append_url(url.clone());
    request
}
