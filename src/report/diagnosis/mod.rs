//! What `corsproof diagnose` tells, for people and for programs.

mod json;
mod step;
mod summary;
mod text;

pub(crate) use json::{json, schema};
pub(crate) use text::render;

pub(super) use step::says_no;
