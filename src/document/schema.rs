//! The JSON Schema of a kind of document, for editors: the table of keys in another language.

use serde_json::{Map, Value, json};

use crate::document::{
    pattern::{Pattern, Placeholders},
    shape::{Key, Presence, Shape, TableShape, tables},
};

/// A placeholder, as a regular expression.
const PLACEHOLDER: &str = r"\{[a-z][a-z0-9-]*\}";

/// The schema of files whose keys are those of `root`.
pub(crate) fn document(root: &'static TableShape, title: &str, description: &str) -> Value {
    let definitions: Map<String, Value> =
        tables(root).into_iter().map(|shape| (shape.definition.to_owned(), table(shape))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        "$ref": definition(root),
        "$defs": definitions,
    })
}

fn definition(shape: &TableShape) -> String {
    format!("#/$defs/{}", shape.definition)
}

fn table(shape: &TableShape) -> Value {
    let properties: Map<String, Value> =
        shape.all().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> =
        shape.all().filter(|key| key.presence == Presence::Required).map(|key| key.name).collect();
    let mut table = json!({
        "type": "object",
        "title": shape.name,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    if !shape.one_of.is_empty() {
        table["oneOf"] = shape.one_of.iter().map(|name| json!({ "required": [name] })).collect();
    }
    if !shape.some_of.is_empty() {
        table["anyOf"] = shape.some_of.iter().map(|name| json!({ "required": [name] })).collect();
    }
    if !shape.only_with.is_empty() {
        let company: Map<String, Value> =
            shape.only_with.iter().map(|(name, other)| ((*name).to_owned(), json!([other]))).collect();
        table["dependentRequired"] = Value::Object(company);
    }
    table
}

fn property(key: &Key) -> Value {
    let mut property = value(&key.shape);
    property["description"] = json!(key.doc);
    property
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Pattern(pattern) => json!({ "type": "string", "pattern": expression(pattern) }),
        Shape::Word(words) => or_placeholder(&json!({ "enum": words })),
        Shape::Integer(range) => or_placeholder(&integer(*range.start(), *range.end())),
        Shape::Number(range) => {
            json!({ "type": "number", "minimum": range.start(), "maximum": range.end() })
        }
        Shape::Boolean => or_placeholder(&json!({ "type": "boolean" })),
        Shape::True => json!({ "const": true }),
        Shape::Array { of, least } => json!({ "type": "array", "items": value(of), "minItems": least }),
        Shape::Pair => {
            json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 })
        }
        Shape::Table(shape) => json!({ "$ref": definition(shape) }),
        Shape::Map { of, least } => {
            json!({ "type": "object", "additionalProperties": value(of), "minProperties": least })
        }
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(value).collect::<Vec<_>>() }),
    }
}

fn expression(pattern: &Pattern) -> String {
    match pattern.placeholders {
        Placeholders::Allowed => format!("({})|({PLACEHOLDER})", pattern.expression),
        Placeholders::Forbidden => pattern.expression.to_owned(),
    }
}

fn integer(least: i64, most: i64) -> Value {
    let mut integer = json!({ "type": "integer" });
    if (least, most) != (i64::MIN, i64::MAX) {
        integer["minimum"] = json!(least);
        integer["maximum"] = json!(most);
    }
    integer
}

/// A value, or a text with a placeholder that becomes it.
fn or_placeholder(value: &Value) -> Value {
    json!({ "anyOf": [value, { "type": "string", "pattern": PLACEHOLDER }] })
}
