//! JSON Schemas of types that know nothing of schemas.

use std::{borrow::Cow, marker::PhantomData};

use fetch_model::Word;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

/// The schema of a closed set of words, for `schemars(with = "Words<RequestMode>")`.
pub(crate) struct Words<T>(PhantomData<T>);

impl<T: Word> JsonSchema for Words<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let members: Vec<Value> = T::MEMBERS
            .iter()
            .map(
                |(_, word, meaning)| json!({ "description": text(meaning), "type": "string", "const": word }),
            )
            .collect();
        json_schema!({ "description": text(T::ABOUT), "oneOf": members })
    }
}

/// Lines of a doc comment as one text.
fn text(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
}
