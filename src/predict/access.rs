//! What comes of a step that asks no server.

use std::collections::BTreeMap;

use corsproof_fixture::Token;
use url::Url;

use super::{OPAQUE_ORIGIN, environment};
use crate::{
    case::{Access, Reached, Step},
    observation::{GivenReason, Loaded, Outcome, Read, SeenResponse},
    standard::{
        Network, Origin, Reason, Rules, UserAgent,
        html::{DocumentOrigin, NotSent, Storage, StorageArea, StorageOperation, Target, perform},
    },
};

/// The name of the child frame of the document that cases reach: what /.corsproof/window serves.
const CHILD: &str = "child";

/// The path of the page: a cookie without a path of its own has its folder.
const PATH: &str = "/.corsproof/page";

/// The text of the message that is posted.
const MESSAGE: &str = "hello";

/// What a script learns.
pub(super) fn outcome<N: Network>(
    rules: &dyn Rules,
    step: &Step,
    access: &Access,
    storage: &mut Storage,
    user_agent: &mut UserAgent<'_, N>,
    token: &Token,
) -> Outcome {
    let asking = environment(step).0;
    let result = match access {
        Access::Window { reached, object, operation, property, sandbox } => {
            let (from, to) = ends(rules, step, &asking, *reached, sandbox.as_deref());
            let has_child = !step.request.url.starts_with("about:blank") && is_of_url(*reached);
            let target = Target { object: *object, document: plain(to), child: has_child.then_some(CHILD) };
            perform(rules, &plain(from), &target, *operation, property)
        }
        Access::Message { reached, target_origin, sandbox } => {
            let (from, to) = ends(rules, step, &asking, *reached, sandbox.as_deref());
            rules
                .window_post_message(&from, &to, target_origin)
                .map(|origin| format!("{MESSAGE} from {origin}"))
                .map_err(NotSent::reason)
        }
        Access::Storage { area: StorageArea::Cookie, operation, key, value } => {
            let name = format!("{key}-{token}");
            cookie(&asking, user_agent, *operation, &name, value)
        }
        Access::Storage { area, operation, key, value } => {
            storage.perform(rules, &asking, *area, *operation, key, value)
        }
    };
    shown(result)
}

/// What `document.cookie` does in the page.
fn cookie<N: Network>(
    origin: &Origin,
    user_agent: &mut UserAgent<'_, N>,
    operation: StorageOperation,
    name: &str,
    value: &str,
) -> Result<String, Reason> {
    let url = Url::parse(&format!("{origin}{PATH}")).map_err(|_| Reason::OpaqueStorage)?;
    match operation {
        StorageOperation::Get => {
            return Ok(user_agent.document_cookie(&url, name).unwrap_or("null").to_owned());
        }
        StorageOperation::Set => user_agent.set_document_cookie(&url, &format!("{name}={value}")),
        StorageOperation::Delete => user_agent.set_document_cookie(&url, &format!("{name}=; Max-Age=0")),
    }
    Ok("undefined".to_owned())
}

/// The origin that reaches and the one that is reached.
fn ends(
    rules: &dyn Rules,
    step: &Step,
    page: &Origin,
    reached: Reached,
    sandbox: Option<&str>,
) -> (Origin, Origin) {
    let opaque = Origin::new_opaque(OPAQUE_ORIGIN + 1);
    let other = rules.origin_of_document(&step.request.url, sandbox, page, opaque);
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
