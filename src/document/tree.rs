//! A case file as written: a tree of values that know where they stand.

use std::ops::RangeInclusive;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::document::source::{Source, Span};

/// A value and where it stands: the whole value, or the header line of a `[table]`.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// The kinds of value that case files use.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Text),
    Integer(i64),
    /// A number that is written with a fraction or an exponent.
    Fraction(f64),
    Boolean(bool),
    Array(Vec<Node>),
    Table(Table),
    /// A type that no key takes, such as a date, by its name.
    Other(&'static str),
}

/// A string: as written, or after placeholders were filled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Where its parts come from, in order; empty where it stands in the file as it is here.
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a filled string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The offset in the filled string at which the piece begins.
    pub(crate) start: usize,
    /// The span of the value in the file that the piece comes from.
    pub(crate) from: Span,
    /// The offset within that value at which the piece begins.
    pub(crate) offset: usize,
}

/// A table, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

impl Node {
    fn new(written: &Spanned<DeValue<'_>>) -> Self {
        let value = match written.get_ref() {
            DeValue::String(text) => Value::Text(Text { text: text.to_string(), pieces: Vec::new() }),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Other("an integer out of range"), Value::Integer),
            DeValue::Boolean(yes) => Value::Boolean(*yes),
            DeValue::Array(members) => Value::Array(members.iter().map(Self::new).collect()),
            DeValue::Table(table) => Value::Table(Table::new(table)),
            DeValue::Float(number) => {
                number.as_str().parse().map_or(Value::Other("a number with a fraction"), Value::Fraction)
            }
            DeValue::Datetime(_) => Value::Other("a date"),
        };
        Self { span: written.span(), value }
    }

    /// The name of the value's type, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text(_) => "text",
            Value::Integer(_) => "an integer",
            Value::Fraction(_) => "a number with a fraction",
            Value::Boolean(_) => "a boolean",
            Value::Array(_) => "an array",
            Value::Table(_) => "a table",
            Value::Other(kind) => kind,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(&text.text),
            _ => None,
        }
    }

    /// The integer, if `range` holds it: any other is reported by the checker, and used by nobody.
    pub(crate) fn as_integer_of(&self, range: &RangeInclusive<i64>) -> Option<i64> {
        self.as_integer().filter(|number| range.contains(number))
    }

    /// The number, if `range` holds it.
    pub(crate) fn as_number_of(&self, range: &RangeInclusive<f64>) -> Option<f64> {
        let number = match &self.value {
            // As many digits as a range of rates or times has, a fraction holds as well.
            Value::Integer(number) => i32::try_from(*number).ok().map(f64::from),
            Value::Fraction(number) => Some(*number),
            _ => None,
        };
        number.filter(|number| range.contains(number))
    }

    /// The integer, also where the text of a filled placeholder spells one.
    fn as_integer(&self) -> Option<i64> {
        match &self.value {
            Value::Integer(number) => Some(*number),
            Value::Text(text) if self.is_one_placeholder() => text.text.parse().ok(),
            _ => None,
        }
    }

    /// The boolean, also where the text of a filled placeholder spells one.
    pub(crate) fn as_boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Boolean(yes) => Some(*yes),
            Value::Text(text) if self.is_one_placeholder() => text.text.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(members) => Some(members),
            _ => None,
        }
    }

    pub(crate) fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The members of an array, or the value itself where it stands for an array of one.
    pub(crate) fn one_or_more(&self) -> &[Self] {
        self.as_array().unwrap_or(std::slice::from_ref(self))
    }

    /// Whether the text in the file is exactly one placeholder, and is filled now.
    fn is_one_placeholder(&self) -> bool {
        self.blame() != self.span
    }

    /// Where a mistake in it was made: in the matrix, if its whole text comes from there.
    pub(crate) fn blame(&self) -> Span {
        match &self.value {
            Value::Text(Text { pieces, .. }) if pieces.len() == 1 => pieces[0].from.clone(),
            _ => self.span.clone(),
        }
    }

    /// Where a part of its text stands in the file.
    pub(crate) fn part(&self, source: &Source, part: &Span) -> Span {
        let Value::Text(text) = &self.value else { return self.span.clone() };
        let Some(piece) = text.pieces.iter().rev().find(|piece| piece.start <= part.start) else {
            return source.inside(&self.span, part);
        };
        let end = text.pieces.iter().map(|piece| piece.start).find(|start| *start > part.start);
        let shift = |at: usize| at - piece.start + piece.offset;
        source.inside(&piece.from, &(shift(part.start)..shift(part.end.min(end.unwrap_or(usize::MAX)))))
    }
}

impl Table {
    pub(crate) fn new(written: &DeTable<'_>) -> Self {
        let mut entries: Vec<Entry> = written
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: key.span(),
                node: Node::new(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Self { entries }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The text of a key as an owned string.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    /// The integer of a key whose shape has this range, as the type that holds all of the range.
    pub(crate) fn integer<T: TryFrom<i64>>(&self, key: &str, range: &RangeInclusive<i64>) -> Option<T> {
        T::try_from(self.get(key)?.as_integer_of(range)?).ok()
    }

    /// The number of a key whose shape has this range.
    pub(crate) fn number(&self, key: &str, range: &RangeInclusive<f64>) -> Option<f64> {
        self.get(key)?.as_number_of(range)
    }

    pub(crate) fn table(&self, key: &str) -> Option<&Self> {
        self.get(key)?.as_table()
    }

    /// The members of an array; none where there is no such key.
    pub(crate) fn array(&self, key: &str) -> &[Node] {
        self.get(key).and_then(Node::as_array).unwrap_or_default()
    }

    /// Puts an entry in the place of the one with its key, or at the end.
    pub(crate) fn put(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|other| other.key == entry.key) {
            Some(other) => *other = entry,
            None => self.entries.push(entry),
        }
    }
}
