//! Complaints about values that no policy can have, whether written in TOML or in Rust.

use std::collections::HashSet;

use corsproof_fixture::Secrets;
use fetch_model::{
    FetchStandard, Origin, method::is_forbidden_method, request_header::is_forbidden_request_header,
    response_header::is_forbidden_response_header_name,
};

use crate::document::{pattern::is_token, quotation::quoted};

/// Something in a policy that cannot be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}; {help}")]
pub struct Complaint {
    /// What is wrong with the policy.
    pub what: String,
    /// Why, or what is expected instead.
    pub why: String,
    /// How to correct the policy.
    pub help: String,
}

impl Complaint {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), help: help.into() }
    }
}

/// Parses an origin, which must be spelled exactly as browsers send it.
pub(crate) fn origin(text: &str) -> Result<Origin, Complaint> {
    let complaint =
        |why: &str, help: &str| Complaint::new(format!("{} is no origin", quoted(text)), why, help);
    match Origin::parse(text) {
        Ok(origin) if matches!(origin.scheme(), Some("http" | "https")) => Ok(origin),
        Ok(_) => {
            Err(complaint("expected http:// or https://", "pages and servers of other schemes have no CORS"))
        }
        Err(_) if text == "null" => Err(complaint(
            "expected http:// or https://",
            "every sandboxed frame of every site has the origin null: it is nobody's own",
        )),
        Err(error) => Err(complaint(
            &error.problem,
            "an origin is a scheme, a host and a port that is not the usual one, as browsers send it in Origin",
        )),
    }
}

/// `any_origin` together with credentials, which no browser lets a page read.
pub(crate) fn everybody_with_credentials() -> Complaint {
    Complaint::new(
        "`*` cannot be granted with credentials",
        "not beside credentials",
        "browsers refuse it: list the origins, or let pages ask without credentials",
    )
}

/// The methods that browsers put into upper case themselves.
/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

/// A method that no page can use.
///
/// Any other method goes out as the page writes it: one that sends `patch` needs `patch` to be allowed.
pub(crate) fn method(text: &str) -> Result<(), Complaint> {
    let upper = text.to_ascii_uppercase();
    if is_forbidden_method(text) {
        let what = format!("no page can use the method {}", quoted(text));
        Err(Complaint::new(what, "browsers refuse it", "leave it out"))
    } else if text != upper && NORMALIZED.contains(&upper.as_str()) {
        let what = format!("{} is not the method {upper}", quoted(text));
        Err(Complaint::new(what, "browsers send it in upper case", format!("write {upper:?}")))
    } else {
        Ok(())
    }
}

/// A request header that no script can set.
pub(crate) fn request_header(text: &str) -> Result<(), Complaint> {
    if !is_forbidden_request_header(&FetchStandard, text, "") {
        return Ok(());
    }
    Err(Complaint::new(
        format!("no script can set the header {}", quoted(text)),
        "it is the browser's own",
        "leave it out: it needs no permission (https://fetch.spec.whatwg.org/#forbidden-request-header)",
    ))
}

/// A name that no header can have.
pub(crate) fn header_name(text: &str) -> Result<(), Complaint> {
    if is_token(text) {
        return Ok(());
    }
    let what = format!("{} is no name of a header", quoted(text));
    Err(Complaint::new(what, "expected letters, digits and -", "a name is one word, such as Authorization"))
}

/// A value that no request header can have.
pub(crate) fn header_value(text: &str) -> Result<(), Complaint> {
    let complaint = |why: &str, help: &str| {
        Err(Complaint::new(format!("{} is no value of a header", quoted(text)), why, help))
    };
    if text.chars().any(|character| character.is_control() || character > '\u{ff}') {
        return complaint("expected one line of Latin-1", "no script can send anything else in a header");
    }
    if text.matches("${").count() != Secrets::names(text).count() {
        return complaint(
            "expected ${NAME} with the name of a variable",
            "letters, digits and _ make up a name: ${TOKEN} stands for what the environment has as TOKEN",
        );
    }
    Ok(())
}

/// A response header that no script can read.
pub(crate) fn exposed_header(text: &str) -> Result<(), Complaint> {
    if !is_forbidden_response_header_name(text) {
        return Ok(());
    }
    Err(Complaint::new(
        format!("no script can read the header {}", quoted(text)),
        "it is the browser's own",
        "leave it out: nothing exposes it (https://fetch.spec.whatwg.org/#forbidden-response-header-name)",
    ))
}

/// The values of one list so far, to find duplicates.
#[derive(Default)]
pub(crate) struct Said(HashSet<String>);

impl Said {
    /// A value, compared as names of headers are: no list has two that differ in their case alone.
    pub(crate) fn once(&mut self, text: &str) -> Result<(), Complaint> {
        if self.0.insert(text.to_ascii_lowercase()) {
            return Ok(());
        }
        Err(Complaint::new(format!("{} is said twice", quoted(text)), "the second time", "take one away"))
    }
}
