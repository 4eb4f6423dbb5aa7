//! The attribution of an engine's console messages to the steps of a case.

use browsers::Engine;

use crate::{
    case::Step,
    judge::{reason_of, says_something_about},
    observation::{GivenReason, Read, StepOutcome},
};

/// Puts `messages`, the engine's words about one case in the order they came, to those of its `steps` that were
/// blocked. Engines name a URL, not a request: where there are as many explanations as blocked steps they
/// belong together in order; where one step is blocked they are all its own; otherwise none can be told.
pub(super) fn attribute(engine: Engine, steps: &[Step], outcomes: &mut [StepOutcome], messages: &[String]) {
    let explanations: Vec<&String> =
        messages.iter().filter(|message| says_something_about(engine, message)).collect();
    let mut blocked: Vec<(&Step, &mut StepOutcome)> = steps
        .iter()
        .zip(outcomes.iter_mut())
        .filter(|(_, outcome)| outcome.read == Read::Blocked && !is_thrown(outcome))
        .collect();
    match blocked.as_mut_slice() {
        [(step, outcome)] => explain(engine, step, outcome, messages),
        several if several.len() == explanations.len() => {
            for ((step, outcome), message) in several.iter_mut().zip(explanations) {
                explain(engine, step, outcome, std::slice::from_ref(message));
            }
        }
        _ => {}
    }
}

fn explain(engine: Engine, step: &Step, outcome: &mut StepOutcome, messages: &[String]) {
    for message in messages {
        if !outcome.messages.contains(message) {
            outcome.messages.push(message.clone());
        }
    }
    if let Some(reason) = reason_of(engine, step, messages) {
        outcome.reason = Some(GivenReason::Given(reason));
    }
}

/// Whether the API itself said no, so that no engine has anything to explain.
fn is_thrown(outcome: &StepOutcome) -> bool {
    matches!(outcome.reason, Some(GivenReason::Given(reason)) if reason.is_told_by_the_api())
}
