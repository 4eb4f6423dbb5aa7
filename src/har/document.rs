//! The fields of a HAR 1.2 file that count, <http://www.softwareishard.com/blog/har-12-spec/>; all others are passed over.

use std::{io, path::Path};

use serde::{Deserialize, Deserializer};

use crate::input_file::{self, Accepted};

/// The largest HAR file, in bytes: bodies stand in it.
const MOST: u64 = 256 << 20;

/// Why a file was not read. What stands in the file is not quoted: it may be a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadHar {
    #[error("{path} cannot be read: {error}")]
    Unreadable { path: String, error: io::Error },
    #[error(
        "{path}, line {line}, column {column}: this is no JSON. Expected a HAR file, as browsers export it (developer tools, \
         Network, Export HAR)"
    )]
    NoJson { path: String, line: usize, column: usize },
    #[error("{path} ends in the middle of the recording, in line {line}: export it once more")]
    CutOff { path: String, line: usize },
    #[error(
        "{path}, line {line}, column {column}: {what}. Expected a HAR file, as browsers export it (developer tools, Network, \
         Export HAR)"
    )]
    NoHar { path: String, line: usize, column: usize, what: String },
}

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub log: Log,
}

#[derive(Debug, Deserialize)]
pub(super) struct Log {
    #[serde(default, deserialize_with = "or_default")]
    pub creator: Program,
    #[serde(default, deserialize_with = "or_default")]
    pub browser: Program,
    #[serde(default, deserialize_with = "or_default")]
    pub pages: Vec<Page>,
    pub entries: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Program {
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub version: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Page {
    #[serde(default, deserialize_with = "or_default")]
    pub id: String,
    /// In Chromium the URL, elsewhere the title of the document.
    #[serde(default, deserialize_with = "or_default")]
    pub title: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default, deserialize_with = "or_default")]
    pub pageref: String,
    pub request: Request,
    pub response: Response,
    /// Chromium's: what asked.
    #[serde(default, rename = "_resourceType", deserialize_with = "or_default")]
    pub resource_type: String,
    /// Chromium's and WebKit's: by which script, or that it is a preflight.
    #[serde(default, rename = "_initiator", deserialize_with = "or_default")]
    pub initiator: Initiator,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Initiator {
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Request {
    pub method: String,
    pub url: String,
    #[serde(default, deserialize_with = "or_default")]
    pub headers: Vec<Field>,
    #[serde(default, deserialize_with = "or_default")]
    pub cookies: Vec<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Response {
    /// 0, or less, where there was no answer.
    #[serde(default, deserialize_with = "or_default")]
    pub status: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub headers: Vec<Field>,
    /// Chromium's: what went wrong, as `net::ERR_FAILED`.
    #[serde(default, rename = "_error", deserialize_with = "or_default")]
    pub error: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Field {
    pub name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub value: String,
}

/// Browsers write null for what they do not know.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(value: D) -> Result<T, D::Error> {
    Option::deserialize(value).map(Option::unwrap_or_default)
}

/// Reads a file.
///
/// # Errors
/// Where it cannot be read, or is no HAR file.
pub(super) fn document(path: &Path) -> Result<Document, BadHar> {
    let shown = || path.display().to_string();
    let bytes = input_file::read(path, Accepted::RegularOrPipe, MOST)
        .map_err(|error| BadHar::Unreadable { path: shown(), error })?;
    // Some programs begin with a byte order mark.
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    serde_json::from_slice(json).map_err(|error| bad(shown(), &error))
}

fn bad(path: String, error: &serde_json::Error) -> BadHar {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Data => BadHar::NoHar { path, line, column, what: what(error) },
        serde_json::error::Category::Eof => BadHar::CutOff { path, line },
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            BadHar::NoJson { path, line, column }
        }
    }
}

/// What is wrong, without the value that was found.
fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("this is not what the format has here, which is {expected}"),
        None => text.to_owned(),
    }
}
