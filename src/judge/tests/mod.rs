//! Browsers that are wrong on purpose, and what is said of them.

mod invariants;
mod reasons;
mod rig;
mod verdicts;
