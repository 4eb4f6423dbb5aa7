//! The checklist: ten points, how a server stands on each, and what that rests on.

mod basis;
mod example;
mod point;
mod standing;

pub use point::Point;
pub use standing::{CheckedPoint, Standing};

pub(crate) use basis::counted;
pub(super) use standing::checklist;
