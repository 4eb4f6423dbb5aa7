//! Text tracks, <https://html.spec.whatwg.org/multipage/media.html#start-the-track-processing-model>.

use super::{Effect, Element, potential_cors_request::Fallback, script::between};
use crate::{Network, Reason, UserAgent, mime_type::Destination};

/// What a track comes to, and the text of its first cue: what loads can be read, so nothing of another origin
/// loads without CORS.
pub fn start_the_track_processing_model<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::SameOrigin)
        .and_then(|request| user_agent.fetch_for(Destination::Track, request))
        .and_then(|response| {
            // Cases have one cue, with a full time stamp at its end.
            let cue = between(&response.text(), "00:00:01.000\n", "\n").ok_or(Reason::Unusable)?;
            Ok(Effect::Readable(cue))
        })
        .into()
}
