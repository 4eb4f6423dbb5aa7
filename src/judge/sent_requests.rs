//! Requests that reached a server, as they are judged: the header fields that count for a case, and nothing else.

use std::collections::BTreeMap;

use corsproof_fixture::{Exchange, Received, Reply, Token};

use crate::{
    case::{Case, Isolation, ServedBy},
    observation::{BOUNDARY, SentRequest},
};

/// The request headers held against the model on every request, by lower-case name.
pub(super) const JUDGED_HEADERS: [&str; 8] = [
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

impl SentRequest {
    /// The requests of `case` as servers received them, in order. Equal requests that follow each other
    /// are one, with `attempts`, only where a connection may have closed on the browser; elsewhere each counts.
    pub(crate) fn of<'a>(
        case: &Case,
        token: &Token,
        received: impl Iterator<Item = &'a Received>,
    ) -> Vec<Self> {
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
    pub(crate) fn of_log(case: &Case, token: &Token, log: &[Exchange]) -> Vec<Self> {
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
