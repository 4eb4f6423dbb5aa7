//! Every key of a case file, once: the checker and the published schema read this table.

mod access;
mod answer;
mod case;
mod outcome;
pub(super) mod ranges;
mod request;
mod service_worker;

use crate::document::shape::{Key, TableShape};

pub(super) use case::{CASE, FILE};

/// The shape of a table whose keys do not depend on each other.
const fn table(name: &'static str, definition: &'static str, keys: &'static [&'static [Key]]) -> TableShape {
    TableShape { name, definition, keys, one_of: &[], some_of: &[], only_with: &[] }
}
