//! What a run tells, as events that can be written down: each a line of JSON ([`SCHEMA`]), with all that any report
//! needs, so that a report can be made later, elsewhere, and without the case files.
//!
//! [`Recorder`] makes them of a run's own events, [`record_check`] of a check; [`write`] writes them, [`read()`] reads
//! them again, and [`Run`] is what they add up to.

mod case;
mod changes;
mod check_recorder;
mod event;
mod finding_changes;
mod join;
mod merge;
mod reader;
mod recorder;
mod result;
mod run;
#[cfg(feature = "cli")]
mod schema;
mod server_answer;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use crate::{
    check::{
        CheckedFile, CheckedPoint, Expectedness, Finding, Kind as FindingKind, Point, Severity, Standing,
        Unobserved, Vanished,
    },
    evidence::Evidence,
    run::{Activity, EngineInfo, Span, Stopped, Totals},
};
pub(crate) use case::{CaseRecord, SourceFile};
pub(crate) use changes::{CaseState, Change, ChangeKind, Changes, SeenRead};
pub(crate) use check_recorder::record_check;
pub(crate) use event::{Event, RequirementSection, Started};
pub(crate) use finding_changes::{FindingChange, Turn};
pub(crate) use merge::{Merged, NamedRun, merge};
pub(crate) use reader::read;
pub(crate) use recorder::{About, Recorder};
pub(crate) use result::ResultRecord;
pub(crate) use run::{Completeness, EngineRun, Run};
#[cfg(feature = "cli")]
pub(crate) use schema::{of as schema_of, schema};
pub(crate) use server_answer::ServerAnswer;
pub(crate) use writer::write;

/// The name of the shape; its number changes where a program that reads it would have to.
pub(crate) const SCHEMA: &str = "corsproof/events/1";
