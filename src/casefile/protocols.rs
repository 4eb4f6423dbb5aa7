//! The protocol belongs to the origin, so all cases must want the same of it.

use std::collections::BTreeMap;

use crate::{casefile::draft::Draft, document::problem::Problem};

/// The cases that conflict over an origin: the first that wants HTTP/1.1 only, and the first that does not.
#[derive(Default)]
struct Wanted<'a> {
    h1: Option<&'a Draft>,
    usual: Option<&'a Draft>,
}

/// Reports https origins of which cases want different protocols.
pub(super) fn check(drafts: &[Draft]) -> Vec<Problem> {
    let mut origins: BTreeMap<String, Wanted<'_>> = BTreeMap::new();
    for draft in drafts {
        let urls = draft.case.scenario.resources.iter().map(|resource| &resource.url);
        for url in urls.filter(|url| url.scheme() == "https") {
            let wanted = origins.entry(url.origin().ascii_serialization()).or_default();
            let slot = if draft.http.is_some() { &mut wanted.h1 } else { &mut wanted.usual };
            slot.get_or_insert(draft);
        }
    }
    origins.iter().filter_map(|(origin, wanted)| Some(clash(origin, wanted.h1?, wanted.usual?))).collect()
}

fn clash(origin: &str, h1: &Draft, usual: &Draft) -> Problem {
    let span = h1.http.clone().unwrap_or_else(|| h1.name.clone());
    Problem::new(format!("{origin} cannot speak two protocols"))
        .of_source(&h1.source)
        .at(span, "HTTP/1.1 alone")
        .help(format!("{} leaves it at HTTP/2: name another host here", usual.case.id))
}
