//! One URL, asked from one origin in real browsers: why a page can or cannot read it.
//!
//! [`target`] says which server is asked and where it listens, [`request_init`] what a page requests of it; [`cases`] turns
//! the two into a handful of cases. Those run as all cases do. What came of them is a [`diagnosis`]: for every case
//! which engines saw the same, the conversation as it went, the step that said no, what the server's own answer tells of
//! the [`Cause`], and the answers that would pass ([`Fix`]).

mod cases;
mod cause;
mod command_line;
mod diagnosis;
mod error_body;
mod execution;
mod fix;
mod outcome;
mod request_init;
mod target;

#[cfg(test)]
mod tests;

pub(crate) use cases::{Question, Role};
pub(crate) use cause::{Cause, CauseKind};
pub(crate) use command_line::DiagnoseCommand;
pub(crate) use diagnosis::{Conclusion, Diagnosis, ProbeResult, SharedOutcome};
pub(crate) use execution::{DiagnoseRequest, diagnose};
pub(crate) use fix::Fix;
pub(crate) use outcome::{CaseOutcome, Place, Readable, remedy};
pub(crate) use request_init::{DEFAULT_CREDENTIALS, RequestInit};
pub(crate) use target::Target;
