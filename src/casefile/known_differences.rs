//! The table `known` of a case: engines that differ from the standard there, and how.

use std::collections::BTreeMap;

use browsers::Engine;

use crate::{
    case::{Expectation, KnownDifference, Via},
    casefile::{defaults::overlay, expectation, keys::ranges, matrix::Variant},
    document::{
        problem::{FileProblems, Problem},
        source::Span,
        spelling,
        tree::{Entry, Node, Table, Value},
    },
};

/// The keys by which an entry says what an engine does.
const OUTCOME: [&str; 10] =
    ["loaded", "read", "reason", "status", "type", "body", "url", "redirected", "headers", "hidden"];

/// The standard's demand on a step, from which a known difference must differ.
pub(super) struct Demand<'a> {
    pub(super) expect: Option<&'a Table>,
    pub(super) via: Via,
}

/// Whether a case makes one request, or several in `[[case.step]]` tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// One request, without `[[case.step]]`.
    Once,
    /// A request in each `[[case.step]]`.
    InSteps,
}

/// Reads the entries of a case that are about one of its variants.
pub(super) fn known(
    engines: Option<&Table>,
    demands: &[Demand<'_>],
    asks: Asks,
    variant: &Variant,
    variants: &[Variant],
    found: &mut FileProblems,
) -> BTreeMap<Engine, KnownDifference> {
    let mut known = BTreeMap::new();
    for entry in engines.into_iter().flat_map(|engines| &engines.entries) {
        let (Some(engine), Some(table)) = (engine(&entry.key), entry.node.as_table()) else { continue };
        let applies = applies(table, variant, variants, found);
        let read = read(table, entry, demands, asks, found);
        if let (true, Some(read)) = (applies, read) {
            known.insert(engine, read);
        }
    }
    known
}

fn engine(name: &str) -> Option<Engine> {
    Engine::ALL.into_iter().find(|engine| engine.name() == name)
}

/// Whether an entry is about a variant. Names and values that no variant has are reported.
fn applies(known: &Table, variant: &Variant, variants: &[Variant], found: &mut FileProblems) -> bool {
    let mut applies = true;
    for Entry { key, key_span, node } in known.table("matrix").into_iter().flat_map(|matrix| &matrix.entries)
    {
        let Some(value) = variant.value(key) else {
            found.report(unknown_name(key, key_span, variant));
            continue;
        };
        for wanted in node.as_array().unwrap_or_default() {
            let is_wanted =
                |variant: &Variant| variant.value(key).is_some_and(|value| spells(wanted, &value.text));
            if !variants.iter().any(is_wanted) {
                let problem = Problem::new(format!("no variant of this case has this `{key}`"))
                    .at(wanted.span.clone(), "not a value of the matrix")
                    .help("an entry that is about no variant would never be held against anything");
                found.report(problem);
            }
        }
        applies &= node.as_array().unwrap_or_default().iter().any(|wanted| spells(wanted, &value.text));
    }
    applies
}

fn unknown_name(name: &str, span: &Span, variant: &Variant) -> Problem {
    let names: Vec<&str> = variant.names().collect();
    let help = match spelling::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "this case has no matrix: take it away".to_owned(),
        None => format!("its matrix has {}", names.join(", ")),
    };
    Problem::new(format!("`{name}` is no name of this case's matrix"))
        .at(span.clone(), "unknown name")
        .help(help)
}

/// Whether the value in the document, as text, is `text`.
fn spells(node: &Node, text: &str) -> bool {
    node.as_text() == Some(text)
        || node.as_integer_of(&ranges::ANY).is_some_and(|number| number.to_string() == text)
        || node.as_boolean().is_some_and(|yes| yes.to_string() == text)
}

fn read(
    table: &Table,
    entry: &Entry,
    demands: &[Demand<'_>],
    asks: Asks,
    found: &mut FileProblems,
) -> Option<KnownDifference> {
    let sent = table.get("sent").and_then(|sent| expectation::sent(sent, found));
    let steps = match asks {
        Asks::Once => of_one_request(table, entry, demands.first()?, found),
        Asks::InSteps => of_steps(table, demands, found),
    };
    let says_something = OUTCOME.iter().chain(&["sent", "step"]).any(|key| table.get(key).is_some());
    if !says_something {
        let problem = Problem::new(format!("this entry does not say how {} differs", entry.key))
            .at(entry.node.span.clone(), "no outcome here")
            .help("say its `read` with its `reason`, what is `sent`, or another key of an expectation");
        found.report(problem);
    }
    Some(KnownDifference {
        note: table.string("note")?,
        link: table.string("link")?,
        since: table.string("since")?,
        steps,
        sent,
    })
}

fn of_one_request(
    table: &Table,
    entry: &Entry,
    demand: &Demand<'_>,
    found: &mut FileProblems,
) -> BTreeMap<usize, Expectation> {
    if let Some(step) = table.entry("step") {
        let problem = Problem::new("this case has no steps")
            .at(step.key_span.clone(), "a step of what?")
            .help(format!("say the outcome in [case.known.{}] itself", entry.key));
        found.report(problem);
    }
    if !OUTCOME.iter().any(|key| table.get(key).is_some()) {
        return BTreeMap::new();
    }
    differing(table, &entry.node.span, demand, found)
        .map(|expectation| (0, expectation))
        .into_iter()
        .collect()
}

fn of_steps(table: &Table, demands: &[Demand<'_>], found: &mut FileProblems) -> BTreeMap<usize, Expectation> {
    for key in OUTCOME {
        if let Some(entry) = table.entry(key) {
            let problem = Problem::new(format!("which step's `{key}` is this?"))
                .at(entry.key_span.clone(), "this case has several steps")
                .help("say it in a [[case.known.<engine>.step]] with the step's `index`, counted from 0");
            found.report(problem);
        }
    }
    let mut steps = BTreeMap::new();
    for node in table.array("step") {
        let Some((step, index)) = node.as_table().and_then(|step| Some((step, step.get("index")?))) else {
            continue;
        };
        let Some(number) = step.integer("index", &ranges::STEP_INDEX) else { continue };
        let Some(demand) = demands.get(number) else {
            let problem = Problem::new(format!("this case has no step {number}"))
                .at_node(index, format!("expected 0 to {}", demands.len().saturating_sub(1)))
                .help("steps are counted from 0");
            found.report(problem);
            continue;
        };
        let expectation = differing(step, &node.span, demand, found);
        if expectation.and_then(|expectation| steps.insert(number, expectation)).is_some() {
            let problem = Problem::new(format!("step {number} is said twice")).at_node(index, "said already");
            found.report(problem);
        }
    }
    steps
}

/// An entry's outcome: a field that it does not name is as the standard demands, unless the entry
/// says another kind of read, of which the standard's other fields say nothing.
fn differing(
    table: &Table,
    span: &Span,
    demand: &Demand<'_>,
    found: &mut FileProblems,
) -> Option<Expectation> {
    let expect = demand.expect?;
    let is_other_read = table.text("read").is_some_and(|read| Some(read) != expect.text("read"));
    let outcome = if is_other_read { table.clone() } else { overlay(expect, table) };
    let outcome = Node { span: span.clone(), value: Value::Table(outcome) };
    expectation::expectation(Some(&outcome), span, demand.via, found)
}
