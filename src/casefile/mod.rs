//! Case files: from a document to cases.
//!
//! Read in two stages: as written (a TOML tree with its places in the file), then as meant
//! ([`Case`](crate::case::Case): defaults merged, matrices expanded, every name resolved). Whatever is wrong in any file
//! is reported at once, as [`Problems`].

mod access;
mod answer;
mod contexts;
mod defaults;
mod draft;
mod expectation;
mod expected_requests;
mod file;
mod filler;
mod id;
mod keys;
mod known_differences;
mod matrix;
mod page;
mod patterns;
mod protocols;
mod request;
mod requirements;
mod schema;
mod servers;
mod service_worker;
mod suite;
mod twins;

pub(crate) use crate::document::{
    pattern::Subject,
    problem::{Problems, Style},
};
pub(crate) use requirements::{REQUIREMENTS, requirement};
pub(crate) use schema::schema;
pub(crate) use suite::Suite;
