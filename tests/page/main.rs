//! The script inside a page, in every engine, against the virtual internet.

#[path = "../engines/mod.rs"]
mod engines;

mod bodies;
mod cases;
mod contexts;
mod lanes;
mod responses;
mod world;
