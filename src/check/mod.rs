//! A server's policy, proven in real browsers: to cases, to findings, to a checklist.
//!
//! [`policy`] reads the file; [`server`] starts what it names; [`cases`] turns the policy into cases, for whom it
//! lets in and for the [`strangers`] it keeps out. Those run as all cases do: every request comes from a browser,
//! and the network forwards it to the server. The model is given the answers that the server gave, so that
//! [`examination`] knows what a browser must conclude of them; what is wrong is a [`finding`], told with its
//! [evidence](crate::evidence) and with what to change in the words of the [`framework`], held against the
//! [`expectations`] of the file, and summed up in a [`checklist`]. What came of a file in the end is [`CheckedFile`].

mod cases;
mod checked_file;
mod checklist;
mod examination;
mod execution;
mod expectations;
pub(crate) mod finding;
pub(crate) mod framework;
pub(crate) mod policy;
mod secrets;
mod server;
mod strangers;

#[cfg(test)]
mod tests;

pub(crate) use checked_file::{CheckedFile, Unobserved, Vanished};
pub use checklist::{CheckedPoint, Point, Standing};
pub(crate) use execution::{CheckOutcome, CheckRequest, check};
pub(crate) use finding::Expectedness;
pub use finding::{Finding, Kind, Severity};
pub use framework::Framework;
pub(crate) use policy::{Complaint, Expect, PolicyFile, Server, ServerSource};
pub use policy::{Policy, PolicyBuilder};

pub(crate) use checklist::counted;
pub(crate) use policy::{START_TIMEOUT, build};
