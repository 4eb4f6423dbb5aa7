//! Plans a run, executes it, and tells what happens as [`Event`]s; prints nothing.

mod event;

pub use event::{CaseResult, EngineInfo, Event, Totals};
