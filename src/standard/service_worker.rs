//! Service workers, as far as a fetch knows them: <https://w3c.github.io/ServiceWorker/#handle-fetch>.

use url::Url;

use super::{
    headers_class::{Guard, append},
    modes::{CacheMode, RedirectMode, RequestMode},
    reason::Reason,
    request::{Request, ServiceWorkersMode, UnsafeRequest, UseCorsPreflight},
    request_class::RequestInit,
    response::{FilteredResponse, InternalResponse, RangeRequested, Response},
    rules::Rules,
    user_agent::{Network, UserAgent},
    words,
};

words! {
    /// What the listener for `fetch` events answers with.
    Answering {
        /// Nothing: the request goes to the network.
        Network = "network",
        /// `fetch(event.request)`
        Request = "request",
        /// `fetch(new Request(event.request))`
        Copy = "copy",
        /// `fetch(new Request(event.request, {cache: "default"}))`: a member of the dictionary is enough.
        CopyWithInit = "copy-with-init",
        /// The same, without a dictionary, after `headers.append("Accept-Language", "de")`.
        CopyWithHeader = "copy-with-header",
        /// `fetch(url, init)` of its own.
        Fetch = "fetch",
        /// What `fetch(event.request)` gave for the first request, for this and all others.
        First = "first",
        /// `new Response("made", {headers: {"X-Made": "yes"}})`
        Made = "made",
        /// `Response.error()`
        Error = "error",
        /// To an OPTIONS request a grant of everything; nothing to others.
        GrantOptions = "grant-options",
    }
}

/// The service worker that controls the client of a request.
#[derive(Clone, Debug)]
pub struct ServiceWorker {
    /// What it answers with.
    pub answering: Answering,
    /// What it fetches itself: the URL and what else `fetch()` is told.
    pub fetches: Option<(String, RequestInit)>,
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
        let worker = self.service_worker.clone()?;
        let made = |status, fields: &[(&str, &str)], body: &str| {
            let list = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Some(Ok(WorkerResponse::Made(InternalResponse::new(status, list, body.into()))))
        };
        match worker.answering {
            Answering::Network => None,
            Answering::Request | Answering::Copy | Answering::CopyWithInit | Answering::CopyWithHeader => {
                Some(self.fetch_in_worker(copied(self.rules, request, worker.answering)))
            }
            Answering::Fetch => {
                let (url, init) = worker.fetches?;
                let own = self.rules.new_request(&url, init, request.origin.clone(), request.client.clone());
                Some(self.fetch_in_worker(own))
            }
            Answering::First => {
                if self.first_worker_response.is_none() {
                    let own = copied(self.rules, request, Answering::Request);
                    self.first_worker_response = Some(self.fetch_in_worker(own));
                }
                self.first_worker_response.clone()
            }
            Answering::Made => {
                made(200, &[("Content-Type", "text/plain;charset=UTF-8"), ("X-Made", "yes")], "made")
            }
            Answering::Error => Some(Err(Reason::ServiceWorkerResponse)),
            Answering::GrantOptions if request.method == "OPTIONS" => made(
                204,
                &[
                    ("Access-Control-Allow-Origin", "*"),
                    ("Access-Control-Allow-Methods", "PUT"),
                    (
                        "Access-Control-Allow-Headers",
                        &request.header_list.get("Access-Control-Request-Headers").unwrap_or_default(),
                    ),
                ],
                "",
            ),
            Answering::GrantOptions => None,
        }
    }

    /// A fetch by the service worker, which no service worker sees.
    fn fetch_in_worker(&mut self, request: Result<Request, Reason>) -> Result<WorkerResponse, Reason> {
        let mut request = request?;
        request.service_workers_mode = ServiceWorkersMode::None;
        self.fetch_filtered(request).map(WorkerResponse::Filtered)
    }
}

/// The steps of <https://fetch.spec.whatwg.org/#dom-request> with a request, and what is then done to its headers.
fn copied(rules: &(impl Rules + ?Sized), request: &Request, answering: Answering) -> Result<Request, Reason> {
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
    // 32.
    let guard = if copy.mode == RequestMode::NoCors { Guard::RequestNoCors } else { Guard::Request };
    match answering {
        // 22. and 33.: with a dictionary the headers are filled in anew, past the guard.
        Answering::CopyWithInit => {
            copy.cache_mode = CacheMode::Default;
            let headers = std::mem::take(&mut copy.header_list);
            for (name, value) in headers.iter() {
                append(rules, &mut copy.header_list, guard, name, value)?;
            }
        }
        Answering::CopyWithHeader => {
            append(rules, &mut copy.header_list, guard, "Accept-Language", "de")?;
        }
        _ => {}
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
