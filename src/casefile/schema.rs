//! The JSON Schema of case files.

use serde_json::Value;

use super::keys::FILE;
use crate::document::schema::document;

/// The schema (JSON Schema 2020-12). It knows every key and every word; what it cannot say (that a
/// twin exists, that an expectation is possible) a case file is told when it is read.
pub(crate) fn schema() -> Value {
    document(
        &FILE,
        "corsproof case file",
        "What is asked of a browser, what the servers answer, and what the standard demands.",
    )
}
