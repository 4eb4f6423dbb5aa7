//! Holds a tree against the table of keys: unknown keys, missing keys, values of the wrong shape.

use crate::document::{
    pattern::{self, Pattern},
    placeholder,
    problem::{FileProblems, Problem},
    quotation::quoted,
    shape::{Key, Presence, Shape, TableShape, either, tables},
    source::Span,
    spelling,
    tree::{Node, Table, Value},
};

/// Whether a tree can be read on: an unknown key is reported but does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Soundness {
    Sound,
    Unsound,
}

impl Soundness {
    pub(crate) fn and(self, other: Self) -> Self {
        if self == Self::Sound { other } else { self }
    }
}

/// Before or after placeholders are filled: until then a text with placeholders is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The tree as it is written: a placeholder may still become any text.
    Written,
    /// For one variant, with all placeholders filled.
    Filled,
}

/// Holds a table (at `span`) against its shape.
pub(crate) fn check_table(
    table: &Table,
    span: &Span,
    shape: &TableShape,
    stage: Stage,
    found: &mut FileProblems,
) -> Soundness {
    let mut soundness = Soundness::Sound;
    for entry in &table.entries {
        match shape.key(&entry.key) {
            Some(key) => soundness = soundness.and(check(&entry.node, key, &key.shape, stage, found)),
            None => found.report(unknown_key(&entry.key, &entry.key_span, shape, found.root())),
        }
    }
    for key in shape.all().filter(|key| key.presence == Presence::Required && table.get(key.name).is_none()) {
        soundness = Soundness::Unsound;
        let problem = Problem::new(format!("{} needs `{}`", shape.name, key.name))
            .at(span.clone(), format!("no `{}` here", key.name))
            .help(key.doc);
        found.report(problem);
    }
    soundness
        .and(check_one_of(table, span, shape, found))
        .and(check_some_of(table, span, shape, found))
        .and(check_company(table, shape, found))
}

fn unknown_key(name: &str, span: &Span, shape: &TableShape, root: &'static TableShape) -> Problem {
    let names = shape.names();
    let problem =
        Problem::new(format!("`{name}` is no key of {}", shape.name)).at(span.clone(), "unknown key");
    let known = format!("the keys of {} are {}", shape.name, names.join(", "));
    if let Some(near) = spelling::nearest(name, names) {
        return problem.help(format!("did you mean `{near}`?"));
    }
    let elsewhere: Vec<&str> =
        tables(root).into_iter().filter(|table| table.key(name).is_some()).map(|table| table.name).collect();
    if elsewhere.is_empty() {
        problem.help(known)
    } else {
        problem.help(format!("`{name}` is a key of {}", either(&elsewhere)))
    }
}

/// Checks that exactly one of the keys in `one_of` is there.
fn check_one_of(table: &Table, span: &Span, shape: &TableShape, found: &mut FileProblems) -> Soundness {
    let present: Vec<_> =
        table.entries.iter().filter(|entry| shape.one_of.contains(&entry.key.as_str())).collect();
    if shape.one_of.is_empty() || present.len() == 1 {
        return Soundness::Sound;
    }
    // A table that is more than one of these things.
    let has_others = shape.all().any(|key| key.presence == Presence::Required);
    let problem = match present.as_slice() {
        [] if has_others => Problem::new(format!("{} needs {}", shape.name, either(shape.one_of)))
            .at(span.clone(), "none of them is here"),
        [first, second, ..] if has_others => {
            Problem::new(format!("{} cannot have both {} and {}", shape.name, first.key, second.key))
                .at(second.key_span.clone(), "one too many")
                .at(first.key_span.clone(), "said already")
        }
        [] => {
            Problem::new(format!("{} says nothing", shape.name)).at(span.clone(), "none of its keys is here")
        }
        [first, second, ..] => Problem::new(format!("{} is one thing only", shape.name))
            .at(second.key_span.clone(), "one too many")
            .at(first.key_span.clone(), "said already"),
        [_] => return Soundness::Sound,
    };
    found.report(problem.help(format!("give it exactly one of {}", shape.one_of.join(", "))));
    Soundness::Unsound
}

/// Checks that at least one of the keys in `some_of` is there.
fn check_some_of(table: &Table, span: &Span, shape: &TableShape, found: &mut FileProblems) -> Soundness {
    if shape.some_of.is_empty() || shape.some_of.iter().any(|key| table.get(key).is_some()) {
        return Soundness::Sound;
    }
    let docs = shape.all().filter(|key| shape.some_of.contains(&key.name));
    let help: Vec<String> = docs.map(|key| format!("{}: {}", key.name, key.doc)).collect();
    let problem = Problem::new(format!("{} needs {}", shape.name, either(shape.some_of)))
        .at(span.clone(), "none of them is here")
        .help(help.join("\n"));
    found.report(problem);
    Soundness::Unsound
}

/// Some keys mean something only beside another.
fn check_company(table: &Table, shape: &TableShape, found: &mut FileProblems) -> Soundness {
    let mut soundness = Soundness::Sound;
    for (name, other) in shape.only_with {
        if let Some(entry) = table.entry(name).filter(|_| table.get(other).is_none()) {
            soundness = Soundness::Unsound;
            let problem = Problem::new(format!("`{name}` means something only beside `{other}`"))
                .at(entry.key_span.clone(), format!("no `{other}` here"))
                .help(format!("take `{name}` away, or say `{other}` as well"));
            found.report(problem);
        }
    }
    soundness
}

fn check(node: &Node, key: &Key, shape: &Shape, stage: Stage, found: &mut FileProblems) -> Soundness {
    let may_become = stage == Stage::Written
        && node.as_text().is_some_and(|text| placeholder::placeholders(text).next().is_some());
    let is_right = match (shape, &node.value) {
        (Shape::Pattern(pattern), Value::Text(text)) => {
            return check_pattern(node, &text.text, key, pattern, stage, found);
        }
        (Shape::Word(words), Value::Text(text)) if !may_become => {
            return check_word(node, &text.text, key, words, found);
        }
        (Shape::Either(shapes), _) => match shapes.iter().find(|shape| takes(shape, node)) {
            Some(shape) => return check(node, key, shape, stage, found),
            None => false,
        },
        (Shape::Array { of, least }, Value::Array(members)) if members.len() >= *least => {
            return members.iter().fold(Soundness::Sound, |soundness, member| {
                soundness.and(check(member, key, of, stage, found))
            });
        }
        (Shape::Array { .. }, Value::Array(_)) => {
            found.report(empty(node, key, "array"));
            return Soundness::Unsound;
        }
        (Shape::Table(shape), Value::Table(table)) => {
            return check_table(table, &node.span, shape, stage, found);
        }
        (Shape::Map { of, least }, Value::Table(table)) if table.entries.len() >= *least => {
            return table.entries.iter().fold(Soundness::Sound, |soundness, entry| {
                soundness.and(check(&entry.node, key, of, stage, found))
            });
        }
        (Shape::Map { .. }, Value::Table(_)) => {
            found.report(empty(node, key, "table"));
            return Soundness::Unsound;
        }
        (Shape::Text, Value::Text(_)) => true,
        (Shape::Word(_) | Shape::Integer(_) | Shape::Boolean, Value::Text(_)) if may_become => true,
        (Shape::Integer(range), _) => node.as_integer_of(range).is_some(),
        (Shape::Number(range), _) => node.as_number_of(range).is_some(),
        (Shape::Boolean, _) => node.as_boolean().is_some(),
        (Shape::True, _) => node.as_boolean() == Some(true),
        (Shape::Pair, Value::Array(members)) => {
            members.len() == 2 && members.iter().all(|member| member.as_text().is_some())
        }
        _ => false,
    };
    if is_right {
        return Soundness::Sound;
    }
    found.report(wrong(node, key, shape));
    Soundness::Unsound
}

/// Whether an alternative is the one a value's TOML type asks for.
fn takes(shape: &Shape, node: &Node) -> bool {
    match shape {
        Shape::Text | Shape::Pattern(_) | Shape::Word(_) => node.as_text().is_some(),
        Shape::Integer(_) => matches!(node.value, Value::Integer(_)),
        Shape::Number(_) => matches!(node.value, Value::Integer(_) | Value::Fraction(_)),
        Shape::Boolean | Shape::True => matches!(node.value, Value::Boolean(_)),
        Shape::Array { .. } | Shape::Pair => node.as_array().is_some(),
        Shape::Table(_) | Shape::Map { .. } => node.as_table().is_some(),
        Shape::Either(shapes) => shapes.iter().any(|shape| takes(shape, node)),
    }
}

fn check_pattern(
    node: &Node,
    text: &str,
    key: &Key,
    pattern: &Pattern,
    stage: Stage,
    found: &mut FileProblems,
) -> Soundness {
    let holds = match stage {
        Stage::Written => pattern::holds_or_may(pattern, text),
        Stage::Filled => (pattern.holds)(text),
    };
    if holds {
        return Soundness::Sound;
    }
    let problem = Problem::new(format!("{} cannot be {}", said(key), quoted(text)))
        .at_node(node, format!("expected {}", pattern.words))
        .help(key.doc);
    found.report(problem.about(pattern.subject));
    Soundness::Unsound
}

fn check_word(
    node: &Node,
    text: &str,
    key: &Key,
    words: &[&'static str],
    found: &mut FileProblems,
) -> Soundness {
    if words.contains(&text) {
        return Soundness::Sound;
    }
    let help = match spelling::nearest(text, words.iter().copied()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("it can be {}", either(words)),
    };
    let problem = Problem::new(format!("{} cannot be {}", said(key), quoted(text)))
        .at_node(node, "unknown word")
        .help(help);
    found.report(problem);
    Soundness::Unsound
}

fn wrong(node: &Node, key: &Key, shape: &Shape) -> Problem {
    let is = match (&node.value, shape) {
        (Value::Text(text), Shape::Integer(_) | Shape::Boolean | Shape::True) => quoted(&text.text),
        (Value::Integer(number), Shape::Integer(_) | Shape::Number(_)) => number.to_string(),
        (Value::Fraction(number), Shape::Number(_)) => number.to_string(),
        (Value::Boolean(yes), Shape::True) => yes.to_string(),
        _ => node.kind().to_owned(),
    };
    Problem::new(format!("{} cannot be {is}", said(key)))
        .at_node(node, format!("expected {}", shape.words()))
        .help(key.doc)
}

fn empty(node: &Node, key: &Key, what: &str) -> Problem {
    Problem::new(format!("{} is an empty {what}", said(key)))
        .at(node.span.clone(), "expected at least one entry")
        .help(key.doc)
}

fn said(key: &Key) -> String {
    format!("`{}`", key.name)
}
