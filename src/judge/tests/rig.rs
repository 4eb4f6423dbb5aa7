//! A case read from text, its prediction, and ways to bend an observation.

use std::{fs, sync::Arc};

use fetch_model::Reason;

use crate::{
    case::Case,
    casefile::{Style, Suite},
    observation::{GivenReason, Observation, SentRequest},
    predict::predict,
};

/// A preflighted PUT that is granted, one that is refused, and one that Firefox is said to let through.
const FILE: &str = r#"
title = "methods"
spec = "https://fetch.spec.whatwg.org/#cors-preflight-fetch"

[defaults]
page = "https://app.example.com"
request = { url = "https://api.example.com/data", method = "PUT", body = "x" }
preflight = """
204
Access-Control-Allow-Origin: *
Access-Control-Allow-Methods: DELETE
"""
response = """
200
Access-Control-Allow-Origin: *

hello
"""

[[case]]
name = "granted"
preflight = """
204
Access-Control-Allow-Origin: *
Access-Control-Allow-Methods: PUT
"""
expect = { read = "allowed", sent = ["OPTIONS", "PUT"] }

[[case]]
name = "refused"
twin = "granted"
expect = { read = "blocked", reason = "method-not-allowed", sent = ["OPTIONS"] }

[[case]]
name = "let-through"
twin = "granted"
expect = { read = "blocked", reason = "method-not-allowed", sent = ["OPTIONS"] }

[case.known.firefox]
note = "sends what it may not"
link = "https://example.com/bug"
since = "1"
read = "allowed"
status = 200
body = "hello\n"
sent = ["OPTIONS", "PUT"]

[[case]]
name = "turned-round"
preflight = """
204
Access-Control-Allow-Origin: *
Access-Control-Allow-Methods: PUT
"""
expect = { read = "allowed", status = 404, sent = ["OPTIONS", "PUT"] }
"#;

/// The case of the suite that is called `name`.
pub(super) fn case(name: &str) -> Arc<Case> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("area")).expect("a folder");
    fs::write(folder.path().join("area/methods.toml"), FILE).expect("a file");
    let suite = Suite::read(folder.path())
        .unwrap_or_else(|problems| panic!("{}", problems.render(Style::Plain, 100)));
    Arc::clone(
        suite.get(&format!("area/methods/{name}")).unwrap_or_else(|| panic!("there is no case {name}")),
    )
}

/// The observation of a browser that does as the standard says, with Chromium's words for its reasons.
pub(super) fn right(case: &Case) -> Observation {
    predict(case)
}

/// The observation of a browser that does what the case text `other` demands.
pub(super) fn as_in(other: &str) -> Observation {
    predict(&case(other))
}

/// The observation with another reason for its one step.
pub(super) fn because(mut observation: Observation, reason: GivenReason) -> Observation {
    observation.steps[0].reason = Some(reason);
    observation
}

pub(super) fn given(reason: Reason) -> GivenReason {
    GivenReason::Given(reason)
}

/// The request that was sent first.
pub(super) fn first(observation: &mut Observation) -> &mut SentRequest {
    &mut observation.sent[0]
}
