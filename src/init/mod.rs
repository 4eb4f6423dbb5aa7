//! The first files of a project that is to be checked: a policy and a CI workflow, from what its folder shows.
//!
//! [`Guess`] reads the folder and says what from; the texts follow from the guess alone, and nothing that is
//! there already is touched.

mod cors_settings;
mod files;
mod guess;
mod manifest;
mod policies;
mod routes;
mod source;
mod text;

pub(crate) use cors_settings::{CorsSettings, Origins};
pub(crate) use files::{Written, init};
pub(crate) use guess::{Guess, GuessedSource, Runtime};
pub(crate) use routes::Route;
pub(crate) use text::{Ci, policy};
