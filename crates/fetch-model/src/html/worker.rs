//! Workers, <https://html.spec.whatwg.org/multipage/workers.html>.

use super::{
    Effect, Element,
    script::{between, check_status, fetch_module, reported},
};
use crate::{
    Network, Reason, Request, UnsafeResponse, UserAgent,
    mime_type::{Destination, essence, is_javascript},
};

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script>, and its first message.
pub fn fetch_a_classic_worker_script<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    destination: Destination,
) -> Effect {
    user_agent
        .rules
        .worker_script_request(element)
        .and_then(|request| fetch(user_agent, destination, request))
        .map(|response| posted(&response).map_or(Effect::Unseen, Effect::Readable))
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-module-worker-script-tree>, and its first message: a
/// module at the top of a worker is of the page's own origin.
pub fn fetch_a_module_worker_script<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
) -> Effect {
    user_agent
        .rules
        .module_worker_script_request(element)
        .and_then(|request| fetch_module(user_agent, request, Destination::Worker))
        .map(|response| posted(&response).map_or(Effect::Unseen, Effect::Readable))
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-imported-script>, and what the
/// importing script learns of the error that the imported one throws.
pub fn import_scripts<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    user_agent
        .rules
        .imported_script_request(element)
        .and_then(|request| fetch(user_agent, Destination::Script, request))
        .map(|response| reported(user_agent, &response))
        .into()
}

/// What a worker posts: a text, or the fragment of its own URL, which is the response's. The model runs no JavaScript,
/// and cases have scripts of one statement.
fn posted(response: &UnsafeResponse) -> Option<String> {
    let script = response.text();
    if script.contains("postMessage(location.hash)") {
        let fragment = response.url.fragment().filter(|fragment| !fragment.is_empty());
        return Some(fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default());
    }
    between(&script, "postMessage(\"", "\")")
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
