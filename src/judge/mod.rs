//! Holds an observation against the author's word and the model's, and says what follows.

mod verdict;

pub use verdict::{Difference, Verdict};
