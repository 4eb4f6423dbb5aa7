//! Accesses to another window or to storage, from the table of a request.

use fetch_model::html::{Operation, PlatformObject, StorageArea, StorageOperation};

use crate::{
    case::{Access, AccessKind, Reached},
    casefile::request::word,
    document::{
        problem::{FileProblems, Problem},
        quotation::quoted,
        tree::{Node, Table},
    },
};

/// The names of the platform objects that a case may access in another window.
pub(super) const OBJECTS: &[&str] = &[
    "window",
    "location",
    "iframe-element",
    "local-storage",
    "session-storage",
    "indexed-db",
    "cache-storage",
    "shared-worker",
    "broadcast-channel",
    "cookie",
];

/// Reads what is reached for; `None` where it does not say.
pub(super) fn access(table: &Table, kind: AccessKind, found: &mut FileProblems) -> Option<Access> {
    let reached = word(table, "reached", Reached::from_word).unwrap_or(Reached::Frame);
    let sandbox = table.string("sandbox");
    let property = table.string("property").unwrap_or_default();
    match kind {
        AccessKind::Window => Some(Access::Window {
            reached,
            object: member(table, "object", PlatformObject::from_word, found)?,
            operation: member(table, "operation", Operation::from_word, found)?,
            property,
            sandbox,
            document_domain: table.get("document-domain").and_then(Node::as_boolean).unwrap_or(false),
        }),
        AccessKind::Message => {
            Some(Access::Message { reached, target_origin: table.string("target-origin")?, sandbox })
        }
        AccessKind::Storage => Some(Access::Storage {
            area: member(table, "object", StorageArea::from_word, found)?,
            operation: member(table, "operation", StorageOperation::from_word, found)?,
            key: property,
            value: table.string("body").unwrap_or_default(),
        }),
    }
}

/// The value of a key of the access, where that is one of the known words.
fn member<T>(
    table: &Table,
    key: &str,
    from_word: fn(&str) -> Option<T>,
    found: &mut FileProblems,
) -> Option<T> {
    let said = table.get(key).and_then(Node::as_text);
    let member = said.and_then(from_word);
    if let (None, Some(node), Some(said)) = (&member, table.get(key), said) {
        let via = table.text("via").unwrap_or_default();
        let problem = Problem::new(format!("`{key}` cannot be {} with `via = \"{via}\"`", quoted(said)))
            .at_node(node, format!("not with {via}"))
            .help(
                "window, location and iframe-element go with via = \"window\", the others with \"storage\"",
            );
        found.report(problem);
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_has_its_word() {
        let words: Vec<&str> = PlatformObject::WORDS.iter().chain(StorageArea::WORDS).copied().collect();
        assert_eq!(words, OBJECTS);
    }
}
