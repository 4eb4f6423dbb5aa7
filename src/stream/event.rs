//! The events that are written down, each a line of JSON.

use std::{sync::Arc, time::Duration};

use browsers::Engine;
use serde::{Deserialize, Serialize};

use super::{CaseRecord, CheckedFile, ResultRecord, SourceFile};
use crate::{
    case::Requirement,
    milliseconds,
    run::{EngineInfo, Span, Stopped, Totals},
};

/// Something that happened, in order.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(crate) enum Event {
    /// The run begins; the first of all.
    Started(Box<Started>),
    /// A case file, before its first case.
    File(Arc<SourceFile>),
    /// A case that is selected; all of them come before any result.
    Case(Arc<CaseRecord>),
    /// An engine's browser is up; again where a browser that died has a successor.
    EngineStarted(EngineInfo),
    /// An engine could not be had or gave up; its remaining cases are results that `failed`.
    EngineFailed {
        /// Which.
        engine: Engine,
        /// Why, and what to do.
        why: String,
    },
    /// Something a person should know that is no verdict.
    Note {
        /// Which engine it is about, if one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engine: Option<Engine>,
        /// What.
        text: String,
    },
    /// A case has its verdict in one engine.
    Result(Box<ResultRecord>),
    /// A session has spent time on something.
    Spent(Span),
    /// An engine is done.
    EngineFinished {
        /// Which.
        engine: Engine,
        /// How long it took, start of the browser included, in milliseconds.
        #[serde(rename = "duration_ms", with = "milliseconds")]
        #[cfg_attr(feature = "cli", schemars(with = "f64"))]
        duration: Duration,
    },
    /// A policy file is checked: what its cases come to. All of them come after the results.
    Checked(Box<CheckedFile>),
    /// The run is over; the last of all. A stream without it was cut short.
    Finished {
        /// How many of each verdict.
        totals: Totals,
        /// How long it took, in milliseconds.
        #[serde(rename = "duration_ms", with = "milliseconds")]
        #[cfg_attr(feature = "cli", schemars(with = "f64"))]
        duration: Duration,
        /// Requests for hosts that no case names, refused (the browsers' own background traffic).
        refused: u64,
        /// Why it ended before all cases ran, if it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stopped: Option<Stopped>,
    },
}

/// What is known of a run before it begins.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Started {
    /// [`SCHEMA`](super::SCHEMA)
    pub schema: String,
    /// The version of corsproof.
    pub corsproof: String,
    /// The command line, as a shell takes it.
    pub command: String,
    /// The command to which a case is added to run it alone.
    pub again: String,
    /// When it began, by RFC 3339.
    pub started: String,
    /// The operating system, as Rust calls it: `linux`, `macos`.
    pub os: String,
    /// The processor, as Rust calls it: `x86_64`, `aarch64`.
    pub arch: String,
    /// The engines that are asked for.
    pub engines: Vec<Engine>,
    /// How many cases are selected.
    pub cases: usize,
    /// How often each is run.
    pub repeat: usize,
    /// Which part of the cases this is, as `1/4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// The requirements that cases may cover, in the order of the standards; none where no case covers any.
    pub requirements: Vec<RequirementSection>,
}

/// A part of the list of requirements.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct RequirementSection {
    /// What its requirements are about.
    pub title: String,
    /// They, in order.
    pub requirements: Vec<Requirement>,
}
