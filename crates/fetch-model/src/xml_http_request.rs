//! What a script hands to an `XMLHttpRequest`: <https://xhr.spec.whatwg.org/>.

use url::Url;

use super::{
    header::{is_header_name, is_header_value, normalize_value},
    method::is_method,
    modes::{CredentialsMode, RequestMode},
    origin::Origin,
    reason::Reason,
    request::{Client, Request, UnsafeRequest, UseCorsPreflight},
    request_class::{BodyInit, append_default_accept},
    rules::Rules,
};

/// What a script sets on an XMLHttpRequest before `send()`, and passes to `send()`.
#[derive(Clone, Debug)]
pub struct XhrInit {
    /// The first argument of `open()`.
    pub method: String,
    /// The arguments of each `setRequestHeader()`, in order.
    pub headers: Vec<(String, String)>,
    /// The argument of `send()`.
    pub body: Option<BodyInit>,
    /// `withCredentials`
    pub with_credentials: WithCredentials,
    /// Whether anything listens on the upload object.
    pub upload_listener: UseCorsPreflight,
    /// <https://xhr.spec.whatwg.org/#synchronous-flag>. No step that makes a request looks at it, so that a model can
    /// get nothing but that wrong.
    pub synchronous: Synchronous,
}

/// <https://xhr.spec.whatwg.org/#synchronous-flag>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synchronous {
    /// `send()` waits.
    Set,
    /// `send()` returns at once.
    Unset,
}

/// <https://xhr.spec.whatwg.org/#cross-origin-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithCredentials {
    /// `true`
    True,
    /// `false`, the default.
    False,
}

/// The steps of <https://xhr.spec.whatwg.org/#the-open()-method> to <https://xhr.spec.whatwg.org/#the-send()-method>.
///
/// # Errors
/// [`Reason::InvalidRequest`] for an exception: nothing is fetched.
pub fn send(
    rules: &(impl Rules + ?Sized),
    input: &str,
    init: XhrInit,
    origin: Origin,
    client: Client,
) -> Result<Request, Reason> {
    // open()
    if !is_method(&init.method) || rules.is_forbidden_method(&init.method) {
        return Err(Reason::InvalidRequest);
    }
    let url = Url::parse(input).map_err(|_| Reason::InvalidRequest)?;
    let mut request = Request::new(url, origin, client);
    request.method = rules.normalize(&init.method);
    // setRequestHeader(): unlike `Headers`, values of one name are combined.
    for (name, value) in &init.headers {
        let value = normalize_value(value);
        if !is_header_name(name) || !is_header_value(value) {
            return Err(Reason::InvalidRequest);
        }
        if !rules.is_forbidden_request_header(name, value) {
            request.header_list.combine(name, value);
        }
    }
    // send(): a body of GET or HEAD is ignored.
    let body = init.body.filter(|_| !matches!(request.method.as_str(), "GET" | "HEAD"));
    if let Some(BodyInit { body, r#type }) = body {
        if let Some(r#type) = r#type.filter(|_| !request.header_list.contains("Content-Type")) {
            request.header_list.append("Content-Type", &r#type);
        }
        request.body = Some(body);
    }
    append_default_accept(&mut request.header_list);
    request.unsafe_request = UnsafeRequest::Set;
    request.mode = RequestMode::Cors;
    request.credentials_mode = match init.with_credentials {
        WithCredentials::True => CredentialsMode::Include,
        WithCredentials::False => CredentialsMode::SameOrigin,
    };
    request.use_cors_preflight = init.upload_listener;
    Ok(request)
}
