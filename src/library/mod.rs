//! `corsproof::check`: a service of a Rust project, checked in `cargo test`.
//!
//! The service has no port. It is put behind the virtual internet as it is ([`corsproof_fixture::Service`]), so that
//! browsers reach it under an https origin, over HTTP/2 or HTTP/1.1, and its answers are those that it would give in
//! production. All else is as for a server of a policy file.

mod engines;
mod error;
mod event_log;
mod proof;
mod service;

pub use error::CheckError;
pub use proof::Proof;
pub use service::{Check, check};
