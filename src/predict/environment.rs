//! The environment that asks: its origin, and what else of it decides.

use url::Url;

use crate::{
    case::{Context, Step},
    standard::{Ancestry, Client, Origin},
};

/// The opaque origin of a frame; one is enough, since no case has two such frames talk to each other.
pub(super) const OPAQUE_ORIGIN: u64 = 1;

/// The path of the page: a cookie without a path of its own has its folder.
pub(super) const PAGE: &str = "/.corsproof/page";

/// The paths of the document in an iframe and of a worker's script, where they have any.
const FRAME: &str = "/.corsproof/frame";
const WORKER: &str = "/.corsproof/worker.js";

/// The origin that asks, and what its environment says of it.
pub(super) fn environment(step: &Step) -> (Origin, Client) {
    let (origin, ancestry) = if step.context.has_opaque_origin() {
        (Origin::new_opaque(OPAQUE_ORIGIN), Ancestry::CrossSite)
    } else {
        (step.page.clone(), Ancestry::SameSite)
    };
    let client = Client {
        top_level_origin: step.page.clone(),
        ancestry,
        referrer_source: referrer_source(&step.page, step.context),
        document_domain: step.context.document_domain(&step.page),
    };
    (origin, client)
}

/// Where the environment was loaded from, as its requests may tell.
fn referrer_source(page: &Origin, context: Context) -> Url {
    let url = match context {
        // A srcdoc document tells the URL of the document around it.
        Context::Window | Context::SrcdocIframe => format!("{page}{PAGE}"),
        Context::SandboxedIframe => format!("{page}{FRAME}"),
        Context::DocumentDomainIframe => format!("{page}{FRAME}?document-domain"),
        Context::Worker => format!("{page}{WORKER}"),
        Context::BlobIframe | Context::BlobWorker => format!("blob:{page}/"),
        Context::DataIframe | Context::DataWorker => "data:,".to_owned(),
    };
    Url::parse(&url).expect("an origin and a path are a URL")
}
