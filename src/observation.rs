//! The one shape that a prediction and an observation share.

use std::collections::BTreeMap;

use corsproof_fixture::{Exchange, Received, Reply, Token};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, Isolation, ServedBy},
    standard::{Reason, words},
};

/// What stands for the boundary that a user agent makes up for a multipart body.
pub const BOUNDARY: &str = "{boundary}";

/// What came of a case: what the model says would, or what a browser and the servers showed.
/// Tokens are gone from all texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Observation {
    /// The requests that reached a server, in order.
    pub sent: Vec<SentRequest>,
    /// What came of each step, in order.
    pub steps: Vec<Outcome>,
}

/// A request that reached a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct SentRequest {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The header fields that CORS is about ([`JUDGED_HEADERS`]), those the case's script set, and of what tells where a
    /// request comes from (`Referer`, `Sec-Fetch-*`) what the case's author names; by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// The `Referer`, also where the case is not about it; judged by the invariants alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referer: Option<String>,
    /// The body, as isomorphic text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// How often it came; engines repeat a request whose connection closed. Not judged.
    pub attempts: u32,
}

/// The request headers held against the model on every request, by lower-case name.
pub const JUDGED_HEADERS: [&str; 8] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "authorization",
    "cookie",
    "content-type",
    "if-none-match",
    "if-modified-since",
];

/// Header fields that user agents add, with values of their own, where no script set them: a preflight has
/// them too, <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>.
const ADDED_BY_USER_AGENTS: [&str; 2] = ["accept-language", "user-agent"];

/// What came of one step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Outcome {
    /// Whether the resource took effect.
    pub loaded: Loaded,
    /// What a script could read.
    #[serde(flatten)]
    pub read: Read,
    /// Why it was blocked: by the model's step, or by the engine's own words; `None` if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<GivenReason>,
    /// The engine's words, verbatim but for the token; empty in a prediction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// What a script was told of a response that it may not read; empty, if the engine is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaks: Vec<String>,
}

/// Whether a resource took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Loaded {
    /// It did: a response arrived, an image painted, a script ran.
    Yes,
    /// It did not.
    No,
}

impl From<bool> for Loaded {
    fn from(took_effect: bool) -> Self {
        if took_effect { Self::Yes } else { Self::No }
    }
}

impl Loaded {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// What a script could read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "read", content = "response", rename_all = "kebab-case")]
pub enum Read {
    /// A basic or CORS filtered response.
    Allowed(SeenResponse),
    /// An opaque or opaque-redirect filtered response: that it exists, and nothing else.
    Opaque(SeenResponse),
    /// Nothing but an error.
    Blocked,
}

impl Read {
    /// The word of the JSON report, the same as in a case file.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Allowed(_) => "allowed",
            Self::Opaque(_) => "opaque",
            Self::Blocked => "blocked",
        }
    }
}

/// A response as a script sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct SeenResponse {
    /// `response.type`; an XHR does not tell.
    #[serde(rename = "type")]
    pub response_type: Option<ResponseType>,
    /// `response.status`
    pub status: u16,
    /// `response.url`
    pub url: String,
    /// `response.redirected`; an XHR does not tell.
    pub redirected: Option<bool>,
    /// The header fields, sorted and combined as `Headers` gives them.
    pub headers: BTreeMap<String, String>,
    /// The body as UTF-8 text.
    pub body: String,
}

impl SeenResponse {
    /// What is read through an element: a text, and nothing of the response around it.
    pub fn of_text(body: String) -> Self {
        Self {
            response_type: None,
            status: 0,
            url: String::new(),
            redirected: None,
            headers: BTreeMap::new(),
            body,
        }
    }
}

words! {
    /// `Response.type`, <https://fetch.spec.whatwg.org/#concept-response-type>.
    ResponseType {
        /// Same-origin.
        Basic = "basic",
        /// Granted by CORS.
        Cors = "cors",
        /// no-cors.
        Opaque = "opaque",
        /// A redirect not followed.
        OpaqueRedirect = "opaqueredirect",
        /// Made by a script.
        Default = "default",
        /// A network error.
        Error = "error",
    }
}

/// Why a read was blocked, as far as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(into = "&str", try_from = "String")]
#[schemars(
    with = "String",
    description = "A reason by its word, or `unreported`: the engine says nothing that can be read."
)]
pub enum GivenReason {
    /// This.
    Given(Reason),
    /// The engine says nothing that can be read.
    Unreported,
}

impl GivenReason {
    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given(reason) => reason.word(),
            Self::Unreported => "unreported",
        }
    }
}

impl From<GivenReason> for &'static str {
    fn from(given: GivenReason) -> Self {
        given.word()
    }
}

impl TryFrom<String> for GivenReason {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match (word.as_str(), Reason::from_word(&word)) {
            (_, Some(reason)) => Ok(Self::Given(reason)),
            ("unreported", None) => Ok(Self::Unreported),
            _ => Err(format!("there is no reason called '{word}'")),
        }
    }
}

impl SentRequest {
    /// The requests of `case` as servers received them, in order. Equal requests that follow each other
    /// are one, with `attempts`, only where a connection may have closed on the browser; elsewhere each counts.
    pub fn of<'a>(case: &Case, token: &Token, received: impl Iterator<Item = &'a Received>) -> Vec<Self> {
        Self::merged(case, token, received, case.scenario.closes_connections())
    }

    fn merged<'a>(
        case: &Case,
        token: &Token,
        received: impl Iterator<Item = &'a Received>,
        may_close: bool,
    ) -> Vec<Self> {
        let mut sent: Vec<Self> = Vec::new();
        for request in received {
            let request = Self::from_received(case, token, request);
            match sent.last_mut() {
                Some(last) if may_close && last.is_repeated_by(&request) => {
                    last.attempts += 1;
                }
                _ => sent.push(request),
            }
        }
        sent
    }

    /// The requests of `case` as the network logged them; see [`SentRequest::of`].
    pub fn of_log(case: &Case, token: &Token, log: &[Exchange]) -> Vec<Self> {
        let received = log.iter().map(|exchange| &exchange.received);
        let closed = log.iter().any(|exchange| exchange.answer.reply == Reply::Close);
        Self::merged(case, token, received, closed || case.scenario.closes_connections())
    }

    fn from_received(case: &Case, token: &Token, received: &Received) -> Self {
        let boundary = received.header("Content-Type").as_deref().and_then(boundary).map(str::to_owned);
        let tidy = |text: &str| {
            let text = token.strip_from(text);
            boundary.as_deref().map_or_else(|| text.clone(), |boundary| text.replace(boundary, BOUNDARY))
        };
        let mut headers: BTreeMap<String, String> = judged_headers(case, received)
            .filter_map(|name| received.header(&name).map(|value| (name, tidy(&value))))
            .collect();
        // A browser sends the cookies of all cases; a case is shown its own, and one that runs alone those of no case.
        let own = received.own_cookies(token);
        let of_nobody = || headers.get("cookie").and_then(|cookies| cookies_of_nobody(cookies));
        let shows_all = case.isolation == Isolation::Alone && case.served_by == ServedBy::Script;
        let cookies = if shows_all { own.or_else(of_nobody) } else { own };
        headers.remove("cookie");
        headers.extend(cookies.map(|cookies| ("cookie".to_owned(), cookies)));
        Self {
            method: received.method.clone(),
            url: token.strip_from(received.url.as_str()),
            headers,
            referer: received.header("Referer").map(|url| tidy(&url)),
            body: tidy(&received.body.iter().copied().map(char::from).collect::<String>()),
            attempts: 1,
        }
    }

    fn is_repeated_by(&self, other: &Self) -> bool {
        (&self.method, &self.url, &self.headers, &self.body)
            == (&other.method, &other.url, &other.headers, &other.body)
    }
}

/// The names of the header fields that count, lower-case.
fn judged_headers(case: &Case, received: &Received) -> impl Iterator<Item = String> {
    let is_preflight = received.is_preflight();
    let set_by_script = case
        .steps
        .iter()
        .flat_map(|step| &step.request.headers)
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(move |name| !(is_preflight && ADDED_BY_USER_AGENTS.contains(&name.as_str())));
    // Where a request comes from is told in ways that engines have their own minds about; a case that is about them
    // names those that count.
    let named = case
        .sent
        .iter()
        .chain(case.known.values().flat_map(|known| known.sent.iter().flatten()))
        .flat_map(|request| request.headers.keys().chain(&request.without))
        .filter(|name| matches!(name.as_str(), "range" | "referer") || name.starts_with("sec-fetch-"))
        .cloned();
    // A preflight says that it takes anything: https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, step 2.
    let accept = is_preflight.then(|| "accept".to_owned());
    JUDGED_HEADERS.into_iter().map(str::to_owned).chain(set_by_script).chain(accept).chain(named)
}

/// The cookies that bear no case's token, if there are any.
fn cookies_of_nobody(cookies: &str) -> Option<String> {
    let kept: Vec<&str> = cookies
        .split("; ")
        .filter(|cookie| !Token::ends(cookie.split('=').next().unwrap_or_default()))
        .collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// The boundary of a multipart type.
fn boundary(content_type: &str) -> Option<&str> {
    content_type.strip_prefix("multipart/form-data; boundary=")
}
