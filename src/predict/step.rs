//! The outcome of a step, by the algorithm of the standards that its API or element follows.

use corsproof_fixture::Token;
use fetch_model::{
    Network, Rules, UserAgent,
    html::{Effect, Storage, cache},
};

use super::{
    access, element,
    request::{new_request, send},
    response,
};
use crate::{
    case::{Model, Step},
    observation::StepOutcome,
};

/// The outcome of one step, with what a script can learn of it.
pub(super) fn outcome<N: Network>(
    rules: &dyn Rules,
    step: &Step,
    storage: &mut Storage,
    user_agent: &mut UserAgent<'_, N>,
    token: &Token,
) -> StepOutcome {
    let fetched = match step.request.via.model() {
        Model::Fetch => new_request(rules, step, token).map(|request| user_agent.fetch(request)),
        Model::XmlHttpRequest(synchronous) => {
            send(rules, step, token, synchronous).map(|request| user_agent.fetch(request))
        }
        Model::Cache(operation) => {
            new_request(rules, step, token).and_then(|request| cache::store(user_agent, request, operation))
        }
        Model::Timing => return element::shown(token, timing(user_agent, rules, step, token)),
        Model::Element(algorithm) => return element::outcome(user_agent, step, algorithm, token),
        Model::Access(_) => return access::outcome(rules, step, storage, user_agent, token),
    };
    response::outcome(token, step, &fetched)
}

/// The outcome of reading the timing entry of a `fetch()`.
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
