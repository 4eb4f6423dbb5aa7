//! Shows, in real browsers, what a web service's CORS policy lets a page send, load and read.
//!
//! Most people use the program: `corsproof run` for the conformance suite, `corsproof check` for a server in any
//! language, `corsproof diagnose` for one blocked request. The library is for Rust services: [`check`] puts a tower
//! service behind a private network, drives Chromium, Firefox and WebKit against it from the origins that its
//! [`Policy`] names and from strangers, and ends in a [`Proof`]: how the service stands on the ten points of the
//! checklist, and each [`Finding`] with what to change.
//!
//! ```no_run
//! use axum::{Router, http::Method, routing::get};
//! use corsproof::Policy;
//! use tower_http::cors::CorsLayer;
//!
//! fn shop() -> Router {
//!     let cors = CorsLayer::new()
//!         .allow_origin(["https://app.shop.example".parse().unwrap()])
//!         .allow_methods([Method::GET, Method::PUT]);
//!     Router::new().route("/orders", get(async || "listed").put(async || "changed")).layer(cors)
//! }
//!
//! # mod tests {
//! # use super::*;
//! #[tokio::test]
//! async fn pages_of_the_shop_can_read_and_nobody_else() -> Result<(), corsproof::CheckError> {
//!     let policy = Policy::at("/orders").origins(["https://app.shop.example"]).methods(["GET", "PUT"]);
//!
//!     let proof = corsproof::check(shop(), policy).await?;
//!
//!     assert!(proof.is_sound(), "{proof}");
//!     insta::assert_snapshot!(proof); // the same on each machine and in each version of a browser
//!     Ok(())
//! }
//! # }
//! # fn main() {}
//! ```
//!
//! Each browser needs its WebDriver (`corsproof doctor` says what a machine lacks); without one the check is a
//! [`CheckError`], never a passed test. The default feature `cli` is the program: leave it out, and nothing of the
//! command line is compiled.
//!
//! ```toml
//! [dev-dependencies]
//! corsproof = { version = "0.1", default-features = false }
//! ```

// What files alone say, and what reports alone tell, is used by the program.
#![cfg_attr(not(feature = "cli"), expect(dead_code, unused_imports, reason = "the program uses it"))]

mod case;
#[cfg(feature = "cli")]
mod casefile;
mod check;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod console_words;
#[cfg(feature = "cli")]
mod coverage;
#[cfg(feature = "cli")]
mod diagnose;
#[cfg(feature = "cli")]
mod doctor;
mod document;
mod evidence;
#[cfg(feature = "cli")]
mod har;
#[cfg(feature = "cli")]
mod init;
mod input_file;
mod judge;
mod library;
mod local_server;
mod location;
mod milliseconds;
mod observation;
mod origin_slip;
mod page;
#[cfg(feature = "cli")]
mod policyfile;
mod predict;
#[cfg(feature = "cli")]
mod printable;
mod redirect_target;
#[cfg(feature = "cli")]
mod report;
mod run;
#[cfg(feature = "cli")]
mod schema;
#[cfg(feature = "cli")]
mod shell;
mod stream;
mod words;

pub use browsers::Engine;
pub use check::{CheckedPoint, Finding, Framework, Kind, Point, Policy, PolicyBuilder, Severity, Standing};
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use cli::main;
pub use library::{Check, CheckError, Proof, check};

// What tests of the inside share with those of the outside calls this crate by its name.
#[cfg(all(test, feature = "cli"))]
extern crate self as corsproof;
#[cfg(all(test, feature = "cli"))]
#[path = "../tests/inside/mod.rs"]
mod inside;
