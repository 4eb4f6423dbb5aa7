//! What `corsproof diagnose` tells, for people and for programs.

mod json;
mod step;
mod summary;
mod text;

pub use json::{json, schema};
pub use text::render;
