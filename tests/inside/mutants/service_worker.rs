//! Wrong about what service workers see and may pass on, and what goes into their caches.

use fetch_model::{
    FetchStandard, FilteredResponse, HeaderList, Reason, RedirectMode, Request, RequestMode, Response,
    ServiceWorkersMode, WorkerResponse, html::CacheOperation,
};

use super::mutant::but;

/// The response as the rules look at it where it is of a kind.
fn filtered(response: &WorkerResponse) -> Option<&FilteredResponse> {
    match response {
        WorkerResponse::Filtered(filtered) => Some(filtered),
        WorkerResponse::Made(_) => None,
    }
}

mutants! {
    "a service worker sees preflights" breaks ["R65"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let mut preflight = FetchStandard.preflight_request(request);
            preflight.service_workers_mode = ServiceWorkersMode::All;
            preflight
        }
    }

    "what a service worker passes on is checked by CORS" breaks ["R117"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            FetchStandard.check_service_worker_response(request, response)?;
            match (filtered(response), request.mode) {
                (Some(filtered), RequestMode::Cors) if !request.is_same_origin() => {
                    FetchStandard.cors_check(request, &filtered.internal_response.header_list)
                }
                _ => Ok(()),
            }
        }
    }

    "what a service worker makes up is checked by CORS" breaks ["R117"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match response {
                WorkerResponse::Made(made) if !request.is_same_origin() => {
                    FetchStandard.cors_check(request, &made.header_list)
                }
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "a service worker passes opaque responses on to any request" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match filtered(response) {
                Some(FilteredResponse { response: Response::Opaque, .. }) => Ok(()),
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "opaque responses are for mode same-origin as well" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match filtered(response) {
                Some(FilteredResponse { response: Response::Opaque, .. })
                    if request.mode == RequestMode::SameOrigin => Ok(()),
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "a response granted by CORS is for mode same-origin" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            let request = but(request, |request| {
                if request.mode == RequestMode::SameOrigin {
                    request.mode = RequestMode::Cors;
                }
            });
            FetchStandard.check_service_worker_response(&request, response)
        }
    }

    "an opaque redirect is for any request" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match filtered(response) {
                Some(FilteredResponse { response: Response::OpaqueRedirect { .. }, .. }) => Ok(()),
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "no opaque redirect may be passed on" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match filtered(response) {
                Some(FilteredResponse { response: Response::OpaqueRedirect { .. }, .. }) => {
                    Err(Reason::ServiceWorkerResponse)
                }
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "a redirected response is for any request" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            match filtered(response) {
                Some(filtered) if filtered.url_list.len() > 1 => Ok(()),
                _ => FetchStandard.check_service_worker_response(request, response),
            }
        }
    }

    "a redirected response is for mode error too" breaks ["R154"] {
        fn check_service_worker_response(&self, request: &Request, response: &WorkerResponse) -> Result<(), Reason> {
            let request = but(request, |request| {
                if request.redirect_mode == RedirectMode::Error {
                    request.redirect_mode = RedirectMode::Follow;
                }
            });
            FetchStandard.check_service_worker_response(&request, response)
        }
    }

    "Range survives what a script does to a request" breaks ["R152"] {
        fn remove_privileged_no_cors_request_headers(&self, _headers: &mut HeaderList) {}
    }

    "Range may be filled in without CORS" breaks ["R152"] {
        fn is_no_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            name.eq_ignore_ascii_case("Range")
                || FetchStandard.is_no_cors_safelisted_request_header(name, value)
        }

        fn remove_privileged_no_cors_request_headers(&self, _headers: &mut HeaderList) {}
    }

    "a part does for the whole" breaks ["R155"] {
        fn is_part_that_nobody_asked_for(&self, _request: &Request, _response: &FilteredResponse) -> bool {
            false
        }
    }

    "no part is passed on to who asked for none" breaks ["R155"] {
        fn is_part_that_nobody_asked_for(&self, request: &Request, response: &FilteredResponse) -> bool {
            response.response == Response::Opaque
                && response.internal_response.status == 206
                && !request.header_list.contains("Range")
        }
    }

    "add() takes opaque responses" breaks ["R181"] {
        fn may_be_put_into_a_cache(&self, response: &FilteredResponse, operation: CacheOperation) -> bool {
            response.response == Response::Opaque || FetchStandard.may_be_put_into_a_cache(response, operation)
        }
    }

    "add() takes what is not ok" breaks ["R181"] {
        fn may_be_put_into_a_cache(&self, response: &FilteredResponse, _operation: CacheOperation) -> bool {
            response.response != Response::Opaque
                && FetchStandard.may_be_put_into_a_cache(response, CacheOperation::Put)
        }
    }

    "put() takes what is ok alone" breaks ["R181"] {
        fn may_be_put_into_a_cache(&self, response: &FilteredResponse, _operation: CacheOperation) -> bool {
            FetchStandard.may_be_put_into_a_cache(response, CacheOperation::Add)
        }
    }

    "a service worker's script may be anywhere" breaks ["R181"] {
        fn service_worker_script_request(&self, mut request: Request) -> Result<Request, Reason> {
            request.mode = RequestMode::Cors;
            request.redirect_mode = RedirectMode::Error;
            Ok(request)
        }
    }

    "a service worker's script may be redirected" breaks ["R181"] {
        fn service_worker_script_request(&self, request: Request) -> Result<Request, Reason> {
            let mut request = FetchStandard.service_worker_script_request(request)?;
            request.redirect_mode = RedirectMode::Follow;
            Ok(request)
        }
    }
}
