//! The keys of an access to another window or to storage.

use fetch_model::html::Operation;

use crate::{
    case::Reached,
    casefile::access::OBJECTS,
    document::shape::{Key, Shape},
};

/// The keys that name the object, the operation and the property of an access.
pub(super) const ACCESS: &[Key] = &[
    Key::optional("object", Shape::Word(OBJECTS), "What a window or storage access is about."),
    Key::optional(
        "operation",
        Shape::Word(Operation::WORDS),
        "What a window access does to the property; storage has get, set and delete.",
    ),
    Key::optional(
        "property",
        Shape::Text,
        "The property's key, as document or @@toStringTag; or the key in a storage.",
    ),
    Key::optional(
        "reached",
        Shape::Word(Reached::WORDS),
        "Which window is reached: a frame or popup at the URL, or from there the page; a frame unless it says otherwise.",
    ),
    Key::optional("sandbox", Shape::Text, "The frame's sandbox attribute."),
    Key::optional(
        "document-domain",
        Shape::Boolean,
        "Whether the frame's document sets document.domain to its host without the first label.",
    ),
    Key::optional("target-origin", Shape::Text, "The targetOrigin of a message."),
];
