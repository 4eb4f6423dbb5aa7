//! What a run tells, as events that can be written down: each a line of JSON ([`SCHEMA`]), with all that any report
//! needs, so that a report can be made later, elsewhere, and without the case files.
//!
//! [`Recorder`] makes them of a run's own events, [`record_check`] of a check; [`write`] writes them, [`read()`] reads
//! them again, and [`Run`] is what they add up to.

mod answered;
mod case;
mod changes;
mod check_recorder;
mod event;
mod finding_changes;
mod join;
mod merge;
mod milliseconds;
mod read;
mod recorder;
mod result;
mod run;
#[cfg(feature = "cli")]
mod schema;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use crate::{
    check::{
        Checked, CheckedPoint, Expectation, Finding, Kind as FindingKind, Point, Severity, Standing,
        Unobserved, Vanished,
    },
    evidence::Evidence,
    run::{EngineInfo, Stopped, Totals},
};
pub(crate) use answered::Answered;
pub(crate) use case::{Case, SourceFile};
pub(crate) use changes::{Change, Changes, Kind, SeenRead, State};
pub(crate) use check_recorder::record_check;
pub(crate) use event::{Event, RequirementSection, Started};
pub(crate) use finding_changes::{FindingChange, Turn};
pub(crate) use merge::{Merged, NamedRun, merge};
pub(crate) use read::read;
pub(crate) use recorder::{About, Recorder};
pub(crate) use result::CaseResult;
pub(crate) use run::{Completeness, EngineRun, Run};
#[cfg(feature = "cli")]
pub(crate) use schema::{of as schema_of, schema};
pub(crate) use write::write;

/// The name of the shape; its number changes where a program that reads it would have to.
pub(crate) const SCHEMA: &str = "corsproof/events/1";
