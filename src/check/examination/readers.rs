//! Origins that are declared and cannot read.

use corsproof_fixture::Message;
use fetch_model::{Origin, Reason, is_cors_safelisted_method};

use super::{
    examiner::Examiner,
    result::{Blocked, blocked_at, final_answer, preflight, readable, reason},
};
use crate::{
    check::{cases::Question, finding::Kind},
    run::CaseResult,
};

/// The statuses by which servers say that they have no handler for a method.
const UNHANDLED: [u16; 3] = [404, 405, 501];

/// A request that the policy declares, and the page that makes it.
struct DeclaredRequest<'a> {
    origin: &'a Origin,
    method: &'a str,
    header: Option<&'a str>,
    /// Whether the same page can read in the same engine what needs no preflight. Another engine may speak another
    /// protocol.
    reads_plainly: bool,
}

impl DeclaredRequest<'_> {
    fn words(&self) -> String {
        let with = self.header.map(|header| format!(" with {header}")).unwrap_or_default();
        format!("{}{with} from {}", self.method, self.origin)
    }
}

impl Examiner<'_> {
    /// Each declared page, with each method and header.
    pub(super) fn readers(&mut self) {
        for (probe, result) in self.results.of(|question| matches!(question, Question::Reader { .. })) {
            let Question::Reader { origin, method, header, .. } = &probe.question else { continue };
            match readable(result) {
                Some(true) => self.record_answer_status(method, result),
                Some(false) if self.redirected_away(result).is_none() => {
                    let reads_plainly = self.reads_plainly(origin, result);
                    let request =
                        DeclaredRequest { origin, method, header: header.as_deref(), reads_plainly };
                    self.record_lockout(&request, result);
                }
                Some(false) | None => {}
            }
        }
    }

    /// Records answers that a page could read, but that are errors or redirects instead of the resource.
    fn record_answer_status(&mut self, method: &str, result: &CaseResult) {
        let status = final_answer(result).map(|message| message.status);
        if let Some(status) = status.filter(|status| UNHANDLED.contains(status)) {
            self.report(Kind::NotServed, format!("{status} to {method}"), result);
        }
    }

    fn reads_plainly(&self, origin: &Origin, result: &CaseResult) -> bool {
        let asks_plainly = |question: &Question| {
            matches!(question, Question::Reader { origin: of, header: None, method, .. }
                if of == origin && is_cors_safelisted_method(method))
        };
        self.results
            .of(asks_plainly)
            .any(|(_, plain)| plain.engine == result.engine && readable(plain) == Some(true))
    }

    fn record_lockout(&mut self, request: &DeclaredRequest<'_>, result: &CaseResult) {
        let origin = request.origin.serialize();
        match (reason(result), blocked_at(result)) {
            (Some(Reason::AllowOriginMultiple), _) => self.report(Kind::DuplicateAllowOrigin, origin, result),
            (Some(Reason::PreflightStatus | Reason::PreflightRedirect), _) => {
                self.record_refused_preflight(result);
            }
            (Some(Reason::MethodNotAllowed | Reason::AllowMethodsInvalid), _) => {
                self.report(Kind::MethodLockedOut, request.method, result);
            }
            (Some(Reason::HeaderNotAllowed | Reason::AllowHeadersInvalid), _) => {
                let header = request.header.map_or_else(|| request.words(), str::to_owned);
                self.report(Kind::HeaderLockedOut, header, result);
            }
            (Some(Reason::AllowCredentialsNotTrue | Reason::WildcardWithCredentials), _) => {
                self.report(Kind::CredentialsLockedOut, origin, result);
            }
            // Sometimes it can: a finding says so already.
            (Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch), _)
                if self.has(Kind::Unstable) => {}
            (Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch), Some(Blocked::Preflight))
                if request.reads_plainly =>
            {
                self.record_bare_preflight(result);
            }
            (Some(Reason::AllowOriginMissing), Some(Blocked::Error(status))) if request.reads_plainly => {
                self.report(Kind::ErrorsUnreadable, format!("{status} to {}", request.words()), result);
            }
            (_, _) if request.reads_plainly => self.report(Kind::OriginLockedOut, request.words(), result),
            _ => self.report(Kind::OriginLockedOut, origin, result),
        }
    }

    /// A preflight that was answered with another status than an ok one.
    fn record_refused_preflight(&mut self, result: &CaseResult) {
        let status = answer_to_preflight(result).map(|answer| answer.status);
        let kind = match status {
            Some(status) if UNHANDLED.contains(&status) => Kind::OptionsNotHandled,
            _ => Kind::PreflightRejected,
        };
        self.report(kind, status.map_or_else(|| "nothing".to_owned(), |status| status.to_string()), result);
    }

    /// The preflight's answer lacks what the other answers have.
    fn record_bare_preflight(&mut self, result: &CaseResult) {
        let Some(answer) = answer_to_preflight(result) else { return };
        let mut names = answer.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let says_something = names.any(|name| name.starts_with("access-control-allow-"));
        let is_ok = (200..300).contains(&answer.status);
        let kind = if says_something || !(is_ok || UNHANDLED.contains(&answer.status)) {
            Kind::PreflightRejected
        } else {
            Kind::OptionsNotHandled
        };
        self.report(kind, format!("{} without Access-Control-Allow-Origin", answer.status), result);
    }
}

fn answer_to_preflight(result: &CaseResult) -> Option<&Message> {
    preflight(result).and_then(|(_, answer)| answer)
}
