//! Real browsers, driven by the program and by the library as others use them.
//!
//! `CORSPROOF_BROWSERS=chromium cargo test --test browsers` takes some engines only, and says which it leaves out.

mod check;
mod conformance;
mod diagnose;
#[path = "../engines/mod.rs"]
mod engines;
mod faults;
mod html;
mod init;
mod installed_engines;
mod library;
#[path = "../readme/mod.rs"]
mod of_readme;
mod readme;
mod router_server;
mod run;
mod serve;
mod servers;
mod sop;
mod turn;
