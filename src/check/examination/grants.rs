//! Methods and headers that are granted and not declared.

use fetch_model::is_cors_safelisted_method;

use super::{
    examiner::Examiner,
    result::{members, preflight, readable},
};
use crate::{
    check::{cases::Question, finding::Kind},
    run::CaseResult,
};

impl Examiner<'_> {
    /// Examines which undeclared methods and headers are granted.
    pub(super) fn undeclared(&mut self) {
        for (probe, result) in self.results.of(|_| true) {
            match &probe.question {
                Question::UndeclaredMethod(method) if readable(result) == Some(true) => {
                    self.report(Kind::MethodUnneeded, method.clone(), result);
                }
                Question::UndeclaredHeader if readable(result) == Some(true) => {
                    self.report(Kind::HeaderUnneeded, "any other", result);
                }
                Question::Reader { .. } => self.record_listed(result),
                _ => {}
            }
        }
    }

    /// Records the methods and headers that a preflight's answer lists although no policy declares them.
    fn record_listed(&mut self, result: &CaseResult) {
        let Some((_, Some(answer))) = preflight(result) else { return };
        for method in members(answer, "access-control-allow-methods") {
            let is_needed = self.policy.methods.contains(&method) || method == "OPTIONS";
            if !is_needed && !is_cors_safelisted_method(&method) {
                self.report(Kind::MethodUnneeded, method, result);
            }
        }
        for name in members(answer, "access-control-allow-headers") {
            let declared = self.policy.declared_headers();
            let is_declared = declared.iter().any(|declared| declared.eq_ignore_ascii_case(&name));
            let is_safe = ["accept", "accept-language", "content-language", "content-type", "range"]
                .contains(&name.to_ascii_lowercase().as_str());
            if !is_declared && !is_safe {
                self.report(Kind::HeaderUnneeded, name, result);
            }
        }
    }
}
