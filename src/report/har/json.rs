//! The JSON of a recording, `corsproof/har/1`.

use std::collections::BTreeMap;

use fetch_model::Reason;
use serde::Serialize;
use serde_json::Value;

use super::{
    super::{diagnosis::says_no, explain::explain},
    rows::lacking,
};
use crate::{
    diagnose::{CauseKind, Place},
    har::{Credentials, JudgedRequest, Outcome, Preflight, Recording},
};

/// The name of the JSON format.
const SCHEMA: &str = "corsproof/har/1";

/// The document.
#[derive(Serialize, schemars::JsonSchema)]
struct HarJson<'a> {
    /// The format.
    schema: &'static str,
    /// The program that wrote the file, and its version.
    creator: &'a str,
    /// How many entries the file has.
    entries: usize,
    /// The requests of CORS, those that went worst first.
    requests: Vec<RequestJson<'a>>,
    /// How many requests were of a page to its own origin.
    same_origin: usize,
    /// How many requests were made without CORS, or with it and the file does not say so, by what asked.
    without_cors: &'a BTreeMap<String, usize>,
    /// How many entries have no URL that can be parsed.
    unreadable: usize,
    /// Whether any request in the file has cookies; if none has, they may have been taken out.
    has_cookies: bool,
}

/// A request of CORS.
#[derive(Serialize, schemars::JsonSchema)]
struct RequestJson<'a> {
    /// Its place in `log.entries` of the file, from 0.
    entry: usize,
    /// The method.
    method: &'a str,
    /// The URL without user, query and fragment.
    url: &'a str,
    /// The origin of the page, or null as text.
    origin: &'a str,
    /// How many redirects were followed in the file.
    redirects: usize,
    /// `with` where cookies or a login were sent, `concluded` where nothing else explains that the request failed in the
    /// browser, `not-seen` where the file has none.
    credentials: &'static str,
    /// `none` where none was needed, `recorded`, or `not-recorded` where it must have passed.
    preflight: &'static str,
    /// The status of the preflight.
    #[serde(skip_serializing_if = "Option::is_none")]
    preflight_status: Option<u16>,
    /// The status of the answer at which it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// `readable`, `blocked` or `unknown`.
    outcome: &'static str,
    /// Why it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Words<Reason>>")]
    reason: Option<Reason>,
    /// Where it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The step that says no.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// Where the standard says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    spec: Option<&'static str>,
    /// Why it would be blocked with credentials, where the file does not tell whether it had any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Words<Reason>>")]
    with_credentials: Option<Reason>,
    /// What the browser says went wrong, whatever the standard says.
    #[serde(skip_serializing_if = "Option::is_none")]
    browser_error: Option<&'a str>,
    /// What the file lacks, where nothing can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<String>,
    /// Why the server answered so, where its answer tells more than the reason does.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<CauseKind>,
    /// What the cause is, in sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause_words: Option<&'a str>,
    /// What to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'a str>,
    /// The command that asks for real; what is in upper case has to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
}

/// A recording as JSON text.
///
/// # Errors
/// Where it cannot be written as JSON.
pub(crate) fn json(recording: &Recording) -> serde_json::Result<String> {
    let document = HarJson {
        schema: SCHEMA,
        creator: &recording.creator,
        entries: recording.entries,
        requests: recording.requests.iter().map(RequestJson::of).collect(),
        same_origin: recording.same_origin,
        without_cors: &recording.without_cors,
        unreadable: recording.unreadable,
        has_cookies: recording.has_cookies,
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

pub(crate) fn schema() -> Value {
    let mut schema = schemars::schema_for!(HarJson<'_>);
    schema.insert("title".to_owned(), SCHEMA.into());
    schema.insert("description".to_owned(), "What 'corsproof explain --har FILE --json' prints.".into());
    schema.to_value()
}

impl<'a> RequestJson<'a> {
    fn of(request: &'a JudgedRequest) -> Self {
        let blocked = request.blocked();
        let reason = blocked.map(|(reason, _)| reason);
        let place = blocked.map(|(_, place)| place);
        let (preflight, preflight_status) = match request.preflight {
            Preflight::None => ("none", None),
            Preflight::Recorded(status) => ("recorded", (status > 0).then_some(status)),
            Preflight::NotRecorded => ("not-recorded", None),
        };
        let (outcome, with_credentials, lacks, cause) = match &request.outcome {
            Outcome::Readable { unless } => ("readable", *unless, None, None),
            Outcome::Blocked { cause, .. } => ("blocked", None, None, cause.as_ref()),
            Outcome::Unknown(unknown) => ("unknown", None, Some(lacking(unknown)), None),
        };
        Self {
            entry: request.entry,
            method: &request.method,
            url: &request.url,
            origin: &request.origin,
            redirects: request.redirects,
            credentials: match request.credentials {
                Credentials::With => "with",
                Credentials::Concluded => "concluded",
                Credentials::NotSeen => "not-seen",
            },
            preflight,
            preflight_status,
            status: request.status,
            outcome,
            reason,
            place,
            step: blocked.map(|(reason, place)| says_no(reason, place)),
            spec: reason.map(|reason| explain(reason).spec),
            with_credentials,
            browser_error: request.error.as_deref(),
            lacking: lacks,
            cause: cause.map(|cause| cause.kind),
            cause_words: cause.map(|cause| cause.what.as_str()),
            change: cause
                .map(|cause| cause.change.as_str())
                .or_else(|| request.remedy().map(|reason| explain(reason).remedy)),
            command: request.command.as_ref().map(ToString::to_string),
        }
    }
}
