//! The JSON Schema of the events.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use super::Event;

/// The schema (JSON Schema 2020-12) of one event: a line of `--report ndjson=PATH`.
pub(crate) fn schema() -> Value {
    of::<Event>(
        "corsproof event",
        "A line of what `corsproof run` and `corsproof check` write with `--report ndjson=PATH`.",
    )
}

/// The schema of what serde serializes a type to.
pub(crate) fn of<T: JsonSchema>(title: &str, description: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), description.into());
    schema.to_value()
}
