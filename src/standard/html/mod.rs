//! How HTML's elements and their kin ask, and what they make of the response: one file a way of asking.

pub mod beacon;
mod effect;
pub mod event_source;
pub mod form;
pub mod image;
pub mod potential_cors_request;
pub mod script;
pub mod style;
pub mod track;
pub mod web_socket;
pub mod worker;

pub use effect::{Effect, Element};
