//! Origins of documents, <https://html.spec.whatwg.org/multipage/document-sequences.html#determining-the-origin>.

use url::Url;

use super::super::{
    origin::{Origin, is_same_origin_url},
    reason::Reason,
    response::UnsafeResponse,
};

/// The origin and the domain that `document.domain` gave it,
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-domain>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentOrigin {
    /// The origin that the document was created with.
    pub origin: Origin,
    /// The domain; `None` unless `document.domain` was set.
    pub domain: Option<String>,
}

impl DocumentOrigin {
    /// The setter of <https://html.spec.whatwg.org/multipage/browsers.html#dom-document-domain>.
    ///
    /// # Errors
    /// A SecurityError: the value is no registrable domain suffix of the host.
    pub fn set_domain(&mut self, value: &str) -> Result<(), Reason> {
        // 1.-2. Omitted: documents without a browsing context, and sandboxed ones. 3.-4.
        if !self.origin.has_registrable_domain_suffix(value) {
            return Err(Reason::CrossOriginObject);
        }
        // 5. Omitted: an agent cluster that is keyed by origin, because no page asks for one by Origin-Agent-Cluster,
        // and the standard keys by site without it. 6.
        self.domain = Some(value.to_owned());
        Ok(())
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#same-origin-domain>
    pub fn is_same_origin_domain(&self, other: &Self) -> bool {
        match (&self.domain, &other.domain) {
            (Some(a), Some(b)) => {
                a == b && self.origin.scheme().is_some() && self.origin.scheme() == other.origin.scheme()
            }
            (None, None) => self.origin.is_same_origin(&other.origin),
            _ => false,
        }
    }
}

/// The origin of the document that a frame gets from `url`: its own, or that of the document which made the frame.
/// `opaque` is the new opaque origin, where it needs one; `sandbox` is the frame's attribute.
pub(super) fn origin_of_document(
    url: &str,
    sandbox: Option<&str>,
    creator: &Origin,
    opaque: Origin,
) -> Origin {
    // The sandboxed origin browsing context flag.
    let is_sandboxed = sandbox.is_some_and(|flags| {
        !flags.split_ascii_whitespace().any(|flag| flag.eq_ignore_ascii_case("allow-same-origin"))
    });
    if is_sandboxed {
        return opaque;
    }
    let Ok(url) = Url::parse(url) else { return opaque };
    match url.scheme() {
        // about:srcdoc is its container's, about:blank that of whoever navigated there; for a blob it is the origin
        // that the URL was made in. Cases have all three from the page.
        "about" | "blob" => creator.clone(),
        _ => Origin::of(&url).unwrap_or(opaque),
    }
}

/// <https://html.spec.whatwg.org/multipage/document-sequences.html#concept-bcc-content-document>: whether a page of `origin`
/// gets the document that `response` becomes in one of its elements.
pub(super) fn is_content_document_shown(origin: &Origin, response: &UnsafeResponse) -> bool {
    is_same_origin_url(origin, &response.url)
}
