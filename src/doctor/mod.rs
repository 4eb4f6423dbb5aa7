//! What a machine lacks for a run, found before one fails of it, and the commands that mend it.
//!
//! [`Facts`] are looked up, [`problems`] turns them into [`Problem`]s without looking anywhere, and
//! [`Remedy`] knows the commands of each [`System`].

mod detection;
mod examination;
mod facts;
mod problem;
mod remedy;
mod schema;
mod start;
mod system;

pub(crate) use detection::problems;
pub(crate) use examination::{EngineExamination, Examination, SCHEMA};
pub(crate) use facts::{EngineFacts, Facts, Program, Programs, User};
pub(crate) use problem::{Problem, ProblemKind, Severity};
pub(crate) use remedy::Remedy;
pub(crate) use schema::schema;
pub(crate) use start::{Start, start};
pub(crate) use system::System;
