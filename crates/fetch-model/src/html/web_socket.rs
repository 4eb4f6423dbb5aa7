//! WebSockets, <https://websockets.spec.whatwg.org/>.

use super::{Effect, Element, potential_cors_request::new_request};
use crate::{
    CacheMode, CredentialsMode, Network, Reason, RedirectMode, Referrer, Request, RequestMode, UserAgent,
    mime_type::Destination,
};

/// <https://websockets.spec.whatwg.org/#concept-websocket-establish>, and the echo of `message`.
pub fn establish<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element, message: &str) -> Effect {
    fetch(user_agent, element, message).into()
}

/// Steps 1. to 10.: a handshake is an HTTP request.
///
/// # Errors
/// Where the URL does not parse, or is none of a WebSocket.
pub(super) fn web_socket_request(element: &Element) -> Result<Request, Reason> {
    let rest = element.url.strip_prefix("ws").ok_or(Reason::InvalidRequest)?;
    let mut request = new_request(&Element { url: format!("http{rest}"), ..element.clone() })?;
    request.referrer = Referrer::NoReferrer;
    request.mode = RequestMode::Websocket;
    request.credentials_mode = CredentialsMode::Include;
    request.cache_mode = CacheMode::NoStore;
    request.redirect_mode = RedirectMode::Error;
    request.header_list.append("Upgrade", "websocket");
    Ok(request)
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    message: &str,
) -> Result<Effect, Reason> {
    let request = user_agent.rules.web_socket_request(element)?;
    let response = user_agent.fetch_for(Destination::Empty, request)?;
    if response.response.status != 101 {
        return Err(Reason::Unusable);
    }
    // Whoever connects may read: only the server can refuse, by the Origin it is told.
    Ok(Effect::Readable(message.to_owned()))
}
