//! What a fetch runs in: the user agent's state, and the way to the servers.

use super::{
    cookie::CookieStore,
    cors_preflight_cache::CorsPreflightCache,
    header::HeaderList,
    html::Preload,
    http_cache::HttpCache,
    mime_type::Destination,
    origin::Origin,
    reason::Reason,
    response::{InternalResponse, UnsafeResponse},
    rules::Rules,
    service_worker::FetchListener,
};
use url::Url;

/// An entry of <https://html.spec.whatwg.org/multipage/webappapis.html#module-map>: whose, by its URL and what it is for; and what
/// came of it.
pub(super) type Module = ((Origin, String, Destination), Result<UnsafeResponse, Reason>);

/// The only way out of the model: sends one HTTP request and gives back what came of it.
pub trait Network {
    /// Sends `request`; `None` where no HTTP response came back.
    fn send(&mut self, request: &HttpRequest) -> Option<InternalResponse>;
}

/// A request as it goes on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: String,
    /// The URL, without a fragment.
    pub url: Url,
    /// The header fields that the standard puts there.
    pub header_list: HeaderList,
    /// The body.
    pub body: Vec<u8>,
}

/// A user agent: what it remembers between fetches, and its network.
pub struct UserAgent<'r, N> {
    /// The rules of the standards that the user agent follows; tests replace some of them.
    pub(super) rules: &'r dyn Rules,
    /// <https://fetch.spec.whatwg.org/#concept-cache>
    pub(super) cors_preflight_cache: CorsPreflightCache,
    pub(super) http_cache: HttpCache,
    pub(super) cookies: CookieStore,
    /// The `fetch` listener of the service worker that controls the current client.
    pub(super) fetch_listener: Option<Box<dyn FetchListener>>,
    /// <https://html.spec.whatwg.org/multipage/links.html#map-of-preloaded-resources>, of all documents.
    pub(super) preloads: Vec<Preload>,
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#module-map>, of all documents: by origin and URL.
    pub(super) module_map: Vec<Module>,
    /// Seconds since some beginning: the model has no clock of its own.
    pub(super) now: u64,
    /// The network that requests are sent to.
    pub(super) network: N,
}

impl<'r, N: Network> UserAgent<'r, N> {
    /// A user agent that goes by `rules` and remembers nothing.
    pub fn new(network: N, rules: &'r dyn Rules) -> Self {
        Self {
            rules,
            cors_preflight_cache: CorsPreflightCache::default(),
            http_cache: HttpCache::default(),
            cookies: CookieStore::default(),
            fetch_listener: None,
            preloads: Vec::new(),
            module_map: Vec::new(),
            now: 0,
            network,
        }
    }

    /// Sets the service worker that controls the client of all following requests.
    pub fn set_controller(&mut self, service_worker: Option<Box<dyn FetchListener>>) {
        self.fetch_listener = service_worker;
    }

    /// Moves the user agent's clock forward by `seconds`.
    pub fn advance(&mut self, seconds: u64) {
        self.now += seconds;
        self.cors_preflight_cache.remove_expired(self.now);
    }

    /// Ends the user agent and returns its network.
    pub fn into_network(self) -> N {
        self.network
    }
}
