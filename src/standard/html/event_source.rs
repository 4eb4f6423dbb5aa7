//! Server-sent events, <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use super::{Effect, Element, potential_cors_request::new_request, script::between};
use crate::standard::{
    CacheMode, CredentialsMode, Network, Reason, Request, RequestMode, UserAgent,
    mime_type::{Destination, essence},
};

/// What `new EventSource()` comes to, and its first message.
pub fn event_source<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    credentials_mode: CredentialsMode,
) -> Effect {
    fetch(user_agent, element, credentials_mode).into()
}

/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource>: its request.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn event_source_request(
    element: &Element,
    credentials_mode: CredentialsMode,
) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::Cors;
    request.credentials_mode = credentials_mode;
    request.header_list.append("Accept", "text/event-stream");
    request.cache_mode = CacheMode::NoStore;
    Ok(request)
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    credentials_mode: CredentialsMode,
) -> Result<Effect, Reason> {
    let request = user_agent.rules.event_source_request(element, credentials_mode)?;
    let response = user_agent.fetch_for(Destination::Empty, request)?;
    // https://html.spec.whatwg.org/multipage/server-sent-events.html#processing-model
    if response.response.status != 200 {
        return Err(Reason::Unusable);
    }
    if essence(&response.response.header_list) != "text/event-stream" {
        return Err(Reason::MimeType);
    }
    let message = between(&response.text(), "data:", "\n").ok_or(Reason::Unusable)?;
    Ok(Effect::Readable(message.trim().to_owned()))
}
