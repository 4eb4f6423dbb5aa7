//! HTML: how its elements and their kin ask and what they make of the response, and what one origin can do to another's
//! objects and storage.

pub mod beacon;
mod cross_origin_objects;
mod document_origin;
mod effect;
pub mod event_source;
pub mod form;
pub mod image;
mod opener_policy;
mod ordinary_objects;
pub mod potential_cors_request;
pub mod script;
mod storage;
pub mod style;
pub mod track;
pub mod web_socket;
mod window_post_message;
pub mod worker;

pub use cross_origin_objects::{Connection, Operation, PlatformObject, Target, perform};
pub use document_origin::{DocumentOrigin, origin_of_document};
pub use effect::{Effect, Element};
pub use opener_policy::{OpenerPolicy, obtain_an_opener_policy, requires_a_browsing_context_group_switch};
pub use storage::{Storage, StorageArea, StorageOperation};
pub use window_post_message::{NotSent, window_post_message};
