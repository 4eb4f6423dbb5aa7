//! What a check found, in each report: ten points a server, and every finding with what it rests on.

mod junit;
mod markdown;
mod sarif;
mod table;
mod terminal;
mod text;
mod words;

pub(super) use junit::suite as junit_suite;
pub(super) use markdown::render as markdown;
pub(super) use sarif::alerts;
pub(crate) use terminal::PolicyTerminal;
pub(super) use terminal::render;
pub(super) use words::{conclusion, counts, mark, sign};
