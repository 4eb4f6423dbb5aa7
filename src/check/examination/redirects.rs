//! Redirects that lead away from what the file declares, or that pages cannot follow.

use corsproof_fixture::AnsweredBy;

use super::{examiner::Examiner, result::readable};
use crate::{
    check::{cases::Question, finding::Kind},
    evidence::{self, redirect},
    redirect_target::RedirectTarget,
    run::CaseResult,
};

impl Examiner<'_> {
    /// Redirects away from the one origin that the file declares, and those by which a declared page cannot read.
    pub(super) fn redirects(&mut self) {
        for (probe, result) in self.results.of(|_| true) {
            let is_blocked_reader = probe.question.is_reader() && readable(result) != Some(true);
            match blocking_redirect(result).filter(|_| is_blocked_reader) {
                Some((RedirectTarget::Itself, words)) => self.report(Kind::RedirectsToItself, words, result),
                Some((RedirectTarget::Slash, words)) => self.report(Kind::RedirectsBySlash, words, result),
                Some((RedirectTarget::OtherScheme, words)) => {
                    self.report(Kind::RedirectsToOtherScheme, words, result);
                }
                Some((RedirectTarget::Login, words)) => self.report(Kind::RedirectsToLogin, words, result),
                Some((RedirectTarget::OtherOrigin | RedirectTarget::OtherPath, _)) | None => {}
            }
        }
        // What was read then is the login's own page.
        for (_, result) in self.results.of(Question::is_reader) {
            let is_read = readable(result) == Some(true);
            if let Some(words) = login_on_the_way(result).filter(|_| is_read) {
                self.report(Kind::RedirectsToLogin, words, result);
            }
        }
        for (_, result) in self.results.of(|_| true) {
            if let Some(target) = self.redirected_away(result)
                && !matches!(blocking_redirect(result), Some((target, _)) if has_finding_of_its_own(&target))
            {
                self.report(Kind::UndeclaredRedirect, target, result);
            }
        }
    }

    /// Where a result ended at a redirect that has a finding of its own, nothing else is to be said of it.
    pub(super) fn ended_at_redirect(&self, result: &CaseResult) -> bool {
        self.redirected_away(result).is_some()
            || blocking_redirect(result).is_some_and(|(target, _)| has_finding_of_its_own(&target))
    }

    pub(super) fn redirected_away(&self, result: &CaseResult) -> Option<String> {
        evidence::redirected_away(&result.log, &self.file.server.origin)
    }
}

fn has_finding_of_its_own(target: &RedirectTarget) -> bool {
    match target {
        RedirectTarget::Itself
        | RedirectTarget::Slash
        | RedirectTarget::OtherScheme
        | RedirectTarget::Login => true,
        RedirectTarget::OtherOrigin | RedirectTarget::OtherPath => false,
    }
}

/// The redirect to a login that was followed, in words.
fn login_on_the_way(result: &CaseResult) -> Option<String> {
    let by_server = result.log.iter().filter(|exchange| exchange.by == AnsweredBy::Upstream);
    by_server.filter(|exchange| !exchange.received.is_preflight()).find_map(|exchange| {
        let (asked, target) = redirect(exchange, result.token.as_ref())?;
        let is_login = RedirectTarget::of(&asked, &target) == RedirectTarget::Login;
        is_login.then(|| format!("{} {} to {target}", exchange.received.method, asked.path()))
    })
}

/// The redirect of the server at which a case ended, with `GET /items to https://api.example.com/items/`.
fn blocking_redirect(result: &CaseResult) -> Option<(RedirectTarget, String)> {
    let last = result.log.iter().rfind(|exchange| exchange.by == AnsweredBy::Upstream)?;
    let (asked, target) = redirect(last, result.token.as_ref())?;
    let words = format!("{} {} to {target}", last.received.method, asked.path());
    Some((RedirectTarget::of(&asked, &target), words))
}
