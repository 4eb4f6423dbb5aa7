//! Media elements, <https://html.spec.whatwg.org/multipage/media.html>.

use super::{
    Effect, Element,
    image::Reading,
    media_data::{colour, duration, natural_size},
    potential_cors_request::Fallback,
};
use crate::{Network, Reason, UnsafeResponse, UserAgent, mime_type::Destination};

/// <https://html.spec.whatwg.org/multipage/media.html#concept-media-load-resource>, and what a script gets of it;
/// `destination` tells an audio element from a video element.
///
/// Which bytes it asks for is the user agent's to choose: this one asks for all, from the first on, as browsers do.
pub fn resource_fetch_algorithm<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    destination: Destination,
    reading: Reading,
) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::NoCors)
        .and_then(|mut request| {
            request.header_list.append("Range", "bytes=0-");
            user_agent.fetch_for(destination, request)
        })
        .and_then(|response| effect(user_agent, reading, &response))
        .into()
}

fn effect<N: Network>(
    user_agent: &UserAgent<'_, N>,
    reading: Reading,
    response: &UnsafeResponse,
) -> Result<Effect, Reason> {
    let body = &response.response.body;
    // What has no duration is no media that cases know.
    let duration = duration(body).ok_or(Reason::Unusable)?;
    let is_clean = user_agent.rules.is_media_origin_clean(response);
    Ok(match reading {
        Reading::Duration => Effect::Readable(duration),
        Reading::NaturalSize => natural_size(body).map_or(Effect::Unseen, Effect::Readable),
        // https://html.spec.whatwg.org/multipage/canvas.html#the-image-argument-is-not-origin-clean
        Reading::Pixels if !is_clean => Effect::Withheld(Reason::TaintedCanvas),
        Reading::Pixels => colour(body).map_or(Effect::Unseen, Effect::Readable),
        // https://webaudio.github.io/web-audio-api/#MediaElementAudioSourceOptions-security
        Reading::Samples if !is_clean => Effect::Withheld(Reason::SilentMedia),
        Reading::Samples => Effect::Readable("sound".to_owned()),
    })
}
