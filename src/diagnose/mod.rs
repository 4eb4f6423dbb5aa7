//! One URL, asked from one origin in real browsers: why a page can or cannot read it.
//!
//! [`target`] says which server is asked and where it listens, [`asked`] what a page would ask of it; [`cases`] turns
//! the two into a handful of cases. Those run as all cases do. What came of them is a [`diagnosis`]: for every case
//! which engines saw the same, the conversation as it went, the step that said no, and the answers that would pass
//! ([`Fix`]).

mod ask;
mod asked;
mod cases;
mod diagnosis;
mod fix;
mod outcome;
mod target;

#[cfg(test)]
mod tests;

pub(crate) use ask::{DiagnoseRequest, diagnose};
pub(crate) use asked::{Asked, UNASKED};
pub(crate) use cases::{Question, Role};
pub(crate) use diagnosis::{Diagnosis, Seen, Standing, Told};
pub(crate) use fix::Fix;
pub(crate) use outcome::{Outcome, Place, Readable};
pub(crate) use target::Target;
