//! The outcome of a step that accesses another window or storage.

use std::collections::BTreeMap;

use corsproof_fixture::Token;
use fetch_model::{
    HeaderList, Network, Origin, Reason, Rules, SameSiteMode, UserAgent,
    html::{
        Connection, DocumentOrigin, NotSent, Storage, StorageArea, StorageOperation, Target,
        obtain_an_opener_policy, perform,
    },
};
use url::Url;

use super::environment::{OPAQUE_ORIGIN, PAGE, environment};
use crate::{
    case::{Access, Loaded, Reached, Step},
    observation::{GivenReason, Read, SeenResponse, StepOutcome},
};

/// The name of the child frame of the document that cases reach: what /.corsproof/window serves.
const CHILD: &str = "child";

/// The text of the message that is posted.
const MESSAGE: &str = "hello";

/// The outcome of a step that makes an access; a step that names none learns nothing.
pub(super) fn outcome<N: Network>(
    rules: &dyn Rules,
    step: &Step,
    storage: &mut Storage,
    user_agent: &mut UserAgent<'_, N>,
    token: &Token,
) -> StepOutcome {
    let (asking, client) = environment(step);
    let Some(access) = &step.request.access else {
        return StepOutcome {
            loaded: Loaded::No,
            read: Read::Blocked,
            reason: None,
            messages: Vec::new(),
            leaks: Vec::new(),
        };
    };
    let result = match access {
        Access::Window { reached, object, operation, property, sandbox, document_domain } => {
            let (from, to) = ends(rules, step, &asking, *reached, sandbox.as_deref());
            let has_child = !step.request.url.starts_with("about:blank") && is_of_url(*reached);
            let own_domain = step.context.document_domain(&step.page);
            let other_domain = document_domain.then(|| to.parent_domain()).flatten();
            let target = Target {
                object: *object,
                document: with_domain(to, other_domain),
                child: has_child.then_some(CHILD),
                connection: connection(rules, step, *reached),
            };
            perform(rules, &with_domain(from, own_domain), &target, *operation, property)
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
            let mode = SameSiteMode::of_document(&client, &asking);
            cookie(&asking, user_agent, *operation, (&name, value), mode)
        }
        Access::Storage { area, operation, key, value } => {
            storage.perform(rules, &asking, *area, *operation, key, value)
        }
    };
    shown(result)
}

/// Whether the page and a window that it opens keep each other.
fn connection(rules: &dyn Rules, step: &Step, reached: Reached) -> Connection {
    let url =
        Url::parse(&step.request.url).ok().filter(|_| matches!(reached, Reached::Popup | Reached::Opener));
    let Some((url, origin)) = url.and_then(|url| Origin::of(&url).map(|origin| (url, origin))) else {
        return Connection::Kept;
    };
    // A document of the harness has the header fields that its query names.
    let opened: HeaderList = url.query_pairs().into_owned().collect();
    let opener: HeaderList = step.page_headers.iter().cloned().collect();
    let opener = (&step.page, obtain_an_opener_policy(&opener, &step.page));
    let opened = (&origin, obtain_an_opener_policy(&opened, &origin));
    if rules.requires_a_browsing_context_group_switch(opener, opened) {
        Connection::Severed
    } else {
        Connection::Kept
    }
}

/// The outcome of reading or writing `document.cookie` in the page.
fn cookie<N: Network>(
    origin: &Origin,
    user_agent: &mut UserAgent<'_, N>,
    operation: StorageOperation,
    (name, value): (&str, &str),
    mode: SameSiteMode,
) -> Result<String, Reason> {
    let url = Url::parse(&format!("{origin}{PAGE}")).map_err(|_| Reason::OpaqueStorage)?;
    match operation {
        StorageOperation::Get => {
            return Ok(user_agent.document_cookie(&url, name, mode).unwrap_or("null").to_owned());
        }
        StorageOperation::Set => user_agent.set_document_cookie(&url, &format!("{name}={value}"), mode),
        StorageOperation::Delete => {
            user_agent.set_document_cookie(&url, &format!("{name}=; Max-Age=0"), mode);
        }
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

/// A document of `origin` that has set `document.domain` to `domain`, if to anything.
fn with_domain(origin: Origin, domain: Option<String>) -> DocumentOrigin {
    let mut document = DocumentOrigin { origin, domain: None };
    if let Some(domain) = domain {
        // Cases set what may be set; a document that is refused keeps what it has.
        let _ = document.set_domain(&domain);
    }
    document
}

fn shown(result: Result<String, Reason>) -> StepOutcome {
    let (loaded, read, reason) = match result {
        Ok(body) => (Loaded::Yes, Read::Allowed(told(body)), None),
        Err(reason) => (Loaded::No, Read::Blocked, Some(GivenReason::Given(reason))),
    };
    StepOutcome { loaded, read, reason, messages: Vec::new(), leaks: Vec::new() }
}

/// What a script reads without a response object: a text, and nothing else.
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
