//! Navigations that ask a server, <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate>.

use super::{Effect, Element, potential_cors_request::new_request};
use crate::{
    BodyInit, CredentialsMode, Network, Reason, RedirectMode, Request, RequestMode, UserAgent,
    mime_type::Destination,
};

/// Navigates a frame or window of the page to an element's URL: by GET without a body, by POST with one; and what the
/// page gets of the document that arrives there.
pub fn navigate<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    destination: Destination,
    element: &Element,
    body: Option<BodyInit>,
) -> Effect {
    fetch(user_agent, destination, element, body).into()
}

/// <https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching>: a request
/// for a document that goes into a frame, an object or an embed.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn navigation_request(element: &Element) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = RequestMode::Navigate;
    request.credentials_mode = CredentialsMode::Include;
    request.redirect_mode = RedirectMode::Manual;
    Ok(request)
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    destination: Destination,
    element: &Element,
    body: Option<BodyInit>,
) -> Result<Effect, Reason> {
    let mut request = user_agent.rules.navigation_request(element)?;
    if let Some(BodyInit { body, r#type }) = body {
        "POST".clone_into(&mut request.method);
        if let Some(r#type) = r#type {
            request.header_list.append("Content-Type", &r#type);
        }
        request.body = Some(body);
    }
    let response = user_agent.fetch_for(destination, request)?;
    Ok(if user_agent.rules.is_content_document_shown(&element.origin, &response) {
        Effect::Readable(response.text())
    } else {
        Effect::Withheld(Reason::DocumentOrigin)
    })
}
