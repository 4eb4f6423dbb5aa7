//! Where a message of a console begins, and what it says of its request before it says why.

use std::sync::LazyLock;

use browsers::Engine;
use regex::{Captures, Regex};

/// The beginning of a message. The groups `url`, `first` (before redirects), `origin`, `initiator` and `method` are what it
/// tells of the request.
struct Form {
    engine: Engine,
    regex: Regex,
    kind: Kind,
}

/// What follows the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Why CORS blocked the read, unless the text was cut off.
    OfCors,
    /// Nothing, where another message said why; else the reason.
    OfCorsInGeneral,
    /// Anything: it is about CORS only if the words say so.
    Any,
}

/// A beginning, in a text.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub engine: Engine,
    pub kind: Kind,
    /// The offset of its first byte.
    pub start: usize,
    pub url: Option<String>,
    pub redirected_from: Option<String>,
    pub origin: Option<String>,
    pub initiator: Option<String>,
    pub method: Option<String>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |engine, kind, text: &str| Form { engine, kind, regex: Regex::new(text).expect("a regex") };
    let (chromium, firefox, webkit) = (Engine::Chromium, Engine::Firefox, Engine::WebKit);
    vec![
        form(
            chromium,
            Kind::OfCors,
            r"Access to (?<initiator>[\w ]{1,40}?) at '(?<url>[^' ]+)' ?(?:\(redirected from '(?<first>[^' ]+)'\) ?)?from origin '(?<origin>[^' ]+)' has been blocked by CORS policy",
        ),
        form(chromium, Kind::Any, r"\b(?<method>[A-Z]{3,12}) (?<url>https?://\S+) net::ERR_"),
        form(
            chromium,
            Kind::Any,
            r"Mixed Content: The page at '(?<page>[^']+)' was loaded over HTTPS, but requested an insecure [^']{1,60}'(?<url>[^']+)'",
        ),
        form(
            chromium,
            Kind::Any,
            r"(?:Refused to [a-z ]{1,30}|(?:Connecting|Fetching|Loading [a-z ]{1,20}) (?:to|from)?) ?'(?<url>[^']+)' (?:because it )?violates the following Content Security Policy directive",
        ),
        form(
            firefox,
            Kind::OfCors,
            r"Cross-Origin Request (?:Blocked|Warning): The Same Origin Policy (?:disallows|will disallow) reading the remote resource at (?<url>[^\s(]+?)\.? \(Reason:",
        ),
        form(firefox, Kind::OfCors, r"Cross-Origin Request Blocked:"),
        form(firefox, Kind::Any, r#"Blocked loading mixed active content "(?<url>[^"]+)""#),
        form(
            firefox,
            Kind::Any,
            r"Content[- ]Security[- ]Policy: The page's settings blocked [^)]{0,120}\) at (?<url>\S+)",
        ),
        form(
            firefox,
            Kind::Any,
            r#"The resource at "(?<url>[^"]+)" was blocked due to its Cross-Origin-Resource-Policy"#,
        ),
        form(
            webkit,
            Kind::OfCorsInGeneral,
            r"(?:(?<initiator>Fetch API|XMLHttpRequest|EventSource) c|\bC)annot load (?<url>\S+?)\.? (?:due to access control checks)?",
        ),
        form(webkit, Kind::OfCorsInGeneral, r"due to access control checks"),
        form(webkit, Kind::Any, r"Origin (?<origin>\S+) is not allowed by Access-Control-Allow-Origin"),
        form(
            webkit,
            Kind::OfCors,
            r"Cross-origin redirection to \S+ denied by Cross-Origin Resource Sharing policy",
        ),
        form(webkit, Kind::Any, r"Not allowed to follow a redirection while loading (?<url>[^\s,]+)"),
        form(webkit, Kind::Any, r"Cancelled load to (?<url>\S+) because it violates"),
        form(webkit, Kind::Any, r"Refused to connect to (?<url>[^\s']+) because it "),
        form(webkit, Kind::Any, r"requested insecure content from (?<url>[^\s]+?)\. "),
    ]
});

/// The beginnings in `line`, in order; none lies within another.
pub(super) fn openings(line: &str) -> Vec<Opening> {
    let mut found: Vec<(usize, Opening)> = FORMS
        .iter()
        .flat_map(|form| form.regex.captures_iter(line).map(move |captures| opening(form, &captures)))
        .collect();
    // Of two that begin at one place the longer one tells more.
    found.sort_by_key(|(end, opening)| (opening.start, std::cmp::Reverse(*end)));
    let mut apart: Vec<Opening> = Vec::new();
    let mut last_end = 0;
    for (end, opening) in found {
        if apart.is_empty() || opening.start >= last_end {
            last_end = end;
            apart.push(opening);
        }
    }
    apart
}

/// An opening, and the offset of its end.
fn opening(form: &Form, captures: &Captures<'_>) -> (usize, Opening) {
    let whole = captures.get_match();
    let group = |name: &str| captures.name(name).map(|found| found.as_str().to_owned());
    let opening = Opening {
        engine: form.engine,
        kind: form.kind,
        start: whole.start(),
        url: group("url"),
        redirected_from: group("first"),
        origin: group("origin").or_else(|| group("page").as_deref().and_then(origin_of)),
        initiator: group("initiator")
            .map(|words| if words == "Fetch API" { "fetch".to_owned() } else { words }),
        method: group("method"),
    };
    (whole.end(), opening)
}

/// The origin of a page by its URL.
fn origin_of(page: &str) -> Option<String> {
    let url = url::Url::parse(page).ok()?;
    fetch_model::Origin::of(&url).map(|origin| origin.serialize())
}
