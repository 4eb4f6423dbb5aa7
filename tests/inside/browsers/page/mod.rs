//! The script inside a page, in every engine, against the virtual internet.

mod bodies;
mod cases;
mod contexts;
mod lanes;
mod responses;
mod world;
