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

pub(crate) use diagnosis::diagnose;
pub(crate) use examination::{Examination, Examined, SCHEMA};
pub(crate) use facts::{EngineFacts, Facts, Found, Program, User};
pub(crate) use problem::{Finding, Problem, Severity};
pub(crate) use remedy::Remedy;
pub(crate) use schema::schema;
pub(crate) use start::{Start, start};
pub(crate) use system::System;
