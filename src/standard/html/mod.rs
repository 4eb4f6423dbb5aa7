//! HTML, as far as it says what one origin can do to another's objects and storage.

mod cross_origin_objects;
mod document_origin;
mod ordinary_objects;
mod storage;
mod window_post_message;

pub use cross_origin_objects::{Operation, PlatformObject, Target, perform};
pub use document_origin::{DocumentOrigin, origin_of_document};
pub use storage::{Storage, StorageArea, StorageOperation};
pub use window_post_message::{NotSent, window_post_message};
