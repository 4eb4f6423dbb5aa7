//! The request that a page would make: the second argument of its `fetch()`.

use fetch_model::{CredentialsMode, FetchStandard, header, method, request_header};

use crate::case::{Body, Request, Via};

/// The headers with which a preflight is provoked where nobody says which.
pub(super) const PREFLIGHTED_HEADER: &str = "Content-Type";

/// The credentials mode of `fetch()` where the script sets none.
pub(crate) const DEFAULT_CREDENTIALS: CredentialsMode = CredentialsMode::SameOrigin;

/// The request that the command line describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestInit {
    /// The method, as a script would write it; `None`: GET.
    pub method: Option<String>,
    /// Header fields; where no value is given, the request gets one.
    pub headers: Vec<(String, Option<String>)>,
    pub body: Option<String>,
    /// Include, or what `fetch()` does where nobody says more: [`DEFAULT_CREDENTIALS`].
    pub credentials: CredentialsMode,
}

/// Why no page can make a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadRequest {
    /// The text is not a method.
    #[error("--method '{0}' is no method: write a word such as PUT")]
    Method(String),
    /// A method that scripts may not use.
    #[error("--method {0}: fetch() refuses it, so no page can ask so")]
    ForbiddenMethod(String),
    /// The text is not a header field.
    #[error("--header '{0}' is no header: write 'Name: value' or 'Name'")]
    Header(String),
    /// A header that scripts cannot set.
    #[error("--header {name}: no script can set it, the browser drops it in silence.{hint}")]
    ForbiddenHeader {
        name: String,
        /// What to use instead.
        hint: &'static str,
    },
    /// A body of a request that has none.
    #[error("--body: a {0} has no body, fetch() refuses it; add --method POST, or what it really is")]
    Body(String),
}

impl Default for RequestInit {
    /// What `fetch(url)` asks.
    fn default() -> Self {
        Self { method: None, headers: Vec::new(), body: None, credentials: DEFAULT_CREDENTIALS }
    }
}

impl RequestInit {
    /// Reads the arguments.
    ///
    /// # Errors
    /// [`BadRequest`] where no page could make that request.
    pub(crate) fn new(
        method: Option<&str>,
        headers: &[String],
        body: Option<&str>,
        credentials: CredentialsMode,
    ) -> Result<Self, BadRequest> {
        if let Some(method) = method {
            if !method::is_method(method) {
                return Err(BadRequest::Method(method.to_owned()));
            }
            if method::is_forbidden_method(method) {
                return Err(BadRequest::ForbiddenMethod(method.to_owned()));
            }
        }
        let sent = method::normalize(method.unwrap_or("GET"));
        if body.is_some() && matches!(sent.as_str(), "GET" | "HEAD") {
            return Err(BadRequest::Body(sent));
        }
        Ok(Self {
            method: method.map(str::to_owned),
            headers: headers.iter().map(|text| header(text)).collect::<Result<_, _>>()?,
            body: body.map(str::to_owned),
            credentials,
        })
    }

    /// The request for `url`. Without credentials the mode stays the one that `fetch()` has.
    pub(super) fn request(&self, url: &str) -> Request {
        let mut request = Request {
            method: self.method.clone(),
            credentials: (self.credentials == CredentialsMode::Include).then_some(CredentialsMode::Include),
            body: self.body.clone().map(Body::Text),
            ..Request::new(Via::Fetch, url)
        };
        for (name, value) in &self.headers {
            match value {
                Some(value) => request.headers.push((name.clone(), value.clone())),
                None => request.add_header(name),
            }
        }
        request
    }
}

fn header(text: &str) -> Result<(String, Option<String>), BadRequest> {
    let (name, value) = match text.split_once(':') {
        Some((name, value)) => (name.trim(), Some(header::normalize_value(value).to_owned())),
        None => (text.trim(), None),
    };
    if !header::is_header_name(name) || value.as_ref().is_some_and(|value| !header::is_header_value(value)) {
        return Err(BadRequest::Header(text.to_owned()));
    }
    let said = value.as_deref().unwrap_or_default();
    if request_header::is_forbidden_request_header(&FetchStandard, name, said) {
        let lower = name.to_ascii_lowercase();
        let hint = match lower.as_str() {
            "cookie" => " Cookies go with --credentials.",
            "origin" => " It is --from that decides it.",
            _ if lower.starts_with("access-control-request-") => {
                " It is the browser that says it in the preflight: name the --method and the --header that the page uses."
            }
            _ => "",
        };
        return Err(BadRequest::ForbiddenHeader { name: name.to_owned(), hint });
    }
    Ok((name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn asked(method: Option<&str>, headers: &[&str], body: Option<&str>) -> Result<RequestInit, BadRequest> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        RequestInit::new(method, &headers, body, DEFAULT_CREDENTIALS)
    }

    #[rstest]
    #[case(Some("TRACE"), &[], None, "fetch() refuses it")]
    #[case(Some("NO METHOD"), &[], None, "is no method")]
    #[case(None, &["X Y: 1"], None, "write 'Name: value' or 'Name'")]
    #[case(None, &["Cookie: a=1"], None, "Cookies go with --credentials")]
    #[case(None, &["Origin"], None, "--from")]
    #[case(None, &["access-control-request-method: PUT"], None, "name the --method")]
    #[case(None, &["Sec-Fetch-Mode: cors"], None, "drops it in silence")]
    #[case(None, &["X-HTTP-Method-Override: TRACE"], None, "drops it in silence")]
    #[case(None, &[], Some("{}"), "a GET has no body")]
    #[case(Some("head"), &[], Some("{}"), "a HEAD has no body")]
    fn what_no_page_can_ask_is_refused(
        #[case] method: Option<&str>,
        #[case] headers: &[&str],
        #[case] body: Option<&str>,
        #[case] says: &str,
    ) {
        let error = asked(method, headers, body).expect_err("it is refused").to_string();
        assert!(error.contains(says), "{error}");
    }

    #[test]
    fn a_header_without_a_value_gets_one() {
        let asked = asked(Some("PUT"), &["Authorization", "X-Trace:  a b ", "X-Empty:"], Some("x"));
        let request = asked.expect("a request").request("http://localhost/");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected =
            [pair("Authorization", "Bearer corsproof"), pair("X-Trace", "a b"), pair("X-Empty", "")];
        assert_eq!(request.headers, expected);
        assert_eq!(request.credentials, None);
    }
}
