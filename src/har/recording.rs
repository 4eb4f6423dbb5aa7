//! A recording, judged.

use std::{collections::BTreeMap, path::Path};

use fetch_model::Reason;
use url::Url;

use super::{
    caller::Matter,
    conversation::{Conversation, conversations},
    document::{self, BadHar},
    entry::Entry,
    outcome::{Credentials, Outcome, Preflight, Unknown},
    prediction::{self, Prediction},
};
use crate::diagnose::{DiagnoseCommand, Place, remedy};

/// How much of the name of the program that wrote a file is kept, in characters.
const LONGEST_NAME: usize = 60;

/// What the standard makes of a recording.
#[derive(Clone, Debug)]
pub(crate) struct Recording {
    /// The program that wrote the file, and its version.
    pub creator: String,
    /// How many entries there are.
    pub entries: usize,
    /// The requests of CORS, those that went worst first.
    pub requests: Vec<JudgedRequest>,
    /// How many requests were of a page to its own origin.
    pub same_origin: usize,
    /// How many requests were made without CORS, by what asked; or with it, and the file does not say so.
    pub without_cors: BTreeMap<String, usize>,
    /// How many entries have no URL that can be parsed.
    pub unreadable: usize,
    /// Whether any request in the file has a cookie: browsers leave them out unless they are told otherwise.
    pub has_cookies: bool,
}

/// A request of CORS, with what comes of it.
#[derive(Clone, Debug)]
pub(crate) struct JudgedRequest {
    /// Its place in the file's `log.entries`, from 0.
    pub entry: usize,
    pub method: String,
    /// The URL without what may be a secret: no user, no query, no fragment.
    pub url: String,
    /// Whether the URL has a query.
    pub has_query: bool,
    /// The origin of the page, or null.
    pub origin: String,
    /// How many redirects there are in the file.
    pub redirects: usize,
    /// The Origin header of the last request: null after a redirect from another origin to a third.
    pub origin_at_end: Option<String>,
    pub credentials: Credentials,
    pub preflight: Preflight,
    /// The status of the answer at which it ended.
    pub status: Option<u16>,
    pub outcome: Outcome,
    /// What the browser says went wrong with the last request, whatever the standard says.
    pub error: Option<String>,
    /// The command that asks for real.
    pub command: Option<DiagnoseCommand>,
}

/// How badly a request went, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Blocked,
    Unknown,
    Readable,
}

/// Reads a file and judges what is in it.
///
/// # Errors
/// Where it cannot be read, or is no HAR file.
pub(crate) fn read(path: &Path) -> Result<Recording, BadHar> {
    document::document(path).map(Recording::of)
}

impl Recording {
    pub(super) fn of(document: document::Document) -> Self {
        let document::Log { creator, browser, pages, entries } = document.log;
        let program = if browser.name.is_empty() { creator } else { browser };
        let count = entries.len();
        let entries: Vec<Entry> = entries
            .into_iter()
            .enumerate()
            .filter_map(|(index, entry)| Entry::new(index, entry, &pages))
            .collect();
        let mut recording = Self {
            creator: format!("{} {}", program.name, program.version)
                .trim()
                .chars()
                .take(LONGEST_NAME)
                .collect(),
            entries: count,
            requests: Vec::new(),
            same_origin: 0,
            without_cors: BTreeMap::new(),
            unreadable: count - entries.len(),
            has_cookies: entries.iter().any(|entry| entry.has_cookies),
        };
        for conversation in conversations(&entries) {
            recording.add(&conversation);
        }
        recording.requests.sort_by_key(|request| (request.standing(), request.entry));
        recording
    }

    fn add(&mut self, conversation: &Conversation<'_>) {
        match Matter::of(conversation) {
            Matter::SameOrigin => self.same_origin += conversation.entries().count(),
            Matter::WithoutCors(kind) => *self.without_cors.entry(kind).or_default() += 1,
            Matter::Cors(caller) => {
                let prediction = prediction::predict(conversation, &caller);
                self.requests.extend(JudgedRequest::of(conversation, caller.serialize(), prediction));
            }
        }
    }

    /// Whether every request of CORS is readable, or was given up by the page itself.
    pub(crate) fn all_readable(&self) -> bool {
        self.requests.iter().all(|request| match &request.outcome {
            Outcome::Readable { .. } => true,
            Outcome::Unknown(Unknown::NoAnswer { error }) => error.as_deref() == Some("net::ERR_ABORTED"),
            Outcome::Unknown(_) => true,
            Outcome::Blocked { .. } => false,
        })
    }
}

impl JudgedRequest {
    fn of(conversation: &Conversation<'_>, origin: String, prediction: Prediction) -> Option<Self> {
        let first = conversation.first()?;
        let method = match first.is_preflight() {
            true => first.asked_method().unwrap_or("GET"),
            false => &first.method,
        };
        let url = without_secrets(&first.url);
        let mut command = DiagnoseCommand::new(Some(&url), Some(&origin));
        if method != "GET" {
            command = command.map(|command| command.with_method(method));
        }
        for name in
            conversation.preflights.first().map(|preflight| preflight.asked_headers()).unwrap_or_default()
        {
            command = command.map(|command| command.with_header(&name));
        }
        let Prediction { outcome, credentials, preflight, status } = prediction;
        if credentials != Credentials::NotSeen {
            command = command.map(DiagnoseCommand::with_credentials);
        }
        Some(Self {
            entry: first.index,
            method: method.to_owned(),
            url,
            has_query: first.url.query().is_some(),
            origin,
            redirects: conversation.requests.len().saturating_sub(1),
            origin_at_end: conversation
                .requests
                .last()
                .and_then(|last| last.header("origin"))
                .map(str::to_owned),
            credentials,
            preflight,
            status,
            outcome,
            error: conversation.requests.last().and_then(|last| last.error.clone()),
            command,
        })
    }

    pub(crate) fn standing(&self) -> Standing {
        match self.outcome {
            Outcome::Blocked { .. } => Standing::Blocked,
            Outcome::Unknown(_) => Standing::Unknown,
            Outcome::Readable { .. } => Standing::Readable,
        }
    }

    /// Why and where it is blocked, where it is.
    pub(crate) fn blocked(&self) -> Option<(Reason, Place)> {
        match self.outcome {
            Outcome::Blocked { reason, place, .. } => Some((reason, place)),
            _ => None,
        }
    }

    /// The reason that explains best what to change, where it is blocked.
    pub(crate) fn remedy(&self) -> Option<Reason> {
        self.blocked().map(|(reason, place)| remedy(reason, place, self.status))
    }
}

/// A URL without what may be a secret.
fn without_secrets(url: &Url) -> String {
    let mut url = url.clone();
    // A URL of http(s) can have them, so it can lose them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}
