//! `object` and `embed`, <https://html.spec.whatwg.org/multipage/iframe-embed-object.html>.

use super::{Effect, Element, script::between};
use crate::{Network, Reason, RedirectMode, UserAgent, mime_type::Destination};

/// <https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-object-element>, and the same of `embed`: the
/// document that the element shows, and its title as far as a script of the page gets it.
pub fn navigate_an_embedded_document<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
) -> Effect {
    user_agent
        .rules
        .navigation_request(element)
        .and_then(|mut request| {
            request.redirect_mode = RedirectMode::Follow;
            user_agent.fetch_for(Destination::Object, request)
        })
        .map(|response| {
            if !user_agent.rules.is_content_document_shown(&element.origin, &response) {
                return Effect::Withheld(Reason::DocumentOrigin);
            }
            between(&response.text(), "<title>", "</title>").map_or(Effect::Unseen, Effect::Readable)
        })
        .into()
}
