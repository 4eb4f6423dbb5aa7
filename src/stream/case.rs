//! A case as reports need it: its place in a file, its requests, its servers' answers.

use std::sync::Arc;

use browsers::Engine;
use corsproof_fixture::{Resource, Source, Turn};
use serde::{Deserialize, Serialize};

use crate::case::{self, CaseId, ExpectedRequest, Isolation, Need, Step};

/// A case.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Case"))]
pub(crate) struct CaseRecord {
    /// Its identity.
    pub id: CaseId,
    /// Its area of the standard: the first part of its identity.
    pub area: String,
    /// Its file, as [`SourceFile::path`].
    pub file: String,
    /// The line of its `[[case]]`, from 1.
    pub line: usize,
    /// The last line of what belongs to it.
    pub last_line: usize,
    /// The file's title.
    pub title: String,
    /// The anchor of the standard it is about.
    pub spec: String,
    /// Ids of requirements (`R73`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<String>,
    /// Which statement of the seed document it shows, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// The row of the same-origin policy's table that it shows, if it shows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sop: Option<String>,
    /// The cases that are the same but for the one thing put right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CaseId>,
    /// What an engine must have for the case to mean anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// Whether it runs beside others.
    pub isolation: Isolation,
    /// What is asked, in order, and what the standard demands of it.
    pub steps: Vec<Step>,
    /// The requests that must reach a server, in order, over all steps.
    pub sent: Vec<ExpectedRequest>,
    /// What its servers answer.
    pub servers: Vec<Server>,
    /// Engines that are known to differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownDifferenceRecord>,
}

/// A URL and what is answered there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Server {
    /// The URL.
    pub url: String,
    /// The protocol: `HTTP/1.1` or `HTTP/2`.
    pub protocol: String,
    /// The answers to preflights, in turn, the last one repeated; none: 405.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preflight: Vec<ScriptedAnswer>,
    /// The answers to other requests, in turn, the last one repeated; none: 404.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response: Vec<ScriptedAnswer>,
}

/// An answer as it is scripted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Answer"))]
pub(crate) struct ScriptedAnswer {
    /// What it is where it is no HTTP message as text: `raw bytes`, `closes the connection`, a server's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The message, or the raw bytes, as isomorphic text; a `{placeholder}` is filled for each request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How often it is given before the next has its turn.
    pub times: u32,
    /// How long the server waits first, in milliseconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delay_ms: u64,
}

/// An engine that is known to differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "KnownDifference"))]
pub(crate) struct KnownDifferenceRecord {
    /// Which.
    pub engine: Engine,
    /// Why, with the standard's step.
    pub note: String,
    /// The engine's bug or what explains it.
    pub link: String,
    /// The version it was first seen in.
    pub since: String,
}

/// A case file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct SourceFile {
    /// The file, as it was named or found.
    pub path: String,
    /// Its path from the root of the repository it stands in, with `/` between the parts: what annotations need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_repository: Option<String>,
    /// Its text.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub text: Arc<str>,
}

impl SourceFile {
    /// The text before the first case or policy: title, defaults, the server.
    pub(crate) fn head(&self) -> &str {
        let starts = ["\n[[case]]", "\n[[policy]]"].iter().filter_map(|start| self.text.find(start));
        let start = starts.min().map_or(self.text.len(), |at| at + 1);
        self.text.get(..start).unwrap_or_default().trim_end()
    }

    /// The lines of the file that define the case.
    pub(crate) fn lines_of(&self, case: &CaseRecord) -> String {
        let count = case.last_line.saturating_add(1).saturating_sub(case.line);
        let lines: Vec<&str> = self.text.lines().skip(case.line.saturating_sub(1)).take(count).collect();
        lines.join("\n")
    }

    /// The path by which other tools know the file.
    pub(crate) fn public_path(&self) -> &str {
        self.in_repository.as_deref().unwrap_or(&self.path)
    }
}

impl CaseRecord {
    /// A case for whoever has no case files.
    pub(crate) fn of(case: &case::Case) -> Self {
        let server = |resource: &Resource| {
            let origin = resource.url.origin().ascii_serialization();
            let is_old = resource.url.scheme() == "http" || case.scenario.http1_origins.contains(&origin);
            Server {
                url: resource.url.to_string(),
                protocol: if is_old { "HTTP/1.1" } else { "HTTP/2" }.to_owned(),
                preflight: resource.preflight.iter().map(ScriptedAnswer::of).collect(),
                response: resource.response.iter().map(ScriptedAnswer::of).collect(),
            }
        };
        let known = |(engine, known): (&Engine, &case::KnownDifference)| KnownDifferenceRecord {
            engine: *engine,
            note: known.note.clone(),
            link: known.link.clone(),
            since: known.since.clone(),
        };
        Self {
            id: case.id.clone(),
            area: case.id.area().to_owned(),
            file: case.place.file.display().to_string(),
            line: case.place.line,
            last_line: case.place.last_line,
            title: case.title.clone(),
            spec: case.spec.clone(),
            covers: case.covers.clone(),
            seed: case.seed.clone(),
            sop: case.sop.clone(),
            twins: case.twins.clone(),
            needs: case.needs.clone(),
            isolation: case.isolation,
            steps: case.steps.clone(),
            sent: case.sent.clone(),
            servers: case.scenario.resources.iter().map(server).collect(),
            known: case.known.iter().map(known).collect(),
        }
    }

    /// `file:line`, for people.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl ScriptedAnswer {
    fn of(turn: &Turn) -> Self {
        let (kind, text) = match &turn.source {
            Source::Text(text) => (None, Some(text)),
            Source::Sample { head, body } => {
                (Some(format!("with a {} file for a body", body.name())), Some(head))
            }
            Source::Raw { bytes, .. } => (Some("raw bytes".to_owned()), Some(bytes)),
            Source::Named(named) => (Some(format!("the server {}", named.name())), None),
            Source::Close => (Some("closes the connection".to_owned()), None),
            Source::Hang => (Some("never answers".to_owned()), None),
            Source::WebSocket => (Some("accepts a WebSocket".to_owned()), None),
        };
        let delay_ms = u64::try_from(turn.delay.as_millis()).unwrap_or(u64::MAX);
        Self { kind, text: text.cloned(), times: turn.times, delay_ms }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
