//! The oracle: what the standard, executed over a case's servers, says will come of it.

mod access;
mod body;
mod element;
mod environment;
mod network;
mod recorded_network;
mod request;
mod response;
mod service_worker;
mod step;

use corsproof_fixture::{Exchange, Token};
use fetch_model::{
    FetchStandard, Network, Request, Rules, StoredResponse, UserAgent,
    html::{HtmlRules, Storage},
};

use self::{
    network::ScenarioNetwork, recorded_network::RecordedNetwork, request::controller,
    service_worker::FirstResponse,
};
use crate::{
    case::{Case, Step},
    observation::{Observation, SentRequest, StepOutcome},
};

/// Predicts the case by executing the standard over its script.
pub(crate) fn predict(case: &Case) -> Observation {
    predict_with(case, &FetchStandard)
}

/// The same by other rules: those of a model that is wrong on purpose.
pub(crate) fn predict_with(case: &Case, rules: &dyn Rules) -> Observation {
    let token = Token::new(0, 0);
    let (steps, network) = predict_over(case, &token, ScenarioNetwork::new(&case.scenario, &token), rules);
    Observation { sent: SentRequest::of(case, &token, network.received.iter()), steps }
}

/// Executes the standard over what servers answered when a browser asked in the case of `token`: what a user
/// agent must conclude of exactly these answers, and why.
pub(crate) fn predict_recorded(case: &Case, token: &Token, log: &[Exchange]) -> Observation {
    let (steps, network) = predict_over(case, token, RecordedNetwork::new(log), &WithoutHttpCache);
    Observation { sent: SentRequest::of_log(case, token, &network.replayed), steps }
}

/// The standard, with an HTTP cache that keeps nothing. When a cache asks again and when it answers by itself is its own
/// affair within <https://httpwg.org/specs/rfc9111.html>, so what the browser's cache did is taken from the record.
struct WithoutHttpCache;

impl Rules for WithoutHttpCache {
    fn is_stored_for(&self, _: &StoredResponse, _: &Request) -> bool {
        false
    }
}

impl HtmlRules for WithoutHttpCache {}

/// Executes the standard over whatever answers: what comes of each step, and what answered.
pub(crate) fn predict_over<N: Network>(
    case: &Case,
    token: &Token,
    network: N,
    rules: &dyn Rules,
) -> (Vec<StepOutcome>, N) {
    let mut user_agent = UserAgent::new(network, rules);
    let mut storage = Storage::default();
    let first = FirstResponse::default();
    let outcome = |step: &Step| {
        user_agent.advance(step.wait_ms / 1000);
        user_agent
            .set_controller(step.service_worker.as_ref().map(|worker| controller(worker, token, &first)));
        step::outcome(rules, step, &mut storage, &mut user_agent, token)
    };
    let outcomes = case.steps.iter().map(outcome).collect();
    (outcomes, user_agent.into_network())
}
