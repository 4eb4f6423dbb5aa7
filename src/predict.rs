//! The oracle: what the standard, executed over a case's servers, says will come of it.

mod access;
mod body;
mod element;
mod environment;
mod network;
mod recorded;
mod service_worker;

use corsproof_fixture::{Exchange, Token};
use fetch_model::{
    CredentialsMode, FetchListener, FetchStandard, Keepalive, Network, ReadableResponse, Reason, RequestInit,
    Response, Rules, Synchronous, UseCorsPreflight, UserAgent, WithCredentials, XhrInit,
    html::{CacheOperation, Effect, Storage, cache},
};
use url::Url;

use self::{
    body::extract,
    environment::environment,
    network::ScenarioNetwork,
    recorded::RecordedNetwork,
    service_worker::{FirstResponse, Listener},
};
use crate::{
    case::{Case, Loaded, ResponseType, ServiceWorker, Step, Via},
    observation::{GivenReason, Observation, Outcome, Read, SeenResponse, SentRequest},
};

/// Executes the standard over `case`.
pub fn predict(case: &Case) -> Observation {
    predict_with(case, &FetchStandard)
}

/// The same by other rules: those of a model that is wrong on purpose.
pub fn predict_with(case: &Case, rules: &dyn Rules) -> Observation {
    let token = Token::new(0, 0);
    let (steps, network) = predict_over(case, &token, ScenarioNetwork::new(&case.scenario, &token), rules);
    Observation { sent: SentRequest::of(case, &token, network.received.iter()), steps }
}

/// Executes the standard over what servers answered when a browser asked in the case of `token`: what a user
/// agent must conclude of exactly these answers, and why.
pub fn predict_recorded(case: &Case, token: &Token, log: &[Exchange]) -> Observation {
    let (steps, network) = predict_over(case, token, RecordedNetwork::new(log), &FetchStandard);
    Observation { sent: SentRequest::of_log(case, token, &network.replayed), steps }
}

/// Executes the standard over whatever answers: what comes of each step, and what answered.
pub fn predict_over<N: Network>(
    case: &Case,
    token: &Token,
    network: N,
    rules: &dyn Rules,
) -> (Vec<Outcome>, N) {
    let mut user_agent = UserAgent::new(network, rules);
    let mut storage = Storage::default();
    let first = FirstResponse::default();
    let outcome = |step: &Step| {
        user_agent.advance(step.wait_ms / 1000);
        match &step.request.access {
            Some(access) => access::outcome(rules, step, access, &mut storage, &mut user_agent, token),
            None => {
                user_agent.set_controller(
                    step.service_worker.as_ref().map(|worker| controller(worker, token, &first)),
                );
                ask(&mut user_agent, rules, step, token)
            }
        }
    };
    let outcomes = case.steps.iter().map(outcome).collect();
    (outcomes, user_agent.into_network())
}

/// What comes of a step.
fn ask<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
) -> Outcome {
    let request = match step.request.via {
        Via::Fetch => new_request(rules, step, token),
        Via::Xhr | Via::XhrSync => send(rules, step, token),
        Via::CacheAdd | Via::CacheAddAll | Via::CachePut => {
            let fetched = new_request(rules, step, token)
                .and_then(|request| cache::store(user_agent, request, operation(step.request.via)));
            return outcome(token, step, &fetched);
        }
        Via::Timing => return element::shown(token, timing(user_agent, rules, step, token)),
        _ => return element::outcome(user_agent, step, token),
    };
    outcome(token, step, &request.map(|request| user_agent.fetch(request)))
}

/// What is done with a `Cache`.
fn operation(via: Via) -> CacheOperation {
    if via == Via::CachePut { CacheOperation::Put } else { CacheOperation::Add }
}

/// What a timing entry shows of a `fetch()`.
fn timing<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
) -> Effect {
    let member = step.request.attributes.member;
    let reported =
        new_request(rules, step, token).and_then(|request| user_agent.report_timing(request, member));
    match reported {
        Ok(Ok(())) => Effect::Readable("shown".to_owned()),
        Ok(Err(reason)) => Effect::Withheld(reason),
        Err(reason) => Effect::Failed(reason),
    }
}

/// The request that `fetch()` makes.
fn new_request(rules: &dyn Rules, step: &Step, token: &Token) -> Result<fetch_model::Request, Reason> {
    let request = &step.request;
    let (origin, client) = environment(step);
    let url = with_token(&request.url, token);
    rules.new_request(&url, request_init(request), origin, client)
}

/// What `fetch()` is told besides its URL.
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
fn controller(worker: &ServiceWorker, token: &Token, first: &FirstResponse) -> Box<dyn FetchListener> {
    let fetches = worker.request.as_ref();
    Box::new(Listener {
        answering: worker.respond,
        fetches: fetches.map(|request| (with_token(&request.url, token), request_init(request))),
        first: first.clone(),
    })
}

/// The request that an `XMLHttpRequest` makes.
fn send(rules: &dyn Rules, step: &Step, token: &Token) -> Result<fetch_model::Request, Reason> {
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
                _ => WithCredentials::False,
            },
            upload_listener: if request.upload_listener {
                UseCorsPreflight::Set
            } else {
                UseCorsPreflight::Unset
            },
            synchronous: if request.via == Via::XhrSync { Synchronous::Set } else { Synchronous::Unset },
        },
        origin,
        client,
    )
}

/// Cases write URLs without a token; those of other schemes get none.
fn with_token(url: &str, token: &Token) -> String {
    if ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme)) {
        token.add_to(url)
    } else {
        url.to_owned()
    }
}

/// A step's outcome as a script sees it.
fn outcome(token: &Token, step: &Step, fetched: &Result<Response, Reason>) -> Outcome {
    let response_type = |of| step.request.via.shows_a_response_object().then_some(of);
    let read = match fetched {
        Err(reason) | Ok(Response::NetworkError(reason)) => {
            return Outcome {
                loaded: Loaded::No,
                read: Read::Blocked,
                reason: Some(GivenReason::Given(*reason)),
                messages: Vec::new(),
                leaks: Vec::new(),
            };
        }
        Ok(Response::Basic(response)) => {
            Read::Allowed(seen(token, response, response_type(ResponseType::Basic)))
        }
        Ok(Response::Cors(response)) => {
            Read::Allowed(seen(token, response, response_type(ResponseType::Cors)))
        }
        Ok(Response::Opaque) => Read::Opaque(unseen(ResponseType::Opaque, String::new())),
        Ok(Response::OpaqueRedirect { url }) => {
            Read::Opaque(unseen(ResponseType::OpaqueRedirect, shown(token, url)))
        }
    };
    Outcome { loaded: Loaded::Yes, read, reason: None, messages: Vec::new(), leaks: Vec::new() }
}

/// A readable response. An XHR does not tell the type, nor whether it was redirected.
fn seen(token: &Token, response: &ReadableResponse, response_type: Option<ResponseType>) -> SeenResponse {
    SeenResponse {
        response_type,
        status: response.status,
        url: response.url_list.last().map(|url| shown(token, url)).unwrap_or_default(),
        redirected: response_type.map(|_| response.url_list.len() > 1),
        headers: response
            .header_list
            .sort_and_combine()
            .into_iter()
            .map(|(name, value)| (name, token.strip_from(&value)))
            .collect(),
        body: token.strip_from(&String::from_utf8_lossy(&response.body)),
    }
}

/// A response of which a script sees nothing but that it is there.
fn unseen(response_type: ResponseType, url: String) -> SeenResponse {
    SeenResponse {
        response_type: Some(response_type),
        status: 0,
        url,
        redirected: Some(false),
        headers: std::collections::BTreeMap::new(),
        body: String::new(),
    }
}

/// `response.url`: without the fragment, and here without the token.
fn shown(token: &Token, url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    token.strip_from(url.as_str())
}
