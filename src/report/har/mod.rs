//! What `corsproof explain --har` tells, for people and for programs.

mod json;
mod rows;
mod text;

pub(crate) use json::{json, schema};
pub(crate) use text::render;
