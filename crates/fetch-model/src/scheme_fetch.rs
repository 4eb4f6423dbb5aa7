//! Scheme fetch, <https://fetch.spec.whatwg.org/#concept-scheme-fetch>, for schemes that need no network.

use url::Url;

use super::{header::HeaderList, reason::Reason, response::InternalResponse};

/// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>, but for HTTP(S).
///
/// # Errors
/// A network error for every scheme but `data`.
pub(super) fn scheme_fetch(url: &Url) -> Result<InternalResponse, Reason> {
    // Omitted: `about:blank`, which fetch() refuses before; `blob`, because no case can name one.
    if url.scheme() != "data" {
        return Err(Reason::UrlScheme);
    }
    let data_url = data_url::DataUrl::process(url.as_str()).map_err(|_| Reason::UrlScheme)?;
    let (body, _) = data_url.decode_to_vec().map_err(|_| Reason::UrlScheme)?;
    let mut header_list = HeaderList::new();
    header_list.append("Content-Type", &data_url.mime_type().to_string());
    Ok(InternalResponse::new(200, header_list, body))
}
