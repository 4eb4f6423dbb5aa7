//! Cases made by hand.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use corsproof_fixture::{Resource, Scenario, Source, Turn};
use url::Url;

use crate::case::{Case, CaseId, Context, Isolation, Place, Request, ServedBy, Step};
use fetch_model::Origin;

/// The origin of every page.
pub(crate) const PAGE: &str = "https://app.example.com";

/// What is asked for.
pub(crate) const API: &str = "https://api.example.com/data";

/// An answer that lets any origin read everything.
pub(crate) const OPEN: &str =
    "200\nAccess-Control-Allow-Origin: *\nAccess-Control-Expose-Headers: *\n\nhello";

/// An answer to a preflight that grants what the tests ask for.
pub(crate) const GRANT: &str = "204\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x-a, content-type";

/// A step on [`PAGE`].
pub(crate) fn step(context: Context, request: Request) -> Step {
    let page = Origin::parse(PAGE).expect("an origin");
    Step { context, ..Step::new(page, request) }
}

/// A case of these steps, called `name` where a test fails.
pub(crate) fn case(name: &str, steps: Vec<Step>, resources: Vec<Resource>) -> Case {
    Case {
        id: CaseId(name.to_owned()),
        place: Place { file: PathBuf::new(), line: 1, last_line: 1, text: "".into() },
        title: String::new(),
        spec: String::new(),
        covers: Vec::new(),
        seed: None,
        sop: None,
        twins: Vec::new(),
        needs: Vec::new(),
        isolation: Isolation::Shared,
        steps,
        served_by: ServedBy::Script,
        scenario: Arc::new(Scenario { resources, ..Scenario::default() }),
        sent: Vec::new(),
        known: BTreeMap::new(),
    }
}

/// What answers at a URL: [`GRANT`] to preflights, and this.
pub(crate) fn resource(url: &str, source: Source) -> Resource {
    let turn = |source| vec![Turn { times: 1, delay: Duration::ZERO, source }];
    Resource {
        url: Url::parse(url).expect("a URL"),
        preflight: turn(Source::Text(GRANT.to_owned())),
        response: turn(source),
    }
}

/// HTTP message text at [`API`].
pub(crate) fn answer(text: &str) -> Vec<Resource> {
    vec![resource(API, Source::Text(text.to_owned()))]
}
