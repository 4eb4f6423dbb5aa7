//! Defaults: what a case does not set comes from its file, what a step does not set from its case.

use crate::document::tree::{Node, Table, Value};

/// Tables whose keys are merged one by one.
const MERGED: [&str; 3] = ["request", "expect", "at"];

/// `own` over `defaults`: an own key replaces the other's, but the tables `request`, `expect` and `at`
/// are merged key by key, and so is `request.headers` where both are tables.
pub(super) fn merge(defaults: &Table, own: &Table) -> Table {
    merge_keys(defaults, own, |key, other, mine| {
        if !MERGED.contains(&key) {
            return None;
        }
        let (other, mine) = (other.as_table()?, mine.as_table()?);
        Some(if key == "request" { merge_request(other, mine) } else { overlay(other, mine) })
    })
}

/// `own` over `defaults`, key by key and no deeper.
pub(super) fn overlay(defaults: &Table, own: &Table) -> Table {
    merge_keys(defaults, own, |_, _, _| None)
}

fn merge_request(defaults: &Table, own: &Table) -> Table {
    merge_keys(defaults, own, |key, other, mine| match (key, other.as_table(), mine.as_table()) {
        ("headers", Some(other), Some(mine)) => Some(overlay(other, mine)),
        _ => None,
    })
}

/// One table over another; `deeper` may merge two values of one key into a table.
fn merge_keys(defaults: &Table, own: &Table, deeper: impl Fn(&str, &Node, &Node) -> Option<Table>) -> Table {
    let mut merged = defaults.clone();
    for entry in &own.entries {
        let mut entry = entry.clone();
        if let Some(table) = defaults.get(&entry.key).and_then(|other| deeper(&entry.key, other, &entry.node))
        {
            entry.node.value = Value::Table(table);
        }
        merged.put(entry);
    }
    merged
}
