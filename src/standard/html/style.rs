//! Style sheets, <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet>.

use super::{
    Effect, Element,
    potential_cors_request::{Fallback, create_a_potential_cors_request},
    script::between,
};
use crate::standard::{
    Network, Reason, UserAgent,
    mime_type::{Destination, essence},
    status::is_ok_status,
};

/// What a `link` with `rel=stylesheet` comes to, and what a script gets of its rules: the value of `--secret`.
pub fn link_type_stylesheet<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch(user_agent, element).into()
}

fn fetch<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Result<Effect, Reason> {
    let request = create_a_potential_cors_request(element, Fallback::NoCors)?;
    let response = user_agent.fetch_for(Destination::Style, request)?;
    if !is_ok_status(response.response.status) {
        return Err(Reason::Unusable);
    }
    // The pages of cases are in no-quirks mode, so another type is none.
    if essence(&response.response.header_list) != "text/css" {
        return Err(Reason::MimeType);
    }
    let secret = between(&response.text(), "--secret:", ";").ok_or(Reason::Unusable)?;
    // https://drafts.csswg.org/cssom/#concept-css-style-sheet-origin-clean-flag
    Ok(if response.is_cors_same_origin() {
        Effect::Readable(secret.trim().to_owned())
    } else {
        Effect::Withheld(Reason::StylesheetOrigin)
    })
}
