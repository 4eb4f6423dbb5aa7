//! Each finding from a server that has just that mistake.

mod findings;
mod generated;
mod login;
mod proof;
mod requests;
mod rig;
