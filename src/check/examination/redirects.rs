//! Redirects away from what the file declares.

use super::examiner::Examiner;
use crate::{check::finding::Kind, evidence, run::CaseResult};

impl Examiner<'_> {
    /// A redirect away from the one origin that the file declares.
    pub(super) fn redirects(&mut self) {
        for (_, result) in self.results.of(|_| true) {
            if let Some(target) = self.redirected_away(result) {
                self.report(Kind::UndeclaredRedirect, target, result);
            }
        }
    }

    pub(super) fn redirected_away(&self, result: &CaseResult) -> Option<String> {
        evidence::redirected_away(&result.log, &self.file.server.origin)
    }
}
