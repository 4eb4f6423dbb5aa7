//! The request that an API makes from the arguments of a script.

use corsproof_fixture::Token;
use fetch_model::FetchListener;
use fetch_model::{
    CredentialsMode, Keepalive, Reason, RequestInit, Rules, Synchronous, UseCorsPreflight, WithCredentials,
    XhrInit,
};

use super::{
    body::extract,
    environment::environment,
    service_worker::{FirstResponse, Listener},
};
use crate::case::{ServiceWorker, Step};

/// The request that `new Request(url, init)` makes, <https://fetch.spec.whatwg.org/#dom-request>.
pub(super) fn new_request(
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
) -> Result<fetch_model::Request, Reason> {
    let request = &step.request;
    let (origin, client) = environment(step);
    let url = with_token(&request.url, token);
    rules.new_request(&url, request_init(request), origin, client)
}

/// The second argument of `fetch()`.
fn request_init(request: &crate::case::Request) -> RequestInit {
    RequestInit {
        method: request.method.clone(),
        headers: request.headers.clone(),
        body: request.body.as_ref().map(extract),
        referrer: request.referrer.clone(),
        referrer_policy: request.referrer_policy,
        mode: request.mode,
        credentials: request.credentials,
        cache: request.cache,
        redirect: request.redirect,
        integrity: request.integrity.clone(),
        keepalive: request
            .keepalive
            .map(|keepalive| if keepalive { Keepalive::True } else { Keepalive::False }),
    }
}

/// The service worker of a case.
pub(super) fn controller(
    worker: &ServiceWorker,
    token: &Token,
    first: &FirstResponse,
) -> Box<dyn FetchListener> {
    let fetches = worker.request.as_ref();
    Box::new(Listener {
        answering: worker.respond,
        fetches: fetches.map(|request| (with_token(&request.url, token), request_init(request))),
        first: first.clone(),
    })
}

/// The request that an `XMLHttpRequest` makes.
pub(super) fn send(
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
    synchronous: Synchronous,
) -> Result<fetch_model::Request, Reason> {
    let request = &step.request;
    let (origin, client) = environment(step);
    rules.send(
        &with_token(&request.url, token),
        XhrInit {
            method: request.method.clone().unwrap_or_else(|| "GET".to_owned()),
            headers: request.headers.clone(),
            body: request.body.as_ref().map(extract),
            with_credentials: match request.credentials {
                Some(CredentialsMode::Include) => WithCredentials::True,
                Some(CredentialsMode::Omit | CredentialsMode::SameOrigin) | None => WithCredentials::False,
            },
            upload_listener: if request.upload_listener {
                UseCorsPreflight::Set
            } else {
                UseCorsPreflight::Unset
            },
            synchronous,
        },
        origin,
        client,
    )
}

/// Cases write URLs without a token; those of other schemes get none.
pub(super) fn with_token(url: &str, token: &Token) -> String {
    if ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme)) {
        token.add_to(url)
    } else {
        url.to_owned()
    }
}
