//! Images, <https://html.spec.whatwg.org/multipage/images.html>.

use super::{
    Effect, Element,
    potential_cors_request::{Fallback, create_a_potential_cors_request},
};
use crate::standard::{Network, Reason, UserAgent, mime_type::Destination};

/// <https://html.spec.whatwg.org/multipage/images.html#update-the-image-data>, and what a canvas that the image is
/// drawn on gives of it.
pub fn update_the_image_data<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch(user_agent, element).into()
}

fn fetch<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Result<Effect, Reason> {
    let request = create_a_potential_cors_request(element, Fallback::NoCors)?;
    // Whatever the status: an error page may hold an image.
    let response = user_agent.fetch_for(Destination::Image, request)?;
    let colour = first_pixel(&response.response.body).ok_or(Reason::Unusable)?;
    // https://html.spec.whatwg.org/multipage/canvas.html#the-image-argument-is-not-origin-clean
    Ok(if response.is_cors_same_origin() {
        Effect::Readable(colour)
    } else {
        Effect::Withheld(Reason::TaintedCanvas)
    })
}

/// The colour of a PNG whose palette has one; <https://www.w3.org/TR/png-3/#11PLTE>. Cases have no other images.
fn first_pixel(bytes: &[u8]) -> Option<String> {
    let chunks = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let at = chunks.windows(4).position(|name| name == b"PLTE")? + 4;
    let [red, green, blue] = chunks.get(at..at + 3)?.try_into().ok()?;
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}
