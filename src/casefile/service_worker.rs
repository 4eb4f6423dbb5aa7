//! The table `service-worker` of a step.

use fetch_model::Origin;

use crate::{
    case::{Answering, Context, ServiceWorker, Via},
    casefile::request::{self, word},
    document::{
        problem::{FileProblems, Problem},
        source::Span,
        tree::Table,
    },
};

/// Reads the table `service-worker`; `span` is where one belongs that is not there.
pub(super) fn service_worker(
    step: &Table,
    context: Context,
    page: Option<&Origin>,
    span: &Span,
    found: &mut FileProblems,
) -> Option<ServiceWorker> {
    let entry = step.entry("service-worker");
    let Some(entry) = entry else {
        if context == Context::ServiceWorkerPage {
            let problem = Problem::new("nothing says what the service worker does")
                .at(
                    step.entry("context").map_or_else(|| span.clone(), |entry| entry.key_span.clone()),
                    "a page with one",
                )
                .help("say it beside the context, as service-worker = { respond = \"request\" }");
            found.report(problem);
        }
        return None;
    };
    if context != Context::ServiceWorkerPage {
        let problem = Problem::new("a service worker controls no other context")
            .at(entry.key_span.clone(), "without effect")
            .help("say `context = \"service-worker-page\"` beside it");
        found.report(problem);
    }
    if page.is_some_and(|page| !page.serialize().starts_with("https:")) {
        let problem = Problem::new("a page of http:// has no service worker")
            .at(entry.key_span.clone(), "not in this page")
            .help("secure contexts alone have service workers: give the case a page of https://");
        found.report(problem);
    }
    let table = entry.node.as_table()?;
    let respond = word(table, "respond", Answering::from_word)?;
    let fetches = table.get("request");
    if (respond == Answering::Fetch) != fetches.is_some() {
        let problem = Problem::new("`respond = \"fetch\"` and `request` belong together")
            .at(entry.key_span.clone(), "one without the other")
            .help("`request` says what the service worker fetches itself; the other words fetch what the page asks for, or nothing");
        found.report(problem);
        return None;
    }
    let request = fetches.and_then(|node| request::request(Some(node), &node.span, found));
    if let Some(request) = request.as_ref().filter(|request| request.via != Via::Fetch) {
        let problem = Problem::new(format!("a service worker cannot ask by {}", request.via.api()))
            .at(entry.key_span.clone(), "not in a service worker")
            .help("it asks by fetch()");
        found.report(problem);
    }
    Some(ServiceWorker { respond, request: request.map(Box::new) })
}
