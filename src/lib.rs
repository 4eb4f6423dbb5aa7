//! corsproof shows, in real browsers, what CORS and the same-origin policy let a page send, load and read.
//!
//! Everything is a [`case`]: read from a file, planned and executed by [`run`] in a real [`browser`] against
//! the scripted servers of `corsproof-fixture`; what is seen ([`observation`]) is held by [`judge`] against
//! what its author demands and what [`predict`] derives from the executable [`standard`]; [`report`] tells.
//! [`check`] and [`diagnose`] make cases for real servers ([`upstream`]), and rest on what those answered ([`evidence`]).

pub mod browser;
pub mod case;
pub mod check;
pub mod cli;
pub mod coverage;
pub mod diagnose;
pub mod doctor;
pub mod engine;
pub mod evidence;
pub mod init;
pub mod judge;
mod library;
pub mod observation;
pub mod page;
pub mod predict;
pub mod report;
pub mod run;
pub mod standard;
pub mod stream;
pub mod upstream;

pub use check::{Policy, PolicyBuilder};
pub use engine::Engine;
pub use library::{Check, CheckError, Proof, check};
