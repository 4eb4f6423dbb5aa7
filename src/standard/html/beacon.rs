//! Beacons, <https://w3c.github.io/beacon/>.

use super::{Effect, Element, potential_cors_request::new_request};
use crate::standard::{
    BodyInit, CredentialsMode, Keepalive, Network, Reason, RequestMode, UserAgent, mime_type::Destination,
    request::UnsafeRequest,
};

/// <https://w3c.github.io/beacon/#sec-processing-model>: whatever comes of it, no script is told.
pub fn send_beacon<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Effect {
    fetch(user_agent, element, body).into()
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Result<Effect, Reason> {
    let mut request = new_request(element)?;
    "POST".clone_into(&mut request.method);
    request.keepalive = Keepalive::True;
    request.mode = RequestMode::NoCors;
    request.credentials_mode = CredentialsMode::Include;
    if let Some(BodyInit { body, r#type }) = body {
        if let Some(r#type) = r#type {
            if !user_agent.rules.is_cors_safelisted_request_header("Content-Type", &r#type) {
                request.mode = RequestMode::Cors;
                // Departs: the text forgets the flag, without which nothing would ask before.
                request.unsafe_request = UnsafeRequest::Set;
            }
            request.header_list.append("Content-Type", &r#type);
        }
        request.body = Some(body);
    }
    // What came of it is nobody's business.
    let _ = user_agent.fetch_for(Destination::Empty, request);
    Ok(Effect::Unseen)
}
