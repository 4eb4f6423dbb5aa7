//! The Fetch Standard as of 2 July 2026, executed: one file an algorithm, named as the standard
//! names it. No I/O and no clock; its only way out is the trait [`Network`].
//!
//! A step that is left out is marked `Omitted`, one that is done otherwise `Departs`, each with its reason.

mod content_security_policy;
mod cookie;
pub mod cors_check;
mod cors_preflight_cache;
mod cors_preflight_fetch;
mod cross_origin_resource_policy;
mod embedder_policy;
mod fetch_metadata;
pub mod header;
pub mod headers_class;
pub mod html;
mod http_cache;
mod http_fetch;
mod http_network_or_cache_fetch;
mod http_redirect_fetch;
mod integrity;
mod main_fetch;
pub mod method;
pub mod mime_type;
mod mixed_content;
mod modes;
mod origin;
pub mod origin_header;
mod policy_container;
pub mod port_blocking;
pub mod range;
mod reason;
mod referrer_policy;
pub mod request;
pub mod request_class;
pub mod request_header;
mod resource_timing;
pub mod response;
pub mod response_header;
mod rules;
mod scheme_fetch;
mod service_worker;
pub mod status;
mod upgrade_insecure_requests;
mod user_agent;
mod words;
pub mod xml_http_request;

#[cfg(test)]
mod tests;

pub use content_security_policy::ContentSecurityPolicy;
pub use cookie::{Cookie, SameSite, SameSiteMode};
pub use cors_preflight_cache::{CacheEntry, CorsPreflightCache, Granted, Permits};
pub use cors_preflight_fetch::Grant;
pub use embedder_policy::EmbedderPolicy;
pub use fetch_metadata::Site;
pub use header::HeaderList;
pub use http_cache::{Freshness, HttpCache, StoredResponse};
pub use http_network_or_cache_fetch::Credentials;
pub use method::is_cors_safelisted_method;
pub use modes::{CacheMode, CredentialsMode, CrossOrigin, RedirectMode, ReferrerPolicy, RequestMode};
pub use origin::{NotAnOrigin, Origin};
pub use policy_container::PolicyContainer;
pub use reason::{Reason, RefusingStep};
pub use referrer_policy::{Keep, Referrer};
pub use request::{
    Ancestry, Body, BodySource, Client, Keepalive, RedirectTaint, Request, ResponseTainting,
    ServiceWorkersMode, TimingAllowFailed, UseCorsPreflight, UserActivation,
};
pub use request_class::{BodyInit, RequestInit};
pub use resource_timing::TimingMember;
pub use response::{
    CacheState, FilteredResponse, InternalResponse, LocationUrl, RangeRequested, ReadableResponse, Response,
    UnsafeResponse,
};
pub use rules::{FetchStandard, Rules};
pub use service_worker::{CopyInit, FetchEvent, FetchListener, WorkerResponse, copy_request};
pub use user_agent::{HttpRequest, Network, UserAgent};
pub use words::Word;
pub(crate) use words::words;
pub use xml_http_request::{Synchronous, WithCredentials, XhrInit};

/// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
