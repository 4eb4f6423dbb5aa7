//! Responses, <https://fetch.spec.whatwg.org/#concept-response>.

use url::Url;

use super::{
    header::HeaderList,
    modes::CredentialsMode,
    reason::Reason,
    request::{Request, ResponseTainting},
    rules::Rules,
    status::is_redirect_status,
};

/// The response that a fetch returns to its caller, filtered as its tainting demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// <https://fetch.spec.whatwg.org/#concept-network-error>, and the step that made it one.
    NetworkError(Reason),
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-basic>
    Basic(ReadableResponse),
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>
    Cors(ReadableResponse),
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque>: there is nothing to read in it.
    Opaque,
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>: only its URL can be read.
    OpaqueRedirect {
        /// The URL that answered with the redirect.
        url: Url,
    },
}

/// A response as far as a script may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadableResponse {
    /// Every URL the request went to.
    pub url_list: Vec<Url>,
    /// The status code.
    pub status: u16,
    /// The header fields that were let through.
    pub header_list: HeaderList,
    /// The body; empty for a null body.
    pub body: Vec<u8>,
}

/// <https://fetch.spec.whatwg.org/#concept-internal-response>: a response before it is filtered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalResponse {
    /// The status code.
    pub status: u16,
    /// All header fields.
    pub header_list: HeaderList,
    /// The body.
    pub body: Vec<u8>,
    /// <https://fetch.spec.whatwg.org/#concept-response-range-requested-flag>
    pub range: RangeRequested,
    /// <https://fetch.spec.whatwg.org/#concept-response-cache-state>
    pub cache_state: CacheState,
}

/// <https://fetch.spec.whatwg.org/#concept-response-cache-state>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// The response did not come from the HTTP cache.
    None,
    /// The response came from the HTTP cache, without validation.
    Local,
    /// From the HTTP cache, after a 304.
    Validated,
}

/// <https://fetch.spec.whatwg.org/#concept-response-range-requested-flag>: whether a part was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeRequested {
    /// The request had a `Range`.
    Set,
    /// It had none.
    Unset,
}

/// <https://fetch.spec.whatwg.org/#concept-filtered-response>, with its internal response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilteredResponse {
    /// The response as a script sees it, after filtering.
    pub response: Response,
    /// <https://fetch.spec.whatwg.org/#concept-internal-response>
    pub internal_response: InternalResponse,
    /// <https://fetch.spec.whatwg.org/#concept-response-url-list> of the internal response; never empty.
    pub url_list: Vec<Url>,
}

impl FilteredResponse {
    /// What may be known of it, in the words of <https://fetch.spec.whatwg.org/#concept-request-response-tainting>.
    pub fn tainting(&self) -> ResponseTainting {
        match self.response {
            Response::Basic(_) => ResponseTainting::Basic,
            Response::Cors(_) => ResponseTainting::Cors,
            Response::NetworkError(_) | Response::Opaque | Response::OpaqueRedirect { .. } => {
                ResponseTainting::Opaque
            }
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#unsafe-response>: what an element gets, which
/// may use what no script may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsafeResponse {
    /// The response before it is filtered.
    pub response: InternalResponse,
    /// The URL of the last request.
    pub url: Url,
    /// <https://fetch.spec.whatwg.org/#concept-request-response-tainting> at the end.
    pub tainting: ResponseTainting,
}

impl UnsafeResponse {
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-same-origin>
    pub fn is_cors_same_origin(&self) -> bool {
        self.tainting != ResponseTainting::Opaque
    }

    /// The body as UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.response.body).into_owned()
    }
}

/// The result of <https://fetch.spec.whatwg.org/#concept-response-location-url>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocationUrl {
    /// The response is no redirect, or has no Location.
    Null,
    /// The value cannot be parsed, or there are several.
    Failure,
    /// The parsed URL, with the fragment of the request where it has none.
    Url(Url),
}

impl InternalResponse {
    /// A response that a network or a script made.
    pub fn new(status: u16, header_list: HeaderList, body: Vec<u8>) -> Self {
        Self { status, header_list, body, range: RangeRequested::Unset, cache_state: CacheState::None }
    }

    /// <https://fetch.spec.whatwg.org/#concept-response-location-url>; `current` is the URL that answered.
    pub fn location_url(&self, current: &Url) -> LocationUrl {
        // 1. Only a redirect status makes a redirect.
        if !is_redirect_status(self.status) {
            return LocationUrl::Null;
        }
        // 2. One Location, or none.
        let mut values = self.header_list.values("Location");
        let location = match (values.next(), values.next()) {
            (None, _) => return LocationUrl::Null,
            (Some(_), Some(_)) => return LocationUrl::Failure,
            (Some(location), None) => location,
        };
        // 3. Parsed against the URL that said it.
        let Ok(mut url) = current.join(&isomorphic_as_utf8(location)) else { return LocationUrl::Failure };
        // 4. A fragment is inherited.
        if url.fragment().is_none() {
            url.set_fragment(current.fragment());
        }
        LocationUrl::Url(url)
    }

    /// What is left of it with only those headers that `keep` lets through.
    fn readable(self, request: &Request, keep: impl Fn(&str) -> bool) -> ReadableResponse {
        ReadableResponse {
            url_list: request.url_list().to_vec(),
            status: self.status,
            header_list: self
                .header_list
                .iter()
                .filter(|(name, _)| keep(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: self.body,
        }
    }
}

/// The end of <https://fetch.spec.whatwg.org/#concept-main-fetch>: the response as a script gets it.
pub(super) fn filtered_response(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: InternalResponse,
) -> Response {
    match request.response_tainting {
        ResponseTainting::Basic => {
            Response::Basic(response.readable(request, |name| !rules.is_forbidden_response_header_name(name)))
        }
        ResponseTainting::Cors => {
            let exposed = rules.cors_exposed_header_names(request, &response.header_list);
            Response::Cors(
                response
                    .readable(request, |name| rules.is_cors_safelisted_response_header_name(name, &exposed)),
            )
        }
        ResponseTainting::Opaque => Response::Opaque,
    }
}

/// <https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list>
pub(super) fn cors_exposed_header_names(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: &HeaderList,
) -> Vec<String> {
    let names = rules
        .extract_header_list_values("Access-Control-Expose-Headers", response)
        .ok()
        .flatten()
        .unwrap_or_default();
    if request.credentials_mode != CredentialsMode::Include && names.iter().any(|name| name == "*") {
        return response.iter().map(|(name, _)| name.to_owned()).collect();
    }
    names
}

/// Isomorphic text read as the bytes it stands for, in UTF-8: what browsers make of a `Location` that is not ASCII.
fn isomorphic_as_utf8(text: &str) -> String {
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
