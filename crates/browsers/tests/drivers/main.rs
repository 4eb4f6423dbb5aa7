//! Real browsers, and drivers that are wrong on purpose.

mod ends;
#[path = "../../../../tests/engines/mod.rs"]
mod engines;
mod fake_drivers;
mod fake_remote_ends;
mod proxy;
mod remains;
mod running_drivers;
mod sessions;
mod settings;
