//! The evidence for what is said about a real server: one case in one engine, with the headers that matter.

use browsers::Engine;
use corsproof_fixture::{AnsweredBy, BodyEnd, Exchange, Message, Reply, Token};
use fetch_model::{Origin, Reason};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    case::CaseId,
    observation::{GivenReason, Read, StepOutcome},
    run::CaseResult,
};

/// The request headers that evidence shows.
const OF_REQUEST: [&str; 3] = ["origin", "access-control-request-method", "access-control-request-headers"];

/// The response headers that evidence shows.
const OF_ANSWER: [&str; 10] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
    "vary",
    "location",
    "cache-control",
    "age",
];

/// One case in one engine.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Evidence {
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// What was asked and answered, in order.
    pub exchanges: Vec<ShownExchange>,
    /// What came of the last step; nothing where it was stopped on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ScriptSaw>,
}

/// A request and its answer, as far as they matter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Shown"))]
pub(crate) struct ShownExchange {
    /// `GET /data`
    pub request: String,
    /// Names and values.
    pub request_headers: Vec<(String, String)>,
    /// `200`, or why there is none.
    pub answer: String,
    /// Names and values.
    pub answer_headers: Vec<(String, String)>,
}

/// What a script saw in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "read", rename_all = "kebab-case")]
pub(crate) enum ScriptSaw {
    /// It read the answer.
    Allowed,
    /// It did not.
    Blocked {
        /// Why, by the standard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<Reason>>"))]
        reason: Option<Reason>,
    },
}

impl Evidence {
    /// The evidence of one result: every exchange of the case, and what the script saw at the end.
    pub(crate) fn of(result: &CaseResult) -> Self {
        let is_withheld = result.log.last().is_some_and(|exchange| exchange.by == AnsweredBy::Withheld);
        Self {
            case: result.case.id.clone(),
            engine: result.engine,
            exchanges: conversation(result, &[]),
            outcome: result
                .observed
                .as_ref()
                .and_then(|observed| observed.steps.last())
                // The error that a script then gets is the network's doing.
                .filter(|_| !is_withheld)
                .map(|outcome| shown_outcome(outcome, result.predicted.steps.last())),
        }
    }
}

/// What was asked and answered in a case, in order; `also` names header fields of requests that matter here besides
/// those that CORS is about, in lower case.
pub(crate) fn conversation(result: &CaseResult, also: &[String]) -> Vec<ShownExchange> {
    let token = result.token.clone().unwrap_or_else(|| Token::new(0, 0));
    result.log.iter().map(|exchange| shown(exchange, &token, also)).collect()
}

/// Where the server of `origin` sent a browser that is not `origin`: nobody was asked there.
pub(crate) fn redirected_away(log: &[Exchange], origin: &Origin) -> Option<String> {
    log.iter().filter(|exchange| exchange.by == AnsweredBy::Upstream).find_map(|exchange| {
        let (_, target) = redirect(exchange, None)?;
        let target = target.origin().ascii_serialization();
        (target != origin.serialize()).then_some(target)
    })
}

/// The URL that was asked for, and the one that the answer redirects to.
pub(crate) fn redirect(exchange: &Exchange, token: Option<&Token>) -> Option<(Url, Url)> {
    let message =
        message(exchange).filter(|message| matches!(message.status, 301 | 302 | 303 | 307 | 308))?;
    let without_token = |url: &Url| match token {
        Some(token) => Url::parse(&token.strip_from(url.as_str())).ok(),
        None => Some(url.clone()),
    };
    let asked = without_token(&exchange.received.url)?;
    let target = without_token(&asked.join(&header(message, "location")?).ok()?)?;
    Some((asked, target))
}

/// The answer, unless it is raw bytes or no answer.
pub(crate) fn message(exchange: &Exchange) -> Option<&Message> {
    match &exchange.answer.reply {
        Reply::Message(message) => Some(message),
        _ => None,
    }
}

/// The values of a header field, combined with commas; `None` where the message does not have it.
pub(crate) fn header(message: &Message, name: &str) -> Option<String> {
    let values: Vec<&str> = message
        .headers
        .iter()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn shown_outcome(observed: &StepOutcome, predicted: Option<&StepOutcome>) -> ScriptSaw {
    match (&observed.read, predicted.and_then(|outcome| outcome.reason)) {
        (Read::Allowed(_) | Read::Opaque(_), _) => ScriptSaw::Allowed,
        (Read::Blocked, Some(GivenReason::Given(reason))) => ScriptSaw::Blocked { reason: Some(reason) },
        (Read::Blocked, _) => ScriptSaw::Blocked { reason: None },
    }
}

fn shown(exchange: &Exchange, token: &Token, also: &[String]) -> ShownExchange {
    let received = &exchange.received;
    let url = token.strip_from(received.url.as_str());
    let target = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|path| &rest[path..]));
    let (answer, answer_headers) = answer(exchange, token);
    ShownExchange {
        request: format!("{} {}", received.method, target.unwrap_or("/")),
        request_headers: OF_REQUEST
            .into_iter()
            .chain(also.iter().map(String::as_str))
            .filter_map(|name| Some((name.to_owned(), received.header(name)?)))
            .collect(),
        answer,
        answer_headers,
    }
}

fn answer(exchange: &Exchange, token: &Token) -> (String, Vec<(String, String)>) {
    let Reply::Message(message) = &exchange.answer.reply else {
        let words = match &exchange.by {
            AnsweredBy::Withheld => "withheld: stopped before the server, because it may change something",
            _ => "no HTTP answer",
        };
        return (words.to_owned(), Vec::new());
    };
    let from = if exchange.by == AnsweredBy::SharedCache { " from a shared cache" } else { "" };
    let headers = message.headers.iter();
    let headers = headers
        .filter(|(name, _)| OF_ANSWER.contains(&name.to_ascii_lowercase().as_str()))
        .map(|(name, value)| (name.to_ascii_lowercase(), token.strip_from(value)))
        .collect();
    let cut = match exchange.body_end {
        BodyEnd::Whole => "",
        BodyEnd::TooLong => " (its body is longer than 1 MiB, and was ended there)",
        BodyEnd::Endless => " (its body did not end within 1 s, and was ended there)",
    };
    (format!("{}{from}{cut}", message.status), headers)
}

/// The value of the field `name` among shown fields.
pub(crate) fn header_of<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}
