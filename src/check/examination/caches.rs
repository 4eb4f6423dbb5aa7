//! Whether caches can tell the answers for different origins apart.

use corsproof_fixture::AnsweredBy;

use super::{examiner::Examiner, result::members};
use crate::{
    check::{cases::Question, finding::Kind},
    observation::Read,
};

impl Examiner<'_> {
    pub(super) fn caches(&mut self) {
        let cached: Vec<_> = self
            .results
            .of(|question| matches!(question, Question::BrowserCache | Question::SharedCache))
            .collect();
        for (_, result) in cached {
            let Some(observed) = &result.observed else { continue };
            let actual = result.log.iter().filter(|exchange| !exchange.received.is_preflight());
            let asked = actual.clone().filter(|exchange| exchange.by == AnsweredBy::Upstream).count();
            let was_reused = asked < observed.steps.len();
            let [first, .., last] = observed.steps.as_slice() else { continue };
            if was_reused && first.read != Read::Blocked && last.read == Read::Blocked {
                let by_network = actual.clone().any(|exchange| exchange.by == AnsweredBy::SharedCache);
                let cache = if by_network { "a shared cache" } else { "the browser's cache" };
                self.report(Kind::CachedForAnotherOrigin, cache, result);
            }
        }
        if self.has(Kind::CachedForAnotherOrigin) || !self.results.depends_on_origin() {
            return;
        }
        for (probe, result, message) in self.results.plain_answers() {
            let varies = members(message, "vary")
                .iter()
                .any(|name| name == "*" || name.eq_ignore_ascii_case("origin"));
            if !varies {
                self.report(Kind::VaryMissing, who(&probe.question), result);
            }
        }
    }
}

/// The reader in words, where it does not matter which reader it is.
fn who(question: &Question) -> &'static str {
    match question {
        Question::Reader { .. } => "a declared origin",
        Question::NoOrigin => "a request without an Origin",
        _ => "a stranger",
    }
}
