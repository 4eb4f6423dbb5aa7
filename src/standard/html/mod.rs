//! How HTML's elements and their kin ask, and what they make of the response: one file a way of asking.

mod effect;
pub mod image;
pub mod potential_cors_request;
pub mod script;
pub mod style;

pub use effect::{Effect, Element};
