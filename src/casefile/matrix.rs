//! A case's matrix: the values that make several cases of one.

use crate::document::{
    placeholder::{self, RUN_TIME},
    problem::{FileProblems, Problem},
    source::Span,
    tree::{Entry, Node, Table, Value},
};

/// The largest number of variants of a case; more is a slip.
const MOST_VARIANTS: usize = 2_000;

/// One choice of values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Variant {
    pub(super) values: Vec<NamedValue>,
}

/// A matrix value with its name and its span in the file.
#[derive(Clone, Debug)]
pub(super) struct NamedValue {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) span: Span,
}

impl Variant {
    pub(super) fn value(&self, name: &str) -> Option<&NamedValue> {
        self.values.iter().find(|value| value.name == name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|value| value.name.as_str())
    }

    /// Whether the two say the same wherever both say something.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        self.values
            .iter()
            .all(|value| other.value(&value.name).is_none_or(|theirs| theirs.text == value.text))
    }
}

/// The variants of a case, in order: one without values where it has no matrix, none where the matrix is wrong.
pub(super) fn variants(case: &Table, found: &mut FileProblems) -> Vec<Variant> {
    let Some(matrix) = case.entry("matrix") else { return vec![Variant::default()] };
    let variants = match &matrix.node.value {
        Value::Table(columns) => product(columns, matrix, found),
        Value::Array(rows) => list(rows, found),
        _ => return Vec::new(),
    };
    if let Some(variant) = variants.first() {
        check_names(variant, case, matrix, found);
    }
    variants
}

fn product(columns: &Table, matrix: &Entry, found: &mut FileProblems) -> Vec<Variant> {
    let size = columns.entries.iter().map(|column| column.node.as_array().map_or(0, <[Node]>::len));
    let size = size.fold(1_usize, usize::saturating_mul);
    if size > MOST_VARIANTS {
        let problem = Problem::new(format!("the matrix makes {size} cases of one"))
            .at(matrix.key_span.clone(), "too many")
            .help(format!("at most {MOST_VARIANTS} are taken; an array of tables lists single rows"));
        found.report(problem);
        return Vec::new();
    }
    let mut variants = vec![Variant::default()];
    for column in &columns.entries {
        let values: Vec<NamedValue> = column
            .node
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(|node| named(&column.key, node))
            .collect();
        variants = variants
            .iter()
            .flat_map(|variant| {
                values.iter().map(|value| {
                    let mut variant = variant.clone();
                    variant.values.push(value.clone());
                    variant
                })
            })
            .collect();
    }
    variants
}

/// Rows as they stand; each must have the names of the first.
fn list(rows: &[Node], found: &mut FileProblems) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for row in rows {
        let Some(table) = row.as_table() else { continue };
        let mut variant = Variant {
            values: table.entries.iter().filter_map(|entry| named(&entry.key, &entry.node)).collect(),
        };
        if let Some(first) = variants.first() {
            let order = |name: &str| first.names().position(|other| other == name).unwrap_or(usize::MAX);
            variant.values.sort_by_key(|value| order(&value.name));
            if !first.names().eq(variant.names()) {
                let names: Vec<&str> = first.names().collect();
                let problem = Problem::new("the rows of a matrix must have the same names")
                    .at(row.span.clone(), "this row's names are not those of the first row")
                    .help(format!("give it exactly {}", names.join(", ")));
                found.report(problem);
                continue;
            }
        }
        variants.push(variant);
    }
    variants
}

fn named(name: &str, node: &Node) -> Option<NamedValue> {
    let text = match &node.value {
        Value::Text(text) => text.text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Fraction(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Array(_) | Value::Table(_) | Value::Other(_) => return None,
    };
    Some(NamedValue { name: name.to_owned(), text, span: node.span.clone() })
}

/// A name must be a placeholder's, mean one thing, and be used.
fn check_names(variant: &Variant, case: &Table, matrix: &Entry, found: &mut FileProblems) {
    for name in variant.names() {
        let span = key_span(&matrix.node, name).unwrap_or(matrix.key_span.clone());
        if !placeholder::is_name(name) {
            let problem = Problem::new(format!("`{name}` is no name for a matrix"))
                .at(span, "expected lower-case letters, digits and -, with a letter first");
            found.report(problem);
        } else if RUN_TIME.contains(&name) {
            let problem = Problem::new(format!(
                "`{name}` is taken: in an answer `{{{name}}}` is what the server knows"
            ))
            .at(span, "this name cannot be a matrix's")
            .help(format!("take another name; the servers fill {}", RUN_TIME.join(", ")));
            found.report(problem);
        } else if !is_used(name, case) {
            let problem = Problem::new(format!("the matrix's `{name}` is never used"))
                .at(span, format!("no text of this case holds `{{{name}}}`"))
                .help(format!("write `{{{name}}}` where its values belong, or take it away"));
            found.report(problem);
        }
    }
}

fn key_span(matrix: &Node, name: &str) -> Option<Span> {
    let table = matrix.as_table().or_else(|| matrix.as_array()?.first()?.as_table())?;
    table.entry(name).map(|entry| entry.key_span.clone())
}

fn is_used(name: &str, case: &Table) -> bool {
    let holds = |text: &str| placeholder::placeholders(text).any(|(_, other)| other == name);
    case.entries.iter().filter(|entry| entry.key != "matrix").any(|entry| any_text(&entry.node, &holds))
}

fn any_text(node: &Node, holds: &impl Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Text(text) => holds(&text.text),
        Value::Array(members) => members.iter().any(|member| any_text(member, holds)),
        Value::Table(table) => {
            table.entries.iter().any(|entry| holds(&entry.key) || any_text(&entry.node, holds))
        }
        Value::Integer(_) | Value::Fraction(_) | Value::Boolean(_) | Value::Other(_) => false,
    }
}
