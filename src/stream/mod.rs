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

pub use crate::{
    check::{
        Checked, CheckedPoint, Expectation, Finding, Kind as FindingKind, Point, Severity, Standing,
        Unobserved, Vanished,
    },
    evidence::{Evidence, ScriptSaw, Shown},
    run::{EngineInfo, Stopped, Totals},
};
pub use answered::Answered;
pub use case::{Answer, Case, KnownDifference, Server, SourceFile};
pub use changes::{Change, Changes, Kind, SeenRead, State, Versions};
pub use check_recorder::record_check;
pub use event::{Event, RequirementSection, Started};
pub use finding_changes::{FindingChange, Turn};
pub use merge::{Merged, NamedRun, merge};
pub use read::{ReadError, Stream, read};
pub use recorder::{About, Recorder};
pub use result::CaseResult;
pub use run::{Completeness, EngineRun, Run};
#[cfg(feature = "cli")]
pub use schema::{of as schema_of, schema};
pub use write::write;

/// The name of the shape; its number changes where a program that reads it would have to.
pub const SCHEMA: &str = "corsproof/events/1";
