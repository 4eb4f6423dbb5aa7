//! Images, <https://html.spec.whatwg.org/multipage/images.html>.

use super::{
    Effect, Element,
    media_data::{colour, natural_size},
    potential_cors_request::Fallback,
};
use crate::{Network, Reason, UnsafeResponse, UserAgent, mime_type::Destination};

/// What a script tries to read of an image, or of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The pixels, through a canvas.
    Pixels,
    /// Samples of sound, by Web Audio.
    Samples,
    /// The natural size, which is told of images of every origin.
    NaturalSize,
    /// The duration, which is told of media of every origin.
    Duration,
}

/// <https://html.spec.whatwg.org/multipage/images.html#update-the-image-data>, and what a script gets of it.
/// An SVG `image` is no other: <https://svgwg.org/svg2-draft/embedded.html#ImageElement>.
pub fn update_the_image_data<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    reading: Reading,
) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::NoCors)
        // Whatever the status: an error page may hold an image.
        .and_then(|request| user_agent.fetch_for(Destination::Image, request))
        .and_then(|response| effect(user_agent, reading, &response))
        .into()
}

fn effect<N: Network>(
    user_agent: &UserAgent<'_, N>,
    reading: Reading,
    response: &UnsafeResponse,
) -> Result<Effect, Reason> {
    let colour = colour(&response.response.body).ok_or(Reason::Unusable)?;
    if reading == Reading::NaturalSize {
        return Ok(natural_size(&response.response.body).map_or(Effect::Unseen, Effect::Readable));
    }
    Ok(if user_agent.rules.is_image_origin_clean(response) {
        Effect::Readable(colour)
    } else {
        Effect::Withheld(Reason::TaintedCanvas)
    })
}
