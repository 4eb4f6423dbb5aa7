//! What is inside, in real browsers.

#[path = "../../engines/mod.rs"]
mod engines;
mod page;
#[path = "../../browsers/turn.rs"]
mod turn;
