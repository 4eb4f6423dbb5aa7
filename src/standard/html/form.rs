//! Form submission, <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm>.

use super::{Effect, Element, potential_cors_request::new_request};
use crate::standard::{
    BodyInit, CredentialsMode, Network, Reason, RedirectMode, RequestMode, UserAgent, mime_type::Destination,
    origin::is_same_origin_url,
};

/// Submits a form into an iframe: a GET without a body, a POST with one; and what the page gets of the
/// document that arrives there.
pub fn submit<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Effect {
    navigate(user_agent, element, body).into()
}

fn navigate<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    body: Option<BodyInit>,
) -> Result<Effect, Reason> {
    let mut request = new_request(element)?;
    // https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching
    request.mode = RequestMode::Navigate;
    request.credentials_mode = CredentialsMode::Include;
    request.redirect_mode = RedirectMode::Manual;
    if let Some(BodyInit { body, r#type }) = body {
        "POST".clone_into(&mut request.method);
        if let Some(r#type) = r#type {
            request.header_list.append("Content-Type", &r#type);
        }
        request.body = Some(body);
    }
    let response = user_agent.fetch_for(Destination::Iframe, request)?;
    // https://html.spec.whatwg.org/multipage/browsers.html#concept-bcc-content-document
    Ok(if is_same_origin_url(&element.origin, &response.url) {
        Effect::Readable(response.text())
    } else {
        Effect::Withheld(Reason::DocumentOrigin)
    })
}
