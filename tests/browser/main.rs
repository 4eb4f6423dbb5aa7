//! Real browsers, and drivers that are wrong on purpose.

mod engines;
mod proxy;
mod sessions;
