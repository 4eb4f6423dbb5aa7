//! Links that fetch ahead, <https://html.spec.whatwg.org/multipage/links.html#link-type-preload> and its kin.

use url::Url;

use super::{Effect, Element, potential_cors_request::Fallback, script::fetch_a_single_module_script};
use crate::{
    CredentialsMode, Network, Origin, Reason, Request, RequestMode, UserAgent, http_fetch::Fetched,
    mime_type::Destination,
};

/// <https://html.spec.whatwg.org/multipage/links.html#preload-key>, and whose document it is of: cases have one an
/// origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreloadKey {
    /// The document's origin.
    pub document: Origin,
    /// The URL.
    pub url: Url,
    /// The destination of the request that may use the preloaded response.
    pub destination: Destination,
    /// The mode of that request.
    pub mode: RequestMode,
    /// The credentials mode of that request.
    pub credentials_mode: CredentialsMode,
}

impl PreloadKey {
    /// <https://html.spec.whatwg.org/multipage/links.html#create-a-preload-key>
    pub(crate) fn of(request: &Request) -> Self {
        Self {
            document: request.origin.clone(),
            url: request.current_url().clone(),
            destination: request.destination,
            mode: request.mode,
            credentials_mode: request.credentials_mode,
        }
    }
}

/// What a document has preloaded and not used yet.
pub(crate) struct Preload {
    pub(crate) key: PreloadKey,
    /// The request as its fetch left it, and what came of it.
    pub(crate) fetched: (Request, Result<Fetched, Reason>),
}

/// The comparison of <https://html.spec.whatwg.org/multipage/links.html#consume-a-preloaded-resource>.
///
/// Omitted: integrity metadata, because no preload of a case has any.
pub(super) fn is_preload_for(preload: &PreloadKey, consumer: &PreloadKey) -> bool {
    preload == consumer
}

/// <https://html.spec.whatwg.org/multipage/links.html#preload>: of what came nobody is told but that it did.
pub fn preload<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    element: &Element,
    destination: Destination,
) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::NoCors)
        .and_then(|request| user_agent.preload(destination, request))
        .map(|()| Effect::Unseen)
        .into()
}

/// <https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload>: fetches into the module map.
pub fn modulepreload<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    let credentials_mode = user_agent.rules.cors_settings_attribute_credentials_mode(element.crossorigin);
    fetch_a_single_module_script(user_agent, element, credentials_mode, Destination::Script)
        .map(|_| Effect::Unseen)
        .into()
}

/// <https://html.spec.whatwg.org/multipage/links.html#link-type-prefetch>: fetches into the HTTP cache.
pub fn prefetch<N: Network>(user_agent: &mut UserAgent<'_, N>, element: &Element) -> Effect {
    user_agent
        .rules
        .create_a_potential_cors_request(element, Fallback::NoCors)
        .and_then(|request| user_agent.fetch_for(Destination::Empty, request))
        .map(|_| Effect::Unseen)
        .into()
}
