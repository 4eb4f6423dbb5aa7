//! Filling a case's placeholders with one variant's values.

use crate::{
    casefile::matrix::Variant,
    document::{
        placeholder::{RUN_TIME, placeholders},
        problem::{FileProblems, Problem},
        source::Span,
        spelling,
        tree::{Entry, Node, Piece, Table, Text, Value},
    },
};

/// Fills the placeholders of a case for one variant of its matrix.
pub(super) struct Filler<'a> {
    pub(super) variant: &'a Variant,
    pub(super) found: &'a mut FileProblems,
    /// Whether every name stood for something.
    pub(super) outcome: Filling,
}

/// Whether every placeholder was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filling {
    Complete,
    /// At least one unknown name was reported.
    Incomplete,
}

/// The kind of a text, which decides which placeholders it may keep.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Text in which only matrix values are filled.
    Plain,
    /// Text of an observation, where a case's token shows as `{token}`.
    Seen,
    /// Bytes of an answer: the server fills what is left.
    Bytes,
    /// An answer's message: the same, and its head is edited by lines.
    Message,
}

impl<'a> Filler<'a> {
    pub(super) fn new(variant: &'a Variant, found: &'a mut FileProblems) -> Self {
        Self { variant, found, outcome: Filling::Complete }
    }

    /// The table of a case or of a step, filled.
    pub(super) fn case(&mut self, table: &Table) -> Table {
        let fill = |entry: &Entry| {
            let node = match (entry.key.as_str(), &entry.node.value) {
                ("preflight" | "response", _) => self.answers(&entry.node),
                ("at", Value::Table(urls)) => {
                    let urls = urls.entries.iter().map(|url| self.url(url)).collect();
                    Node { span: entry.node.span.clone(), value: Value::Table(Table { entries: urls }) }
                }
                ("step", Value::Array(steps)) => {
                    let steps = steps.iter().map(|step| self.table_of_answers(step)).collect();
                    Node { span: entry.node.span.clone(), value: Value::Array(steps) }
                }
                // The values themselves are not filled.
                ("matrix", _) => entry.node.clone(),
                ("expect" | "known", _) => self.node(&entry.node, Role::Seen),
                _ => self.node(&entry.node, Role::Plain),
            };
            Entry { key: entry.key.clone(), key_span: entry.key_span.clone(), node }
        };
        Table { entries: table.entries.iter().map(fill).collect() }
    }

    fn url(&mut self, entry: &Entry) -> Entry {
        let node = self.table_of_answers(&entry.node);
        Entry { key: self.key(entry, Role::Plain), key_span: entry.key_span.clone(), node }
    }

    /// A table that has answers beside other keys: a step, or a URL of `at`.
    fn table_of_answers(&mut self, node: &Node) -> Node {
        match &node.value {
            Value::Table(table) => Node { span: node.span.clone(), value: Value::Table(self.case(table)) },
            _ => self.node(node, Role::Plain),
        }
    }

    fn answers(&mut self, node: &Node) -> Node {
        let value = match &node.value {
            Value::Array(answers) => {
                Value::Array(answers.iter().map(|answer| self.answers(answer)).collect())
            }
            Value::Table(answer) => Value::Table(self.answer(answer)),
            _ => return self.node(node, Role::Message),
        };
        Node { span: node.span.clone(), value }
    }

    fn answer(&mut self, answer: &Table) -> Table {
        let fill = |entry: &Entry| {
            let role = if entry.key == "raw" { Role::Bytes } else { Role::Message };
            let node = self.node(&entry.node, role);
            Entry { key: entry.key.clone(), key_span: entry.key_span.clone(), node }
        };
        Table { entries: answer.entries.iter().map(fill).collect() }
    }

    fn node(&mut self, node: &Node, role: Role) -> Node {
        let value = match &node.value {
            Value::Text(text) => Value::Text(self.text(&text.text, node, role)),
            Value::Array(members) => {
                Value::Array(members.iter().map(|member| self.node(member, role)).collect())
            }
            Value::Table(table) => Value::Table(Table {
                entries: table.entries.iter().map(|entry| self.entry(entry, role)).collect(),
            }),
            other => other.clone(),
        };
        Node { span: node.span.clone(), value }
    }

    fn entry(&mut self, entry: &Entry, role: Role) -> Entry {
        Entry {
            key: self.key(entry, role),
            key_span: entry.key_span.clone(),
            node: self.node(&entry.node, role),
        }
    }

    fn key(&mut self, entry: &Entry, role: Role) -> String {
        let key = Node { span: entry.key_span.clone(), value: Value::Text(Text::default()) };
        self.text(&entry.key, &key, role).text
    }

    fn text(&mut self, text: &str, node: &Node, role: Role) -> Text {
        let mut names = placeholders(text).peekable();
        let Some((first, _)) = names.peek() else {
            return Text { text: text.to_owned(), pieces: Vec::new() };
        };
        let is_one_placeholder = *first == (0..text.len());
        let mut is_known = true;
        for (place, name) in names {
            is_known &= self.know(name, &place, node, role);
        }
        if !is_known && matches!(role, Role::Bytes | Role::Message) {
            // An answer without mistakes in its place: this one was reported.
            return Text { text: "200".to_owned(), pieces: Vec::new() };
        }
        if role == Role::Message && !is_one_placeholder {
            fill_message(text, &node.span, self.variant)
        } else {
            fill(text, 0, &node.span, self.variant)
        }
    }

    /// Whether a name stands for something; one that does not is reported.
    fn know(&mut self, name: &str, place: &Span, node: &Node, role: Role) -> bool {
        let at_run_time: &[&str] = match role {
            Role::Plain => &[],
            Role::Seen => &["token"],
            Role::Bytes | Role::Message => &RUN_TIME,
        };
        if self.variant.value(name).is_some() || at_run_time.contains(&name) {
            return true;
        }
        self.outcome = Filling::Incomplete;
        let mut names: Vec<&str> = self.variant.names().collect();
        names.extend(at_run_time);
        let problem = Problem::new(format!("`{{{name}}}` stands for nothing"))
            .at(self.found.source().inside(&node.span, place), "no matrix of this case has that name");
        let help = match spelling::nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if names.is_empty() && RUN_TIME.contains(&name) => {
                "the servers fill it, in answers alone: here a text must name what it means".to_owned()
            }
            None if names.is_empty() => {
                format!("give the case a matrix with `{name}`, or take the braces away")
            }
            None => format!("here it can be one of {}", names.join(", ")),
        };
        self.found.report(problem.help(help));
        false
    }
}

/// A text with its placeholders filled; `offset` says where it begins in the string at `from`.
fn fill(text: &str, offset: usize, from: &Span, variant: &Variant) -> Text {
    let mut filled = Text::default();
    let mut done = 0;
    for (place, name) in placeholders(text) {
        let Some(value) = variant.value(name) else { continue };
        filled.append(&text[done..place.start], from, offset + done);
        filled.append(&value.text, &value.span, 0);
        if value.text.is_empty() {
            filled.pieces.push(Piece { start: filled.text.len(), from: value.span.clone(), offset: 0 });
        }
        done = place.end;
    }
    filled.append(&text[done..], from, offset + done);
    filled
}

/// The same for an answer's message: in its head, which ends with the first line that was written
/// empty, a line that becomes blank is dropped, and a value of several lines makes several lines.
fn fill_message(text: &str, from: &Span, variant: &Variant) -> Text {
    let mut message = Text::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end_matches(['\r', '\n']).is_empty() && at > 0 {
            break;
        }
        let filled = fill(line, at, from, variant);
        at += line.len();
        let is_as_written = filled.pieces.iter().all(|piece| piece.from == *from);
        let mut start = 0;
        for part in filled.text.split_inclusive('\n') {
            if is_as_written || !part.trim().is_empty() {
                message.append_part(&filled, start..start + part.len());
            }
            start += part.len();
        }
    }
    let rest = fill(&text[at..], at, from, variant);
    message.append_part(&rest, 0..rest.text.len());
    message
}

impl Text {
    fn append(&mut self, text: &str, from: &Span, offset: usize) {
        if !text.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), from: from.clone(), offset });
            self.text.push_str(text);
        }
    }

    /// Appends a part of another filled text.
    fn append_part(&mut self, other: &Self, part: Span) {
        let shift = |piece: &Piece| {
            let skipped = part.start.saturating_sub(piece.start);
            Piece {
                start: self.text.len() + (piece.start + skipped - part.start),
                from: piece.from.clone(),
                offset: piece.offset + skipped,
            }
        };
        let ends = other.pieces.iter().skip(1).map(|piece| piece.start).chain([other.text.len()]);
        let pieces: Vec<Piece> = other
            .pieces
            .iter()
            .zip(ends)
            .filter(|(piece, end)| piece.start < part.end && *end > part.start)
            .map(|(piece, _)| shift(piece))
            .collect();
        self.pieces.extend(pieces);
        self.text.push_str(&other.text[part]);
    }
}
