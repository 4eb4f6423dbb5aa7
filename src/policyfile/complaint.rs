//! A complaint about a policy, where it stands in the file.

use crate::{
    check::policy::complaint::Complaint,
    document::{
        problem::{FileProblems, Problem},
        tree::Node,
    },
};

/// A value of a file, or nothing and a problem where it stands.
pub(super) fn kept<T>(value: Result<T, Complaint>, node: &Node, found: &mut FileProblems) -> Option<T> {
    value.map_err(|complaint| found.report(problem(complaint, node))).ok()
}

/// The same of a value in a file.
fn problem(complaint: Complaint, node: &Node) -> Problem {
    Problem::new(complaint.what).at_node(node, complaint.why).help(complaint.help)
}
