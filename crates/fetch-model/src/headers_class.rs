//! The `Headers` class, <https://fetch.spec.whatwg.org/#headers-class>.

use super::{
    header::{HeaderList, is_header_name, is_header_value, normalize_value},
    modes::RequestMode,
    reason::Reason,
    request::Request,
    request_header::is_privileged_no_cors_request_header_name,
    rules::Rules,
};

/// <https://fetch.spec.whatwg.org/#concept-headers-guard>, for those of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// "request"
    Request,
    /// "request-no-cors"
    RequestNoCors,
}

impl Guard {
    /// The guard of a request's `headers`: step 32. of <https://fetch.spec.whatwg.org/#dom-request>.
    pub fn of(request: &Request) -> Self {
        if request.mode == RequestMode::NoCors { Self::RequestNoCors } else { Self::Request }
    }
}

/// <https://fetch.spec.whatwg.org/#concept-headers-append>; what the guard forbids is left out in silence.
///
/// # Errors
/// [`Reason::InvalidRequest`] for a TypeError: a name or value that is none.
pub fn append(
    rules: &(impl Rules + ?Sized),
    headers: &mut HeaderList,
    guard: Guard,
    name: &str,
    value: &str,
) -> Result<(), Reason> {
    // 1.
    let value = normalize_value(value);
    // 2. https://fetch.spec.whatwg.org/#headers-validate
    if !is_header_name(name) || !is_header_value(value) {
        return Err(Reason::InvalidRequest);
    }
    match guard {
        Guard::Request => {
            if rules.is_forbidden_request_header(name, value) {
                return Ok(());
            }
            // 4.
            headers.append(name, value);
        }
        Guard::RequestNoCors => {
            // 3. The values that are there already count.
            let temporary_value = match headers.get(name) {
                None => value.to_owned(),
                Some(present) => format!("{present}, {value}"),
            };
            if !rules.is_no_cors_safelisted_request_header(name, &temporary_value) {
                return Ok(());
            }
            // 4.
            headers.append(name, value);
            // 5.
            rules.remove_privileged_no_cors_request_headers(headers);
        }
    }
    Ok(())
}

/// <https://fetch.spec.whatwg.org/#concept-headers-remove-privileged-no-cors-request-headers>
pub(super) fn remove_privileged_no_cors_request_headers(headers: &mut HeaderList) {
    let privileged: Vec<String> = headers
        .iter()
        .map(|(name, _)| name.to_owned())
        .filter(|name| is_privileged_no_cors_request_header_name(name))
        .collect();
    for name in privileged {
        headers.delete(&name);
    }
}
