//! What comes of a step that asks no server.

use std::collections::BTreeMap;

use super::{OPAQUE_ORIGIN, environment};
use crate::{
    case::{Access, Reached, Step},
    observation::{GivenReason, Loaded, Outcome, Read, SeenResponse},
    standard::{
        Origin, Reason,
        html::{DocumentOrigin, NotSent, Storage, Target, origin_of_document, perform, window_post_message},
    },
};

/// The name of the child frame of the document that cases reach: what `windows.js` and `window.html` make.
const CHILD: &str = "child";

/// The text of the message that is posted.
const MESSAGE: &str = "hello";

/// What a script learns.
pub(super) fn outcome(step: &Step, access: &Access, storage: &mut Storage) -> Outcome {
    let asking = environment(step).0;
    let result = match access {
        Access::Window { reached, object, operation, property, sandbox } => {
            let (from, to) = ends(step, &asking, *reached, sandbox.as_deref());
            let has_child = !step.request.url.starts_with("about:blank") && is_of_url(*reached);
            let target = Target { object: *object, document: plain(to), child: has_child.then_some(CHILD) };
            perform(&plain(from), &target, *operation, property)
        }
        Access::Message { reached, target_origin, sandbox } => {
            let (from, to) = ends(step, &asking, *reached, sandbox.as_deref());
            window_post_message(&from, &to, target_origin)
                .map(|origin| format!("{MESSAGE} from {origin}"))
                .map_err(NotSent::reason)
        }
        Access::Storage { area, operation, key, value } => {
            storage.perform(&asking, *area, *operation, key, value)
        }
    };
    shown(result)
}

/// The origin that reaches and the one that is reached.
fn ends(step: &Step, page: &Origin, reached: Reached, sandbox: Option<&str>) -> (Origin, Origin) {
    let opaque = Origin::new_opaque(OPAQUE_ORIGIN + 1);
    let other = origin_of_document(&step.request.url, sandbox, page, opaque);
    if is_of_url(reached) { (page.clone(), other) } else { (other, page.clone()) }
}

/// Whether the window that is reached is the one at the request's URL.
fn is_of_url(reached: Reached) -> bool {
    matches!(reached, Reached::Frame | Reached::Popup)
}

fn plain(origin: Origin) -> DocumentOrigin {
    DocumentOrigin { origin, domain: None }
}

fn shown(result: Result<String, Reason>) -> Outcome {
    let (loaded, read, reason) = match result {
        Ok(body) => (Loaded::Yes, Read::Allowed(told(body)), None),
        Err(reason) => (Loaded::No, Read::Blocked, Some(GivenReason::Given(reason))),
    };
    Outcome { loaded, read, reason, messages: Vec::new(), leaks: Vec::new() }
}

/// What a script learns without a response: a text, and nothing else.
fn told(body: String) -> SeenResponse {
    SeenResponse {
        response_type: None,
        status: 0,
        url: String::new(),
        redirected: None,
        headers: BTreeMap::new(),
        body,
    }
}
