//! Requests of elements with a `crossorigin` attribute.

use url::Url;

use super::Element;
use crate::{CredentialsMode, CrossOrigin, Reason, Request, RequestMode};

/// What is asked where there is no `crossorigin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// no-cors: an opaque response is good enough.
    NoCors,
    /// The same-origin fallback flag: nothing of another origin.
    SameOrigin,
}

/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request>
///
/// # Errors
/// Where the URL does not parse: then nothing is fetched.
pub(super) fn create_a_potential_cors_request(
    element: &Element,
    fallback: Fallback,
) -> Result<Request, Reason> {
    let mut request = new_request(element)?;
    // 1.-2.
    request.mode = match (element.crossorigin, fallback) {
        (CrossOrigin::Absent, Fallback::NoCors) => RequestMode::NoCors,
        (CrossOrigin::Absent, Fallback::SameOrigin) => RequestMode::SameOrigin,
        _ => RequestMode::Cors,
    };
    // 3.-4. What is not granted is included; anonymous is the attribute's meaning unless it says otherwise.
    request.credentials_mode = match element.crossorigin {
        CrossOrigin::Absent | CrossOrigin::UseCredentials => CredentialsMode::Include,
        CrossOrigin::Anonymous | CrossOrigin::Empty | CrossOrigin::Invalid => CredentialsMode::SameOrigin,
    };
    Ok(request)
}

/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attribute-credentials-mode>
pub(super) fn cors_settings_attribute_credentials_mode(state: CrossOrigin) -> CredentialsMode {
    match state {
        CrossOrigin::UseCredentials => CredentialsMode::Include,
        _ => CredentialsMode::SameOrigin,
    }
}

/// A request for an element's URL, with Fetch's defaults.
///
/// # Errors
/// Where the URL does not parse.
pub(super) fn new_request(element: &Element) -> Result<Request, Reason> {
    let url = Url::parse(&element.url).map_err(|_| Reason::InvalidRequest)?;
    let mut request = Request::new(url, element.origin.clone(), element.client.clone());
    request.integrity_metadata.clone_from(&element.integrity);
    if let Some(policy) = element.referrer_policy {
        request.referrer_policy = policy;
    }
    Ok(request)
}
