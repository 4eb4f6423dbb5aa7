//! The environment that makes a request: its origin, and its policies.

use fetch_model::{Ancestry, Client, HeaderList, Origin, PolicyContainer};
use url::Url;

use crate::case::{Context, Step};

/// The opaque origin of a frame; one is enough, since no case has two such frames talk to each other.
pub(super) const OPAQUE_ORIGIN: u64 = 1;

/// The path of the page: a cookie without a path of its own has its folder.
pub(super) const PAGE: &str = "/.corsproof/page";

/// The paths of the document in an iframe and of a worker's script, where they have any.
const FRAME: &str = "/.corsproof/frame";
const WORKER: &str = "/.corsproof/worker.js";

/// The origin that asks, and what its environment says of it.
pub(super) fn environment(step: &Step) -> (Origin, Client) {
    let document = step.frames.last().unwrap_or(&step.page);
    let headers: HeaderList = step.page_headers.iter().cloned().collect();
    let ancestors = std::iter::once(&step.page).chain(&step.frames);
    let origin =
        if step.context.has_opaque_origin() { Origin::new_opaque(OPAQUE_ORIGIN) } else { document.clone() };
    let ancestry = if ancestors.into_iter().all(|ancestor| ancestor.is_same_site(&origin)) {
        Ancestry::SameSite
    } else {
        Ancestry::CrossSite
    };
    let client = Client {
        top_level_origin: step.page.clone(),
        ancestry,
        policy_container: PolicyContainer::of_response(&headers, document),
        referrer_source: referrer_source(step, document),
        document_domain: step.context.document_domain(&step.page),
    };
    (origin, client)
}

/// The URL from which the environment was loaded: the source of its requests' referrer.
fn referrer_source(step: &Step, document: &Origin) -> Url {
    let page = &step.page;
    let url = match step.context {
        _ if !step.frames.is_empty() => format!("{document}{FRAME}"),
        // A srcdoc document tells the URL of the document around it.
        Context::Window | Context::SrcdocIframe => format!("{page}{PAGE}"),
        // Departs: a controlled page's URL has its case's token in its query besides.
        Context::SandboxedIframe | Context::DocumentDomainIframe | Context::ServiceWorkerPage => {
            format!("{page}{FRAME}")
        }
        Context::Worker => format!("{page}{WORKER}"),
        Context::BlobIframe | Context::BlobWorker => format!("blob:{page}/"),
        Context::DataIframe | Context::DataWorker => "data:,".to_owned(),
    };
    let mut url = Url::parse(&url).expect("an origin and a path are a URL");
    // The harness tells a page its header fields by the query.
    let mut fields = step.page_headers.clone();
    if step.context == Context::DocumentDomainIframe {
        fields.push(("document-domain".to_owned(), String::new()));
    }
    if !fields.is_empty() {
        url.query_pairs_mut().extend_pairs(fields);
    }
    url
}
