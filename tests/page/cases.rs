//! Cases made by hand.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use corsproof::{
    case::{Attributes, Case, CaseId, Context, Expectation, Isolation, Place, Request, ServedBy, Step, Via},
    standard::Origin,
};
use corsproof_fixture::{Resource, Scenario, Source, Turn};
use url::Url;

/// The origin of every page.
pub(crate) const PAGE: &str = "https://app.example.com";

/// What is asked for.
pub(crate) const API: &str = "https://api.example.com/data";

/// An answer that lets any origin read everything.
pub(crate) const OPEN: &str =
    "200\nAccess-Control-Allow-Origin: *\nAccess-Control-Expose-Headers: *\n\nhello";

/// An answer to a preflight that grants what the tests ask for.
pub(crate) const GRANT: &str = "204\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x-a, content-type";

/// A request with nothing but its URL.
pub(crate) fn request(via: Via, url: &str) -> Request {
    Request {
        via,
        url: url.to_owned(),
        method: None,
        mode: None,
        credentials: None,
        redirect: None,
        cache: None,
        referrer: None,
        referrer_policy: None,
        integrity: None,
        keepalive: None,
        headers: Vec::new(),
        body: None,
        upload_listener: false,
        attributes: Attributes::default(),
        access: None,
    }
}

/// A step on [`PAGE`].
pub(crate) fn step(context: Context, request: Request) -> Step {
    let page = Origin::parse(PAGE).expect("an origin");
    Step {
        page,
        page_headers: Vec::new(),
        frames: Vec::new(),
        context,
        service_worker: None,
        wait_ms: 0,
        request,
        expect: Expectation::default(),
    }
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
