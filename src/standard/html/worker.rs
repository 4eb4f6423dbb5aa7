//! Workers, <https://html.spec.whatwg.org/multipage/workers.html>.

use super::{
    Effect, Element,
    potential_cors_request::new_request,
    script::{between, check_status, thrown},
};
use crate::standard::{
    Network, Reason, Request, RequestMode, UnsafeResponse, UserAgent,
    mime_type::{Destination, essence, is_javascript},
};

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script>, and its first message.
pub fn fetch_a_classic_worker_script<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
) -> Effect {
    new_request(element)
        .and_then(|mut request| {
            request.mode = RequestMode::SameOrigin;
            fetch(user_agent, Destination::Worker, request)
        })
        .map(|response| {
            between(&response.text(), "postMessage(\"", "\")").map_or(Effect::Unseen, Effect::Readable)
        })
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-imported-script>, and what the
/// importing script learns of the error that the imported one throws.
pub fn import_scripts<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    new_request(element)
        .and_then(|request| fetch(user_agent, Destination::Script, request))
        .map(|response| match thrown(&response.text()) {
            None => Effect::Unseen,
            Some(_) if !response.is_cors_same_origin() => Effect::Withheld(Reason::MutedError),
            Some(message) => Effect::Readable(message),
        })
        .into()
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    destination: Destination,
    request: Request,
) -> Result<UnsafeResponse, Reason> {
    let response = user_agent.fetch_for(destination, request)?;
    check_status(&response)?;
    if !is_javascript(&essence(&response.response.header_list)) {
        return Err(Reason::MimeType);
    }
    Ok(response)
}
