//! What a machine lacks for a run, found before one fails of it, and the commands that mend it.
//!
//! [`Facts`] are looked up, [`diagnose`] turns them into [`Problem`]s without looking anywhere, and
//! [`Remedy`] knows the commands of each [`System`].

mod diagnosis;
mod examination;
mod facts;
mod problem;
mod remedy;
mod schema;
mod start;
mod system;

pub use diagnosis::diagnose;
pub use examination::{Examination, Examined, SCHEMA};
pub use facts::{EngineFacts, Facts, Found, Program, Temporary, User};
pub use problem::{Finding, Problem, Severity};
pub use remedy::Remedy;
pub use schema::schema;
pub use start::{Start, start};
pub use system::System;
