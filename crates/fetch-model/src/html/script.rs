//! Scripts, <https://html.spec.whatwg.org/multipage/webappapis.html#fetching-scripts>.

use super::{
    Effect, Element,
    potential_cors_request::{Fallback, new_request},
};
use crate::{
    CredentialsMode, Network, Reason, Request, RequestMode, UnsafeResponse, UserAgent,
    mime_type::{Destination, essence, is_javascript, is_json},
    status::is_ok_status,
};

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script>, and what the page learns of the
/// error that the script throws.
pub fn fetch_a_classic_script<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::NoCors)
        .and_then(|request| user_agent.fetch_for(Destination::Script, request))
        .and_then(|response| {
            check_status(&response)?;
            Ok(reported(user_agent, &response))
        })
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-module-script-tree>, and what the page learns of
/// the error that the script throws: nobody mutes it, since it is fetched by CORS.
pub fn fetch_a_module_script<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    let credentials_mode = user_agent.rules.cors_settings_attribute_credentials_mode(element.crossorigin);
    fetch_a_single_module_script(user_agent, element, credentials_mode, Destination::Script)
        .map(|response| thrown(&response.text()).map_or(Effect::Unseen, Effect::Readable))
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#hostloadimportedmodule>, and what the
/// module exports as its default.
pub fn import<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch_a_single_module_script(user_agent, element, CredentialsMode::SameOrigin, Destination::Script)
        .map(|response| {
            between(&response.text(), "export default \"", "\"").map_or(Effect::Unseen, Effect::Readable)
        })
        .into()
}

/// The same of a module whose type is `json`: its value, which is a text in cases.
pub fn import_json<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch_a_single_module_script(user_agent, element, CredentialsMode::SameOrigin, Destination::Json)
        .map(|response| between(&response.text(), "\"", "\"").map_or(Effect::Unseen, Effect::Readable))
        .into()
}

/// What the page learns of the error that a classic script throws.
pub(super) fn reported<N: Network>(user_agent: &UserAgent<'_, N>, response: &UnsafeResponse) -> Effect {
    match thrown(&response.text()) {
        None => Effect::Unseen,
        Some(_) if user_agent.rules.mutes_errors(response) => Effect::Withheld(Reason::MutedError),
        Some(message) => Effect::Readable(message),
    }
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors>
pub(super) fn mutes_errors(response: &UnsafeResponse) -> bool {
    !response.is_cors_same_origin()
}

/// The request of <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script>.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn module_script_request(
    element: &Element,
    credentials_mode: CredentialsMode,
) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::Cors;
    request.credentials_mode = credentials_mode;
    Ok(request)
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script>
///
/// # Errors
/// Why there is no script.
pub(super) fn fetch_a_single_module_script<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    credentials_mode: CredentialsMode,
    destination: Destination,
) -> Result<UnsafeResponse, Reason> {
    // The module map knows a module by its URL and type, whatever its credentials were; also one that failed.
    let key = (element.origin.clone(), element.url.clone(), destination);
    if let Some((_, module)) = user_agent.module_map.iter().find(|(known, _)| *known == key) {
        return module.clone();
    }
    let module = user_agent
        .rules
        .module_script_request(element, credentials_mode)
        .and_then(|request| fetch_module(user_agent, request, destination));
    user_agent.module_map.push((key, module.clone()));
    module
}

pub(super) fn fetch_module<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    request: Request,
    destination: Destination,
) -> Result<UnsafeResponse, Reason> {
    let response = user_agent.fetch_for(destination, request)?;
    check_status(&response)?;
    let essence = essence(&response.response.header_list);
    let is_right = if destination == Destination::Json { is_json(&essence) } else { is_javascript(&essence) };
    if is_right { Ok(response) } else { Err(Reason::MimeType) }
}

/// The request of <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script>.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn worker_script_request(element: &Element) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::SameOrigin;
    Ok(request)
}

/// The request of <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script> at the top of a
/// worker.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn module_worker_script_request(element: &Element) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::SameOrigin;
    request.credentials_mode = CredentialsMode::SameOrigin;
    Ok(request)
}

/// The request of <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-imported-script>.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn imported_script_request(element: &Element) -> Result<Request, Reason> {
    new_request(element)
}

pub(super) fn check_status(response: &UnsafeResponse) -> Result<(), Reason> {
    if is_ok_status(response.response.status) { Ok(()) } else { Err(Reason::Unusable) }
}

/// The message of the error that a script throws. The model runs no JavaScript, and cases have scripts of one
/// statement: `throw new Error("...")` or `throw "..."`.
pub(super) fn thrown(script: &str) -> Option<String> {
    between(script, "throw new Error(\"", "\")").or_else(|| between(script, "throw \"", "\""))
}

pub(super) fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found.to_owned())
}
