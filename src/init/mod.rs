//! The first files of a project that is to be checked: a policy and a CI workflow, from what its folder shows.
//!
//! [`Guess`] reads the folder and says what from; the texts follow from the guess alone, and nothing that is
//! there already is touched.

mod guess;
mod manifest;
mod text;
mod write;

pub(crate) use guess::{Guess, Reach, Runtime};
pub(crate) use text::{Ci, policy};
pub(crate) use write::{Written, init};
