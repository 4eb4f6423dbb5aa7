//! Redirects away from what the file declares.

use corsproof_fixture::AnsweredBy;

use super::{
    examiner::Examiner,
    result::{header, message},
};
use crate::{check::finding::Kind, run::CaseResult};

impl Examiner<'_> {
    /// A redirect away from the one origin that the file declares.
    pub(super) fn redirects(&mut self) {
        for (_, result) in self.seen.of(|_| true) {
            if let Some(target) = self.redirected_away(result) {
                self.report(Kind::UndeclaredRedirect, target, result);
            }
        }
    }

    pub(super) fn redirected_away(&self, result: &CaseResult) -> Option<String> {
        result.log.iter().filter(|exchange| exchange.by == AnsweredBy::Upstream).find_map(|exchange| {
            let message = message(exchange).filter(|message| (300..400).contains(&message.status))?;
            let target = exchange.received.url.join(&header(message, "location")?).ok()?;
            let origin = target.origin().ascii_serialization();
            (origin != self.file.server.origin.serialize()).then_some(origin)
        })
    }
}
