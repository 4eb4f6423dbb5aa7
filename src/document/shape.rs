//! The shapes that values have: what the table of keys is written in, the checker and the schema read.

use std::ops::RangeInclusive;

use super::pattern::Pattern;

/// The keys that a table may have.
pub(crate) struct TableShape {
    /// What the table is, for messages: `a case`, `a request`, ...
    pub(crate) name: &'static str,
    /// Its key in the schema's `$defs`.
    pub(crate) definition: &'static str,
    /// The keys it may have, in groups that tables share.
    pub(crate) keys: &'static [&'static [Key]],
    /// Keys of which exactly one must be there; empty: no such rule.
    pub(crate) one_of: &'static [&'static str],
    /// Keys of which at least one must be there; empty: no such rule.
    pub(crate) some_of: &'static [&'static str],
    /// Keys that mean something only beside another: (the key, the other).
    pub(crate) only_with: &'static [(&'static str, &'static str)],
}

pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) presence: Presence,
    pub(crate) shape: Shape,
    /// What it says, in a sentence or two: a hint in messages, the description in the schema.
    pub(crate) doc: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// The shape of a value. Wherever text, a number or a word is wanted a placeholder may stand for it,
/// unless a [`Pattern`] says otherwise.
pub(crate) enum Shape {
    Text,
    /// Text that matches a pattern.
    Pattern(&'static Pattern),
    /// One word of a closed set.
    Word(&'static [&'static str]),
    /// An integer of a range. Whoever reads the key names the same range, so that no other value is used.
    Integer(RangeInclusive<i64>),
    /// A number of a range, with or without a fraction.
    Number(RangeInclusive<f64>),
    Boolean,
    /// `true`, to say that something is so.
    True,
    /// An array of values of a shape, with at least so many.
    Array {
        of: &'static Shape,
        least: usize,
    },
    /// An array of two texts: a name and a value.
    Pair,
    Table(&'static TableShape),
    /// A table whose keys are names of the author's choosing.
    Map {
        of: &'static Shape,
        least: usize,
    },
    /// One of several shapes, told apart by their TOML type.
    Either(&'static [Shape]),
}

impl TableShape {
    /// All keys, in the order of the table.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().copied().flatten()
    }

    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.name == name)
    }

    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.all().map(|key| key.name).collect()
    }
}

impl Key {
    pub(crate) const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, presence: Presence::Required, shape, doc }
    }

    pub(crate) const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, presence: Presence::Optional, shape, doc }
    }
}

impl Shape {
    /// What it is in words, for messages: `an integer from 1 to 9`.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Pattern(pattern) => pattern.words.to_owned(),
            Self::Word(words) => either(words),
            Self::Integer(range) => format!("an integer from {} to {}", range.start(), range.end()),
            Self::Number(range) => format!("a number from {} to {}", range.start(), range.end()),
            Self::Boolean => "true or false".to_owned(),
            Self::True => "true".to_owned(),
            Self::Array { of: Self::Array { .. } | Self::Pair, .. } => {
                "an array of [name, value] pairs".to_owned()
            }
            Self::Array { .. } => "an array".to_owned(),
            Self::Pair => "[name, value]".to_owned(),
            Self::Table(_) | Self::Map { .. } => "a table".to_owned(),
            Self::Either(shapes) => {
                let words: Vec<String> = shapes.iter().map(Self::words).collect();
                either(&words.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }
}

/// A table's shape and all that can stand in it, each once.
pub(crate) fn tables(root: &'static TableShape) -> Vec<&'static TableShape> {
    let mut tables = vec![root];
    let mut next = 0;
    while let Some(table) = tables.get(next).copied() {
        next += 1;
        for key in table.all() {
            add_tables(&key.shape, &mut tables);
        }
    }
    tables
}

fn add_tables(shape: &'static Shape, tables: &mut Vec<&'static TableShape>) {
    match shape {
        Shape::Table(table) if tables.iter().all(|other| other.definition != table.definition) => {
            tables.push(table);
        }
        Shape::Array { of, .. } | Shape::Map { of, .. } => add_tables(of, tables),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| add_tables(shape, tables)),
        _ => {}
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
