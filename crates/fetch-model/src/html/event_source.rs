//! Server-sent events, <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use super::{Effect, Element, potential_cors_request::new_request, script::between};
use crate::{
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
    let first = connect(user_agent, element, credentials_mode, None)?;
    if let Some(message) = message(&first) {
        return Ok(Effect::Readable(message));
    }
    // https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection
    // Cases end a stream without a message once, and leave the id with which to go on.
    let id = between(&first, "id:", "\n").ok_or(Reason::Unusable)?;
    let second = connect(user_agent, element, credentials_mode, Some(id.trim()))?;
    message(&second).map(Effect::Readable).ok_or(Reason::Unusable)
}

/// The stream of one connection.
fn connect<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    credentials_mode: CredentialsMode,
    last_event_id: Option<&str>,
) -> Result<String, Reason> {
    let mut request = user_agent.rules.event_source_request(element, credentials_mode)?;
    if let Some(id) = last_event_id {
        // No safelisted header, and no reason to ask: no script chose it, so the unsafe-request flag is not set.
        request.header_list.append("Last-Event-ID", id);
    }
    let response = user_agent.fetch_for(Destination::Empty, request)?;
    // https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model
    if response.response.status != 200 {
        return Err(Reason::Unusable);
    }
    if essence(&response.response.header_list) != "text/event-stream" {
        return Err(Reason::MimeType);
    }
    Ok(response.text())
}

fn message(stream: &str) -> Option<String> {
    between(stream, "data:", "\n").map(|message| message.trim().to_owned())
}
