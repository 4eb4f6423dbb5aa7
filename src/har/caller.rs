//! Who asked, and whether by CORS, as far as a recording tells it.

use fetch_model::Origin;
use url::Url;

use super::{conversation::Conversation, entry::Entry};

/// The origin that asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    Origin(Origin),
    /// One that is serialized as null: a sandboxed frame, a file.
    Opaque,
}

impl Caller {
    /// The value of the Origin header.
    pub(super) fn serialize(&self) -> String {
        match self {
            Self::Origin(origin) => origin.serialize(),
            Self::Opaque => "null".to_owned(),
        }
    }

    fn is_of(&self, entry: &Entry) -> bool {
        match (self, entry.origin()) {
            (Self::Origin(origin), Some(other)) => origin.is_same_origin(&other),
            _ => false,
        }
    }
}

/// What CORS has to do with a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// It decides what the page reads.
    Cors(Caller),
    /// Nothing: the page asked its own origin.
    SameOrigin,
    /// Nothing, or the file does not say so: what asked, in a word.
    WithoutCors(String),
}

impl Matter {
    /// What CORS has to do with `conversation`.
    pub(super) fn of(conversation: &Conversation<'_>) -> Self {
        let Some(first) = conversation.first() else { return Self::SameOrigin };
        let kind = kind(first);
        if !matches!(first.url.scheme(), "http" | "https") {
            return Self::WithoutCors(kind);
        }
        let caller = caller(first);
        if caller.as_ref().is_some_and(|caller| conversation.entries().all(|entry| caller.is_of(entry))) {
            return Self::SameOrigin;
        }
        match caller {
            Some(caller) if conversation.entries().any(is_by_cors) => Self::Cors(caller),
            // A navigation asks its own origin, whoever opened the page.
            _ => Self::WithoutCors(kind),
        }
    }
}

/// The origin that asked: what it says itself comes first, then who referred, then the page in the file.
fn caller(entry: &Entry) -> Option<Caller> {
    match entry.header("origin") {
        Some("null") => return Some(Caller::Opaque),
        Some(origin) => return Origin::parse(origin).ok().map(Caller::Origin),
        None => {}
    }
    let referrer = entry.header("referer").and_then(|url| Url::parse(url).ok());
    let page = entry.page.as_ref();
    referrer.as_ref().or(page).and_then(Origin::of).map(Caller::Origin)
}

/// Whether the request is one of CORS, which decides what a script reads.
fn is_by_cors(entry: &Entry) -> bool {
    if entry.is_preflight() {
        return true;
    }
    // What browsers say of the mode is surest.
    if let Some(mode) = entry.header("sec-fetch-mode") {
        return mode == "cors";
    }
    let is_safe = matches!(entry.method.as_str(), "GET" | "HEAD");
    match entry.resource_type.as_str() {
        "fetch" | "xhr" | "font" => true,
        "document" | "websocket" | "ping" => false,
        // Without CORS a GET has no Origin; any other request has.
        "" => entry.header("origin").is_some(),
        _ => entry.header("origin").is_some() && is_safe,
    }
}

/// What asked, in a word: Chromium's, or the destination that the browser sent.
fn kind(entry: &Entry) -> String {
    let destination = entry.header("sec-fetch-dest").filter(|word| !word.is_empty() && *word != "empty");
    let words = [Some(entry.resource_type.as_str()), destination];
    let known = words.into_iter().flatten().find(|word| !word.is_empty() && is_word(word));
    known.unwrap_or("of a kind that is not recorded").to_owned()
}

fn is_word(text: &str) -> bool {
    text.len() <= 20 && text.chars().all(|char| char.is_ascii_alphabetic() || char == '-')
}
