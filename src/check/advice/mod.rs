//! What to change about a finding: what has to be true, and how a framework is told so.

mod general;
mod knob;
mod nginx;
mod node;
mod python;
mod rust;
mod settings;

pub use settings::advice;
