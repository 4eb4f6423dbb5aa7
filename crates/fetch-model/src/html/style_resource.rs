//! What style sheets ask for, <https://drafts.csswg.org/css-values-4/#fetch-a-style-resource>.

use super::{
    Effect, Element,
    media_data::{advance_width, colour, natural_size},
    potential_cors_request::new_request,
    style::rules_of,
};
use crate::{
    CredentialsMode, Network, Reason, Request, RequestMode, UserAgent, mime_type::Destination, words,
};

words! {
    /// What a URL in a style sheet is for.
    StyleResource {
        /// `background-image`: painted, and nobody is told.
        BackgroundImage = "background-image",
        /// `content`: an image that takes its room.
        Content = "content",
        /// `mask-image`: what shines through would tell the pixels, so it is by CORS.
        MaskImage = "mask-image",
        /// `shape-outside`: text that flows along it tells the pixels, so it is by CORS.
        ShapeOutside = "shape-outside",
        /// `src` of `@font-face`: text tells the glyphs.
        Font = "font",
        /// `@import`
        Import = "import",
    }
}

impl StyleResource {
    /// <https://www.w3.org/TR/css-masking-1/#priv-sec>, <https://drafts.csswg.org/css-shapes-1/#shape-outside-property>,
    /// <https://drafts.csswg.org/css-fonts-4/#font-fetching-requirements>,
    /// <https://drafts.csswg.org/css-images-4/#fetch-an-external-image-for-a-stylesheet>
    fn mode(self) -> RequestMode {
        match self {
            Self::BackgroundImage | Self::Content | Self::Import => RequestMode::NoCors,
            Self::MaskImage | Self::ShapeOutside | Self::Font => RequestMode::Cors,
        }
    }

    fn destination(self) -> Destination {
        match self {
            Self::Font => Destination::Font,
            Self::Import => Destination::Style,
            _ => Destination::Image,
        }
    }
}

/// <https://drafts.csswg.org/css-values-4/#fetch-a-style-resource>: its request.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn style_resource_request(element: &Element, resource: StyleResource) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    request.mode = resource.mode();
    request.credentials_mode = match request.mode {
        RequestMode::NoCors => CredentialsMode::Include,
        _ => CredentialsMode::SameOrigin,
    };
    Ok(request)
}

/// Fetches what a style sheet of the page's own asks for, and tells what a script gets of it.
pub fn fetch_a_style_resource<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    resource: StyleResource,
) -> Effect {
    fetch(user_agent, element, resource).into()
}

fn fetch<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    resource: StyleResource,
) -> Result<Effect, Reason> {
    let request = user_agent.rules.style_resource_request(element, resource)?;
    let response = user_agent.fetch_for(resource.destination(), request);
    match resource {
        // Whatever came of it.
        StyleResource::BackgroundImage => Ok(Effect::Unseen),
        StyleResource::Import => rules_of(user_agent, &response?),
        _ => of_bytes(resource, &response?.response.body).ok_or(Reason::Unusable),
    }
}

/// What a script can measure, once it is there.
fn of_bytes(resource: StyleResource, bytes: &[u8]) -> Option<Effect> {
    Some(match resource {
        StyleResource::Font => Effect::Readable(advance_width(bytes)?),
        StyleResource::Content => Effect::Readable(natural_size(bytes)?),
        // Cases have opaque images, which text flows around.
        StyleResource::ShapeOutside => colour(bytes).map(|_| Effect::Readable("opaque".to_owned()))?,
        StyleResource::BackgroundImage | StyleResource::MaskImage | StyleResource::Import => {
            colour(bytes).map(|_| Effect::Unseen)?
        }
    })
}
