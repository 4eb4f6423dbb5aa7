//! Beacons, <https://w3c.github.io/beacon/>.

use super::{Effect, Element, potential_cors_request::new_request};
use crate::{
    BodyInit, CredentialsMode, Keepalive, Network, Reason, Request, RequestMode, UserAgent,
    mime_type::Destination, request::UnsafeRequest,
};

/// <https://w3c.github.io/beacon/#sec-processing-model>: whatever comes of it, no script is told.
pub fn send_beacon<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Effect {
    fetch(user_agent, element, body).into()
}

/// Whether a beacon may have its content type without a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    /// The content type is CORS-safelisted, or the body has none.
    Safelisted,
    /// The content type is not CORS-safelisted: a preflight is needed.
    Other,
}

/// Steps 4. to 7. of the processing model: the request without its body.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn beacon_request(element: &Element, content_type: ContentType) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    "POST".clone_into(&mut request.method);
    request.keepalive = Keepalive::True;
    request.credentials_mode = CredentialsMode::Include;
    match content_type {
        ContentType::Safelisted => request.mode = RequestMode::NoCors,
        ContentType::Other => {
            request.mode = RequestMode::Cors;
            // Departs: the text forgets the flag, without which nothing would ask before.
            request.unsafe_request = UnsafeRequest::Set;
        }
    }
    Ok(request)
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Result<Effect, Reason> {
    let is_safelisted =
        |r#type: &String| user_agent.rules.is_cors_safelisted_request_header("Content-Type", r#type);
    let content_type = match body.as_ref().and_then(|body| body.r#type.as_ref()) {
        Some(r#type) if !is_safelisted(r#type) => ContentType::Other,
        _ => ContentType::Safelisted,
    };
    let mut request = user_agent.rules.beacon_request(element, content_type)?;
    if let Some(BodyInit { body, r#type }) = body {
        if let Some(r#type) = r#type {
            request.header_list.append("Content-Type", &r#type);
        }
        request.body = Some(body);
    }
    // What came of it is nobody's business.
    let _ = user_agent.fetch_for(Destination::Empty, request);
    Ok(Effect::Unseen)
}
