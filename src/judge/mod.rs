//! Holds an observation against the author's word and the model's, and says what follows.
//!
//! Three voices: the author of a case states what the standard demands, the model derives it, the browser
//! shows it. Where they disagree, all that differs is told; nothing is bent.

mod author_comparison;
mod invariants;
mod model_comparison;
mod needs;
mod sent_requests;
mod verdict;
mod wording;

#[cfg(test)]
mod tests;

use browsers::Engine;

use crate::{
    case::{Case, KnownDifference, ServedBy},
    observation::{Observation, Read},
};

pub(crate) use needs::unmet_need;
pub(crate) use verdict::{Difference, Verdict, Voice};
pub(crate) use wording::{reason_of, says_something_about, wordings};

/// Whether the twins of a case were readable in the same engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Twins {
    /// Every one of them was readable, or the case has none.
    Readable,
    /// The named twin was not readable either, so a block proves nothing.
    Unreadable(String),
    /// Nothing is known of the named twin, so a block proves nothing either.
    NotObserved(String),
}

/// The verdict on what `engine` showed of `case`.
pub(crate) fn judge(
    case: &Case,
    engine: Engine,
    predicted: &Observation,
    observed: &Observation,
    twins: &Twins,
) -> Verdict {
    let mut differences = invariants::broken(case, case.known.get(&engine), observed);
    let author = author_against_model(case, predicted);
    if !author.is_empty() {
        // The model's word is in doubt, so the browser is not held against it.
        differences.extend(author);
        return Verdict::Differs { differences };
    }
    if let Some(known) = case.known.get(&engine) {
        differences.extend(against_known(known, predicted, observed));
        if differences.is_empty() {
            let KnownDifference { note, link, since, .. } = known.clone();
            return Verdict::Known { note, link, since };
        }
        return Verdict::Differs { differences };
    }
    differences.extend(model_comparison::differences(predicted, observed));
    if !differences.is_empty() {
        return Verdict::Differs { differences };
    }
    match twins {
        Twins::Unreadable(twin) if observed.is_blocked() => Verdict::Failed {
            why: format!(
                "the read was blocked, but so was that of its twin {twin}, which should be readable: \
                 the block may have any cause. Look at the twin first."
            ),
        },
        Twins::NotObserved(twin) if observed.is_blocked() => Verdict::Failed {
            why: format!(
                "the read was blocked, but its twin {twin}, which should be readable, was not observed: \
                 the block may have any cause. Look at the twin first."
            ),
        },
        Twins::Readable | Twins::Unreadable(_) | Twins::NotObserved(_) => Verdict::Agrees,
    }
}

/// The differences between the author's expectation of `case` and the model's prediction; no browser is involved.
pub(crate) fn author_against_model(case: &Case, predicted: &Observation) -> Vec<Difference> {
    let steps = case.steps.iter().zip(&predicted.steps).enumerate();
    let mut differences: Vec<Difference> = steps
        .flat_map(|(index, (step, outcome))| {
            author_comparison::of_step(&field(predicted, index), &step.expect, outcome)
        })
        .collect();
    // What a real server makes a browser send (a redirect, an answer from a cache) is not always the author's to say.
    if case.served_by == ServedBy::Script || !case.sent.is_empty() {
        differences.extend(author_comparison::of_sent(&case.sent, &predicted.sent));
    }
    for difference in &mut differences {
        difference.with = Voice::Model;
    }
    differences
}

/// The differences between `observed` and the outcome that a known difference describes.
fn against_known(
    known: &KnownDifference,
    predicted: &Observation,
    observed: &Observation,
) -> Vec<Difference> {
    if model_comparison::differences(predicted, observed).is_empty() {
        return vec![Difference {
            field: "known".to_owned(),
            expected: format!("the difference that the case file describes: {}", known.note),
            by: Voice::Known,
            found: "what the standard demands. The entry no longer holds: remove it".to_owned(),
            with: Voice::Browser,
        }];
    }
    let mut differences = Vec::new();
    for (index, outcome) in observed.steps.iter().enumerate() {
        let field = field(observed, index);
        match (known.steps.get(&index), predicted.steps.get(index)) {
            (Some(expectation), _) => {
                differences.extend(author_comparison::of_step(&field, expectation, outcome));
            }
            (None, Some(predicted)) => {
                differences.extend(model_comparison::of_step(&field, predicted, outcome));
            }
            (None, None) => {}
        }
    }
    differences.extend(match &known.sent {
        Some(sent) => author_comparison::of_sent(sent, &observed.sent),
        None => model_comparison::of_sent(&predicted.sent, &observed.sent),
    });
    for difference in &mut differences {
        difference.by = Voice::Known;
    }
    differences
}

/// The prefix of a field's name that says which step it is of; empty where there is only one step.
fn field(observation: &Observation, index: usize) -> String {
    if observation.steps.len() == 1 { String::new() } else { format!("steps[{index}].") }
}

impl Observation {
    /// Whether any step's read was blocked.
    pub(crate) fn is_blocked(&self) -> bool {
        self.steps.iter().any(|step| step.read == Read::Blocked)
    }
}
