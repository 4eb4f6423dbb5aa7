//! The oracle: what the standard, executed over a case's servers, says will come of it.

mod access;
mod body;
mod network;
mod recorded;

use corsproof_fixture::{Exchange, Token};
use url::Url;

use self::{
    body::{extract, submit},
    network::ScenarioNetwork,
    recorded::RecordedNetwork,
};
use crate::{
    case::{Case, ServiceWorker, Step, Via},
    observation::{GivenReason, Loaded, Observation, Outcome, Read, ResponseType, SeenResponse, SentRequest},
    standard::{
        self, Ancestry, Client, CredentialsMode, FetchStandard, HeaderList, Network, Origin, PolicyContainer,
        ReadableResponse, Reason, RequestInit, Response, Rules, UseCorsPreflight, UserAgent, WithCredentials,
        XhrInit,
        html::{
            Effect, Element, Storage, beacon, event_source, image, script, style, track, web_socket, worker,
        },
    },
};

/// The opaque origin of a frame; one is enough, since no case has two such frames talk to each other.
const OPAQUE_ORIGIN: u64 = 1;

/// Executes the standard over `case`.
pub fn predict(case: &Case) -> Observation {
    predict_with(case, &FetchStandard)
}

/// The same by other rules: those of a model that is wrong on purpose.
pub fn predict_with(case: &Case, rules: &dyn Rules) -> Observation {
    let token = Token::new(0, 0);
    let mut user_agent = UserAgent::new(ScenarioNetwork::new(&case.scenario, &token), rules);
    let steps = steps(case, &mut user_agent, rules, &token);
    let received = user_agent.into_network().received;
    Observation { sent: SentRequest::of(case, &token, received.iter()), steps }
}

/// Executes the standard over what servers answered when a browser asked in the case of `token`: what a user
/// agent must conclude of exactly these answers, and why.
pub fn predict_recorded(case: &Case, token: &Token, log: &[Exchange]) -> Observation {
    let rules = &FetchStandard;
    let mut user_agent = UserAgent::new(RecordedNetwork::new(log), rules);
    let steps = steps(case, &mut user_agent, rules, token);
    let replayed = user_agent.into_network().replayed;
    Observation { sent: SentRequest::of_log(case, token, &replayed), steps }
}

/// What comes of each step.
fn steps<N: Network>(
    case: &Case,
    user_agent: &mut UserAgent<'_, N>,
    rules: &dyn Rules,
    token: &Token,
) -> Vec<Outcome> {
    let mut storage = Storage::default();
    let outcome = |step: &Step| {
        user_agent.advance(step.wait_ms / 1000);
        match &step.request.access {
            Some(access) => access::outcome(step, access, &mut storage, user_agent, token),
            None => {
                user_agent
                    .set_controller(step.service_worker.as_ref().map(|worker| controller(worker, token)));
                ask(user_agent, rules, step, token)
            }
        }
    };
    case.steps.iter().map(outcome).collect()
}

/// What comes of a step.
fn ask<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
) -> Outcome {
    let element = || element(step, token);
    let effect = match step.request.via {
        Via::Fetch => {
            return outcome(
                token,
                step,
                &new_request(rules, step, token).map(|request| user_agent.fetch(request)),
            );
        }
        Via::Xhr | Via::XhrSync => {
            return outcome(token, step, &send(rules, step, token).map(|request| user_agent.fetch(request)));
        }
        Via::Image => image::update_the_image_data(user_agent, &element()),
        Via::Script => script::fetch_a_classic_script(user_agent, &element()),
        Via::ModuleScript => script::fetch_a_module_script(user_agent, &element()),
        Via::Import => script::import(user_agent, &element()),
        Via::Stylesheet => style::link_type_stylesheet(user_agent, &element()),
        Via::EventSource => {
            let credentials_mode = step.request.credentials.unwrap_or(CredentialsMode::SameOrigin);
            event_source::event_source(user_agent, &element(), credentials_mode)
        }
        Via::Beacon => beacon::send_beacon(user_agent, &element(), step.request.body.as_ref().map(extract)),
        Via::WebSocket => {
            let message = match &step.request.body {
                Some(crate::case::Body::Text(text)) => text,
                _ => "",
            };
            web_socket::establish(user_agent, &element(), message)
        }
        Via::Form => submit(user_agent, step, element()),
        Via::Worker => worker::fetch_a_classic_worker_script(user_agent, &element()),
        Via::Track => track::start_the_track_processing_model(user_agent, &element()),
        Via::Timing => match timing(user_agent, rules, step, token) {
            Ok(Ok(())) => Effect::Readable("shown".to_owned()),
            Ok(Err(reason)) => Effect::Withheld(reason),
            Err(reason) => Effect::Failed(reason),
        },
        Via::ImportScripts => worker::import_scripts(user_agent, &element()),
        Via::Window | Via::Message | Via::Storage => {
            unreachable!("a request that asks no server says what it reaches for, or its case is not read")
        }
    };
    outcome_of(token, effect)
}

/// What a timing entry shows of a `fetch()`.
fn timing<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    rules: &dyn Rules,
    step: &Step,
    token: &Token,
) -> Result<Result<(), Reason>, Reason> {
    let request = new_request(rules, step, token)?;
    user_agent.report_timing(request, step.request.attributes.member)
}

/// The element that a step makes.
fn element(step: &Step, token: &Token) -> Element {
    let (origin, client) = environment(step);
    Element {
        url: with_token(&step.request.url, token),
        crossorigin: step.request.attributes.crossorigin,
        integrity: step.request.attributes.integrity.clone(),
        origin,
        client,
    }
}

/// What an element shows.
fn outcome_of(token: &Token, effect: Effect) -> Outcome {
    let text = |text: &str| SeenResponse::of_text(token.strip_from(text));
    let (loaded, read, reason) = match effect {
        Effect::Failed(reason) => (Loaded::No, Read::Blocked, Some(reason)),
        Effect::Withheld(reason) => (Loaded::Yes, Read::Blocked, Some(reason)),
        Effect::Readable(secret) => (Loaded::Yes, Read::Allowed(text(&secret)), None),
        Effect::Unseen => (Loaded::Yes, Read::Opaque(text("")), None),
    };
    let reason = reason.map(GivenReason::Given);
    Outcome { loaded, read, reason, messages: Vec::new(), leaks: Vec::new() }
}

/// The request that `fetch()` makes.
fn new_request(rules: &dyn Rules, step: &Step, token: &Token) -> Result<standard::Request, Reason> {
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
        referrer_policy: request.referrer_policy,
        mode: request.mode,
        credentials: request.credentials,
        cache: request.cache,
        redirect: request.redirect,
    }
}

/// The service worker of a case.
fn controller(worker: &ServiceWorker, token: &Token) -> standard::ServiceWorker {
    standard::ServiceWorker {
        answering: worker.respond,
        fetches: worker
            .request
            .as_ref()
            .map(|request| (with_token(&request.url, token), request_init(request))),
    }
}

/// The request that an `XMLHttpRequest` makes.
fn send(rules: &dyn Rules, step: &Step, token: &Token) -> Result<standard::Request, Reason> {
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
        },
        origin,
        client,
    )
}

/// The origin that asks, and what its environment says of it.
fn environment(step: &Step) -> (Origin, Client) {
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
    let policy_container = PolicyContainer::of_response(&headers, document);
    (origin, Client { top_level_origin: step.page.clone(), ancestry, policy_container })
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
    let response_type = |of| (step.request.via == Via::Fetch).then_some(of);
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
