//! Style sheets, <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet>.

use super::{Effect, Element, potential_cors_request::Fallback, script::between};
use crate::{
    Network, Reason, UnsafeResponse, UserAgent,
    mime_type::{Destination, essence},
    status::is_ok_status,
};

/// What a `link` with `rel=stylesheet` comes to, and what a script gets of its rules: the value of `--secret`.
pub fn link_type_stylesheet<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    fetch(user_agent, element).into()
}

fn fetch<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Result<Effect, Reason> {
    let request = user_agent.rules.create_a_potential_cors_request(element, Fallback::NoCors)?;
    let response = user_agent.fetch_for(Destination::Style, request)?;
    rules_of(user_agent, &response)
}

/// What a style sheet comes to, and what a script gets of its rules.
pub(super) fn rules_of<N: Network>(
    user_agent: &UserAgent<'_, N>,
    response: &UnsafeResponse,
) -> Result<Effect, Reason> {
    if !is_ok_status(response.response.status) {
        return Err(Reason::Unusable);
    }
    // The pages of cases are in no-quirks mode, so another type is none.
    if essence(&response.response.header_list) != "text/css" {
        return Err(Reason::MimeType);
    }
    let secret = between(&response.text(), "--secret:", ";").ok_or(Reason::Unusable)?;
    Ok(if user_agent.rules.is_style_sheet_origin_clean(response) {
        Effect::Readable(secret.trim().to_owned())
    } else {
        Effect::Withheld(Reason::StylesheetOrigin)
    })
}
