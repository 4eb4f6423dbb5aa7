//! The JSON of a diagnosis, `corsproof/diagnosis/1`.

use browsers::Engine;
use fetch_model::{CredentialsMode, Origin, Reason};
use serde::Serialize;
use serde_json::Value;

use super::step::says_no;
use crate::{
    diagnose::{
        CaseOutcome, CauseKind, Conclusion, Diagnosis, Fix, Place, ProbeResult, Question, Readable, Role,
        SharedOutcome,
    },
    evidence::ShownExchange,
    observation::SeenResponse,
    report::explain::explain,
    stream::EngineInfo,
};

/// The name of the JSON format.
const SCHEMA: &str = "corsproof/diagnosis/1";

/// The document.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct DiagnosisJson<'a> {
    /// The format.
    schema: &'static str,
    /// The URL.
    url: &'a str,
    /// The origin of the page that asked.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    from: &'a Origin,
    /// Where its server was asked.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    server: String,
    /// The engines, as far as they could be had.
    engines: &'a [EngineInfo],
    /// Whether a page can read what is asked about: `readable`, `blocked` or `unknown`.
    standing: &'static str,
    /// Each request, in order.
    requests: Vec<RequestJson<'a>>,
    /// Whether it ended before all was asked.
    interrupted: bool,
}

/// A request of the page.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct RequestJson<'a> {
    /// What it is.
    question: Question,
    /// Whether the diagnosis is about it.
    role: Role,
    /// The method that the script names.
    method: &'a str,
    /// The header fields that the script sets.
    headers: &'a [(String, String)],
    /// Whether it is made with `credentials: "include"`.
    credentials: bool,
    /// What came of it in each engine.
    results: Vec<ResultJson<'a>>,
}

/// What came of a request in an engine.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ResultJson<'a> {
    /// The engine.
    engine: Engine,
    /// `readable`, `blocked`, `redirected-away`, `no-answer` or `not-observed`.
    outcome: &'static str,
    /// Why it was blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<Reason>>"))]
    reason: Option<Reason>,
    /// Where it was blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The step that said no.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// Where the standard says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    spec: Option<&'static str>,
    /// What the standard says, where that is something else than the engine did.
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<&'static str>,
    /// What went wrong, or where it was redirected.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    /// The engine's own words.
    messages: &'a [String],
    /// What was sent and answered, in order.
    exchanges: Vec<ExchangeJson<'a>>,
    /// What the script could read.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<&'a SeenResponse>,
    /// The header fields of the answer that the script could not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_exposed: Option<&'a [String]>,
    /// The first lines of the last answer, where that is an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_body: Option<&'a [String]>,
    /// Why the server answered so, where its answer tells more than the reason does.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<CauseKind>,
    /// What the cause is, in sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause_words: Option<&'a str>,
    /// What to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'a str>,
    /// The answers that would pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    would_pass: Option<FixJson<'a>>,
}

/// A request and its answer, with the header fields that matter.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ExchangeJson<'a> {
    /// Method and path.
    request: &'a str,
    /// Names and values.
    request_headers: &'a [(String, String)],
    /// The status, or why there is none.
    answer: &'a str,
    /// Names and values.
    answer_headers: &'a [(String, String)],
}

/// The header fields that are enough.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct FixJson<'a> {
    /// Of the answer to the preflight, whose status is 204.
    #[serde(skip_serializing_if = "Option::is_none")]
    preflight: Option<&'a [(String, String)]>,
    /// Of the answer to the request itself.
    answer: &'a [(String, String)],
}

/// A diagnosis as JSON text; `engines` are those that ran.
///
/// # Errors
/// Where it cannot be written as JSON.
pub(crate) fn json(diagnosis: &Diagnosis, engines: &[EngineInfo]) -> serde_json::Result<String> {
    let document = DiagnosisJson {
        schema: SCHEMA,
        url: diagnosis.target.url.as_str(),
        from: &diagnosis.from,
        server: diagnosis.address.to_string(),
        engines,
        standing: match diagnosis.conclusion() {
            Conclusion::Readable => "readable",
            Conclusion::Blocked => "blocked",
            Conclusion::Unknown => "unknown",
        },
        requests: diagnosis.results.iter().map(RequestJson::of).collect(),
        interrupted: diagnosis.interrupted,
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

pub(crate) fn schema() -> Value {
    let mut schema = schemars::schema_for!(DiagnosisJson<'_>);
    schema.insert("title".to_owned(), SCHEMA.into());
    schema.insert("description".to_owned(), "What 'corsproof diagnose --json' prints.".into());
    schema.to_value()
}

impl<'a> RequestJson<'a> {
    fn of(result: &'a ProbeResult) -> Self {
        let request = &result.step.request;
        let results = result
            .outcomes
            .iter()
            .flat_map(|seen| seen.engines.iter().map(move |engine| ResultJson::of(seen, *engine)));
        Self {
            question: result.question,
            role: result.role,
            method: request.method.as_deref().unwrap_or("GET"),
            headers: &request.headers,
            credentials: request.credentials == Some(CredentialsMode::Include),
            results: results.collect(),
        }
    }
}

impl<'a> ResultJson<'a> {
    fn of(seen: &'a SharedOutcome, engine: Engine) -> Self {
        let outcome = &seen.outcome;
        let place = match outcome {
            CaseOutcome::Blocked { place, .. } => Some(*place),
            CaseOutcome::RedirectedAway { reason: Some(_), .. } => Some(Place::Redirect),
            _ => None,
        };
        let reason = outcome.reason();
        let readable = match outcome {
            CaseOutcome::Readable(readable) => Some(readable),
            _ => None,
        };
        let messages = seen.said.iter().find(|(other, _)| *other == engine).map(|(_, messages)| messages);
        let talk = seen.conversations.iter().find(|talk| talk.engines.contains(&engine));
        Self {
            engine,
            outcome: outcome.word(),
            reason,
            place,
            step: reason.zip(place).map(|(reason, place)| says_no(reason, place)),
            spec: reason.map(|reason| explain(reason).spec),
            standard: seen.standard,
            why: match outcome {
                CaseOutcome::NoAnswer { why } | CaseOutcome::NotObserved { why } => Some(why),
                CaseOutcome::RedirectedAway { to, .. } => Some(to),
                _ => None,
            },
            messages: messages.map(Vec::as_slice).unwrap_or_default(),
            exchanges: talk.into_iter().flat_map(|talk| &talk.exchanges).map(ExchangeJson::of).collect(),
            response: readable.map(|Readable { response, .. }| response),
            not_exposed: readable.map(|Readable { hidden, .. }| hidden.as_slice()),
            error_body: (!seen.error.is_empty()).then_some(&seen.error),
            cause: seen.cause.as_ref().map(|cause| cause.kind),
            cause_words: seen.cause.as_ref().map(|cause| cause.what.as_str()),
            change: match &seen.cause {
                Some(cause) => Some(&cause.change),
                None => seen.remedy.map(|reason| explain(reason).remedy),
            },
            would_pass: seen.fix.as_ref().map(FixJson::of),
        }
    }
}

impl<'a> ExchangeJson<'a> {
    fn of(shown: &'a ShownExchange) -> Self {
        Self {
            request: &shown.request,
            request_headers: &shown.request_headers,
            answer: &shown.answer,
            answer_headers: &shown.answer_headers,
        }
    }
}

impl<'a> FixJson<'a> {
    fn of(fix: &'a Fix) -> Self {
        Self { preflight: fix.preflight.as_deref(), answer: &fix.answer }
    }
}
