//! The checklist: ten points, how a server stands on each, and what that rests on.

mod basis;
mod example;
mod line;
mod point;

pub use point::{Line, Point, Standing};

pub(super) use basis::counted;
pub(super) use line::checklist;
