//! The page that runs cases by hand: on each page's origin, those that ask from there.

use axum::{Router, response::Html, routing::get};
use serde::Serialize;

use super::Served;
use crate::{
    case::Step,
    page::{self, Job},
    report::words,
};

/// The path of the page, on every origin.
pub(super) const PATH: &str = "/.corsproof/explore";

const DOCUMENT: &str = include_str!("explore.html");

/// The text in the document that is replaced with the cases.
const PLACE: &str = "/* cases */[]";

/// The harness's own pages, and the page to explore by hand.
pub(super) fn assets(cases: &[Served]) -> Router {
    let document = document(cases);
    page::assets().route(PATH, get(async move || Html(document)))
}

fn document(cases: &[Served]) -> String {
    let entries: Vec<Entry> = cases.iter().filter_map(Entry::of).collect();
    // No text of a case can end the script element.
    let json = serde_json::to_string(&entries).unwrap_or_default().replace('<', "\\u003c");
    DOCUMENT.replace(PLACE, &json)
}

/// A case as the page knows it. Origins in it are translated on the way to a browser without the proxy.
#[derive(Serialize)]
struct Entry {
    case: String,
    page: String,
    asks: Vec<String>,
    expects: Vec<String>,
    spec: String,
    job: Job,
}

impl Entry {
    /// `None` for a case whose steps are on several pages: it takes more than one page to run it.
    fn of(Served { case, token }: &Served) -> Option<Self> {
        let first = case.steps.first()?;
        let page = &first.page;
        // The page here says nothing of its own.
        let is_elsewhere = |step: &Step| step.page != *page || !step.page_headers.is_empty();
        if case.steps.iter().any(is_elsewhere) {
            return None;
        }
        Some(Self {
            case: case.id.0.clone(),
            page: page.serialize(),
            asks: case.steps.iter().map(words::asked).collect(),
            expects: case.steps.iter().map(|step| words::expectation(&step.expect)).collect(),
            spec: case.spec.clone(),
            job: page::job(case, token, 0..case.steps.len()),
        })
    }
}
