//! The script of a service worker, <https://w3c.github.io/ServiceWorker/#navigator-service-worker-register>.

use super::{Effect, Element, potential_cors_request::new_request, script::check_status};
use crate::{
    Network, Reason, RedirectMode, Request, RequestMode, ServiceWorkersMode, UserAgent,
    mime_type::{Destination, essence, is_javascript},
    origin::is_same_origin_url,
};

/// <https://w3c.github.io/ServiceWorker/#register-algorithm> and the update that follows.
pub fn register<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    new_request(element)
        .and_then(|request| user_agent.rules.service_worker_script_request(request))
        .and_then(|request| user_agent.fetch_for(Destination::Worker, request))
        .and_then(|response| {
            check_status(&response)?;
            if !is_javascript(&essence(&response.response.header_list)) {
                return Err(Reason::MimeType);
            }
            Ok(Effect::Unseen)
        })
        .into()
}

/// <https://w3c.github.io/ServiceWorker/#update-algorithm>: the request for the script.
///
/// # Errors
/// That the script is not at the page's own origin: then nothing is fetched.
pub fn service_worker_script_request(mut request: Request) -> Result<Request, Reason> {
    if !is_same_origin_url(&request.origin, request.current_url()) {
        return Err(Reason::RequestMode);
    }
    request.header_list.append("Service-Worker", "script");
    request.mode = RequestMode::SameOrigin;
    request.redirect_mode = RedirectMode::Error;
    request.service_workers_mode = ServiceWorkersMode::None;
    Ok(request)
}
