//! Each finding from a server that has just that mistake.

mod findings;
mod proof;
mod rig;
