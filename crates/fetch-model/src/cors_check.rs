//! The CORS check, <https://fetch.spec.whatwg.org/#concept-cors-check>.

use super::{header::HeaderList, modes::CredentialsMode, reason::Reason, request::Request, rules::Rules};

/// <https://fetch.spec.whatwg.org/#concept-cors-check>
///
/// # Errors
/// The step that says no. It is a failure of the check, not of the program.
pub fn cors_check(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: &HeaderList,
) -> Result<(), Reason> {
    // 1.-2. Nothing is granted where nothing is said.
    let Some(origin) = response.get("Access-Control-Allow-Origin") else {
        return Err(Reason::AllowOriginMissing);
    };
    // 3. A wildcard covers any origin, but no credentials.
    if request.credentials_mode != CredentialsMode::Include && origin == "*" {
        return Ok(());
    }
    // 4. Otherwise the origin itself, byte for byte.
    if origin != rules.serialize_a_request_origin(request) {
        return Err(mismatch(&origin, response));
    }
    // 5. Which is enough without credentials.
    if request.credentials_mode != CredentialsMode::Include {
        return Ok(());
    }
    // 6.-7. With them the server has to say so, byte for byte too.
    if response.get("Access-Control-Allow-Credentials").as_deref() == Some("true") {
        return Ok(());
    }
    // 8.
    Err(Reason::AllowCredentialsNotTrue)
}

/// What kind of mismatch step 4 found; the standard does not tell them apart, developers do.
fn mismatch(origin: &str, response: &HeaderList) -> Reason {
    if origin == "*" {
        Reason::WildcardWithCredentials
    } else if response.values("Access-Control-Allow-Origin").count() > 1 || origin.contains(',') {
        Reason::AllowOriginMultiple
    } else {
        Reason::AllowOriginMismatch
    }
}
