//! corsproof shows, in real browsers, what CORS and the same-origin policy let a page send, load and read.
//!
//! Everything is a [`case`]: read from a file, planned and executed by [`run`] in a real browser against
//! the scripted servers of `corsproof-fixture`; what is seen ([`observation`]) is held by [`judge`] against
//! what its author demands and what [`predict`] derives from the executable standard; [`report`] tells.
//! [`check`] and [`diagnose`] make cases for real servers ([`upstream`]), and rest on what those answered ([`evidence`]).

// What files alone say, and what reports alone tell, is used by the program.
#![cfg_attr(not(feature = "cli"), expect(dead_code, reason = "the program uses it"))]

mod case;
#[cfg(feature = "cli")]
mod casefile;
mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
mod coverage;
#[cfg(feature = "cli")]
mod diagnose;
#[cfg(feature = "cli")]
mod doctor;
mod document;
mod evidence;
#[cfg(feature = "cli")]
mod init;
mod judge;
mod library;
mod observation;
mod page;
#[cfg(feature = "cli")]
mod policyfile;
mod predict;
#[cfg(feature = "cli")]
mod report;
mod run;
#[cfg(feature = "cli")]
mod schema;
mod stream;
mod upstream;
mod words;

pub use browsers::Engine;
pub use check::{CheckedPoint, Finding, Framework, Kind, Point, Policy, PolicyBuilder, Severity, Standing};
pub use library::{Check, CheckError, Proof, check};

// What tests of the inside share with those of the outside calls this crate by its name.
#[cfg(all(test, feature = "cli"))]
extern crate self as corsproof;
#[cfg(all(test, feature = "cli"))]
#[path = "../tests/inside/mod.rs"]
mod inside;
