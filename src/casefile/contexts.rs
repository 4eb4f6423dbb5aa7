//! What cannot be asked where: a worker has no document (and what it has besides fetch, cases ask from documents alone), and
//! only a worker imports scripts.

use fetch_model::html::StorageArea;

use crate::{
    case::{Access, AccessKind, Callers, Context, Request},
    document::{
        problem::{FileProblems, Problem},
        tree::{Node, Table},
    },
};

/// Reports a way of asking that `context` does not have.
pub(super) fn check(table: &Table, request: &Request, context: Context, found: &mut FileProblems) {
    let is_worker = matches!(context, Context::Worker | Context::BlobWorker | Context::DataWorker);
    let (what, help) = match (is_worker, not_from_workers(request)) {
        (true, Some(what)) => (
            what,
            "ask from a document: take `context` away, or say `context = \"srcdoc-iframe\"` or the like",
        ),
        (false, _) if request.via.callers() == Callers::Workers => {
            (request.via.api(), "say `context = \"worker\"`: documents have script elements instead")
        }
        (true, None) | (false, _) => return,
    };
    let asked = table.table("request");
    let said = |key: &str| asked.and_then(|request| request.get(key));
    let culprit =
        if request.via.accesses() == Some(AccessKind::Storage) { said("object") } else { said("via") };
    let place = |problem: Problem, node: Option<&Node>, label: &str| match node {
        Some(node) => problem.at_node(node, label),
        None => problem,
    };
    let problem =
        Problem::new(format!("a case cannot ask by {what} from `context = \"{}\"`", context.word()));
    let problem = place(problem, culprit, "asked by this");
    found.report(place(problem, table.get("context"), "asked from here").help(help));
}

/// The name of the API, where cases do not use it from a worker.
fn not_from_workers(request: &Request) -> Option<&'static str> {
    match (request.via.callers(), &request.access) {
        (Callers::Documents | Callers::Windows, _) => Some(request.via.api()),
        (Callers::Anywhere | Callers::Workers, Some(Access::Storage { area, .. })) => match area {
            StorageArea::LocalStorage => Some("localStorage"),
            StorageArea::SessionStorage => Some("sessionStorage"),
            StorageArea::Cookie => Some("document.cookie"),
            StorageArea::SharedWorker => Some("SharedWorker"),
            StorageArea::IndexedDb | StorageArea::CacheStorage | StorageArea::BroadcastChannel => None,
        },
        (
            Callers::Anywhere | Callers::Workers,
            None | Some(Access::Window { .. } | Access::Message { .. }),
        ) => None,
    }
}
