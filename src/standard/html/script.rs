//! Scripts, <https://html.spec.whatwg.org/multipage/webappapis.html#fetching-scripts>.

use super::{
    Effect, Element,
    potential_cors_request::{
        Fallback, cors_settings_attribute_credentials_mode, create_a_potential_cors_request, new_request,
    },
};
use crate::standard::{
    CredentialsMode, Network, Reason, RequestMode, UnsafeResponse, UserAgent,
    mime_type::{Destination, essence, is_javascript},
    status::is_ok_status,
};

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script>, and what the page learns of the
/// error that the script throws.
pub fn fetch_a_classic_script<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    create_a_potential_cors_request(element, Fallback::NoCors)
        .and_then(|request| user_agent.fetch_for(Destination::Script, request))
        .and_then(|response| {
            check_status(&response)?;
            // https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors
            Ok(match thrown(&response.text()) {
                None => Effect::Unseen,
                Some(_) if !response.is_cors_same_origin() => Effect::Withheld(Reason::MutedError),
                Some(message) => Effect::Readable(message),
            })
        })
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-module-script-tree>, and what the page learns of
/// the error that the script throws: nobody mutes it, since it is fetched by CORS.
pub fn fetch_a_module_script<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch_module(user_agent, element, cors_settings_attribute_credentials_mode(element.crossorigin))
        .map(|response| thrown(&response.text()).map_or(Effect::Unseen, Effect::Readable))
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-an-import()-module-script-graph>, and what the
/// module exports as its default.
pub fn import<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch_module(user_agent, element, CredentialsMode::SameOrigin)
        .map(|response| {
            between(&response.text(), "export default \"", "\"").map_or(Effect::Unseen, Effect::Readable)
        })
        .into()
}

/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script>
fn fetch_module<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    credentials_mode: CredentialsMode,
) -> Result<UnsafeResponse, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::Cors;
    request.credentials_mode = credentials_mode;
    let response = user_agent.fetch_for(Destination::Script, request)?;
    check_status(&response)?;
    if !is_javascript(&essence(&response.response.header_list)) {
        return Err(Reason::MimeType);
    }
    Ok(response)
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
