//! HTML: how its elements and their kin ask and what they make of the response, and what one origin can do to another's
//! objects and storage.

pub mod beacon;
pub mod cache;
mod cross_origin_objects;
mod document_origin;
mod effect;
pub mod embedded;
pub mod event_source;
pub mod image;
pub mod link;
pub mod media;
mod media_data;
pub mod navigation;
mod opener_policy;
mod ordinary_objects;
pub mod potential_cors_request;
mod rules;
pub mod script;
pub mod service_worker;
mod storage;
pub mod style;
pub mod style_resource;
pub mod svg;
pub mod track;
pub mod web_socket;
mod window_post_message;
pub mod worker;

pub use beacon::ContentType;
pub use cache::CacheOperation;
pub use cross_origin_objects::{Connection, Needs, Operation, PlatformObject, Target, perform};
pub use document_origin::DocumentOrigin;
pub use effect::{Effect, Element};
pub use image::Reading;
pub(super) use link::Preload;
pub use link::PreloadKey;
pub use opener_policy::{OpenerPolicy, obtain_an_opener_policy, requires_a_browsing_context_group_switch};
pub use potential_cors_request::Fallback;
pub use rules::HtmlRules;
pub use storage::{Storage, StorageArea, StorageOperation};
pub use style_resource::StyleResource;
pub use window_post_message::NotSent;
