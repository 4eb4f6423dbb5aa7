//! SVG's `use`, <https://svgwg.org/svg2-draft/struct.html#UseElement>.

use super::{Effect, Element, potential_cors_request::Fallback, script::between};
use crate::{Network, Reason, UserAgent, mime_type::Destination};

/// <https://svgwg.org/svg2-draft/linking.html#processingURL>: what a `use` element refers to becomes part of the
/// document around it, so it is of the same origin. A script gets the size of the shape.
pub fn process_a_use_element<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::SameOrigin)
        .and_then(|request| user_agent.fetch_for(Destination::Image, request))
        .and_then(|response| {
            // Cases have one shape, a rectangle.
            let rectangle = between(&response.text(), "<rect ", "/>").ok_or(Reason::Unusable)?;
            let side = |name: &str| between(&rectangle, &format!("{name}=\""), "\"");
            let (width, height) = side("width").zip(side("height")).ok_or(Reason::Unusable)?;
            Ok(Effect::Readable(format!("{width}x{height}")))
        })
        .into()
}
