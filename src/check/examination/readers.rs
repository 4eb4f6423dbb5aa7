//! Origins that are declared and cannot read.

use std::collections::BTreeMap;

use corsproof_fixture::Message;
use fetch_model::{Origin, Reason, is_cors_safelisted_method};

use super::{
    examiner::Examiner,
    result::{Blocked, blocked_at, final_answer, preflight, readable, reason},
};
use crate::{
    check::{
        cases::Question,
        finding::{Kind, Severity},
    },
    evidence::{header, message},
    origin_slip::{self, OriginSlip},
    run::CaseResult,
};

/// The statuses by which servers say that they have no handler for a method.
const UNHANDLED: [u16; 3] = [404, 405, 501];

/// A request that the policy declares, and the page that makes it.
struct DeclaredRequest<'a> {
    origin: &'a Origin,
    method: &'a str,
    headers: &'a [String],
    /// Whether the same page can read in the same engine what needs no preflight. Another engine may speak another
    /// protocol.
    reads_plainly: bool,
}

impl DeclaredRequest<'_> {
    fn words(&self) -> String {
        let with = match self.headers {
            [] => String::new(),
            headers => format!(" with {}", headers.join(", ")),
        };
        format!("{}{with} from {}", self.method, self.origin)
    }
}

impl Examiner<'_> {
    /// Each declared page, with each method and header.
    pub(super) fn readers(&mut self) {
        for (probe, result) in self.results.of(Question::is_reader) {
            let Question::Reader { origin, method, headers, .. } = &probe.question else { continue };
            match readable(result) {
                Some(true) => self.record_answer_status(method, result),
                Some(false) if !self.ended_at_redirect(result) => {
                    let reads_plainly = self.reads_plainly(origin, result);
                    let request = DeclaredRequest { origin, method, headers, reads_plainly };
                    self.record_lockout(&request, result);
                }
                Some(false) | None => {}
            }
        }
    }

    /// Whether a declared request was answered with what pages come for. What errors say of CORS is not what answers say.
    pub(super) fn substance(&mut self) {
        if let Some(placeholder) = placeholder(&self.policy.path) {
            let asked = self.results.of(Question::is_reader).next();
            if let Some((_, result)) = asked {
                let words = format!("the path has {placeholder} in it, which was asked for as it stands");
                self.report(Kind::NothingProven, words, result);
            }
            return;
        }
        let mut by_method: BTreeMap<&str, Vec<(u16, &CaseResult)>> = BTreeMap::new();
        for (probe, result) in self.results.of(Question::is_reader) {
            let Question::Reader { method, .. } = &probe.question else { continue };
            if let Some(answer) = final_answer(result) {
                by_method.entry(method).or_default().push((answer.status, result));
            }
        }
        let is_error = |(status, _): &(u16, &CaseResult)| *status >= 400;
        if by_method.values().flatten().all(is_error) {
            for (status, result) in by_method.into_values().flatten() {
                let words = format!("every declared request was answered {status}");
                self.report(Kind::NothingProven, words, result);
            }
            return;
        }
        // One that the server does not have at all is told as that.
        let is_unhandled = |(status, _): &(u16, &CaseResult)| UNHANDLED.contains(status);
        // And what no page can read, by what keeps it from reading.
        let is_read = |(_, result): &(u16, &CaseResult)| readable(result) == Some(true);
        for (method, answers) in by_method {
            if answers.iter().all(is_error)
                && !answers.iter().any(is_unhandled)
                && answers.iter().any(is_read)
            {
                for (status, result) in answers {
                    self.report(Kind::NothingProven, format!("every {method} was answered {status}"), result);
                }
            }
        }
    }

    /// The same request without an Origin, which is none of CORS.
    pub(super) fn without_origin(&mut self) {
        for (_, result) in self.results.of(|question| *question == Question::NoOrigin) {
            let method = result.log.last().map(|exchange| exchange.received.method.clone());
            let is_same = |question: &Question| {
                matches!(question, Question::Reader { method: of, headers, .. }
                    if headers.is_empty() && Some(of) == method.as_ref())
            };
            let mut with_origin = self.results.of(is_same).filter(|(_, other)| other.engine == result.engine);
            let is_answered =
                with_origin.any(|(_, other)| final_answer(other).is_some_and(|answer| answer.status < 400));
            let status = final_answer(result).map(|answer| answer.status).filter(|status| *status >= 400);
            if let (true, Some(status), Some(method)) = (is_answered, status, &method) {
                let severity = if status >= 500 { Severity::Broken } else { Severity::Advice };
                let subject = format!("{method} is answered {status}");
                self.report_as(Kind::FailsWithoutOrigin, severity, subject, result);
            }
        }
    }

    /// The same request without an Origin that nobody answers, where others are answered.
    pub(super) fn silence_without_origin(&mut self) {
        let is_answered = |engine| {
            self.results.of(Question::is_plain_reader).any(|(_, other)| {
                other.engine == engine && final_answer(other).is_some_and(|answer| answer.status < 400)
            })
        };
        let silent: Vec<(String, &CaseResult)> = self
            .results
            .unanswered(|question| *question == Question::NoOrigin)
            .filter(|result| is_answered(result.engine))
            .filter_map(|result| Some((result.log.last()?.received.method.clone(), result)))
            .collect();
        for (method, result) in silent {
            self.report(Kind::FailsWithoutOrigin, format!("{method} is not answered"), result);
        }
    }

    /// Records answers that a page could read, but that are errors or redirects instead of the resource.
    fn record_answer_status(&mut self, method: &str, result: &CaseResult) {
        let status = final_answer(result).map(|message| message.status);
        if let Some(status) =
            status.filter(|status| UNHANDLED.contains(status) && !self.has(Kind::NothingProven))
        {
            self.report(Kind::NotServed, format!("{status} to {method}"), result);
        }
    }

    fn reads_plainly(&self, origin: &Origin, result: &CaseResult) -> bool {
        self.plain_requests(origin, result).any(|plain| readable(plain) == Some(true))
    }

    /// The requests of the same page in the same engine that need no preflight.
    fn plain_requests<'a>(
        &'a self,
        origin: &'a Origin,
        result: &'a CaseResult,
    ) -> impl Iterator<Item = &'a CaseResult> {
        let asks_plainly = move |question: &Question| {
            matches!(question, Question::Reader { origin: of, headers, method, .. }
                if of == origin && headers.is_empty() && is_cors_safelisted_method(method))
        };
        let plain = self.results.of(asks_plainly).map(|(_, plain)| plain);
        plain.filter(|plain| plain.engine == result.engine)
    }

    /// Whether the same page's plain request gets an answer that is no error, although perhaps not to be read: then an
    /// error of the preflight is about the origin, not about a login.
    fn is_answered_plainly(&self, origin: &Origin, result: &CaseResult) -> bool {
        self.plain_requests(origin, result)
            .any(|plain| final_answer(plain).is_some_and(|answer| (200..300).contains(&answer.status)))
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
                self.record_refused_headers(request, result);
            }
            (Some(Reason::AllowCredentialsNotTrue | Reason::WildcardWithCredentials), _) => {
                self.report(Kind::CredentialsLockedOut, origin, result);
            }
            // Sometimes it can: a finding says so already.
            (Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch), _)
                if self.has(Kind::Unstable) => {}
            (Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch), Some(Blocked::Preflight))
                if request.reads_plainly
                    || (!is_preflight_ok(result) && !self.is_answered_plainly(request.origin, result)) =>
            {
                self.record_bare_preflight(request, result);
            }
            (Some(Reason::AllowOriginMissing), Some(Blocked::Error(status))) if request.reads_plainly => {
                self.report(Kind::ErrorsUnreadable, format!("{status} to {}", request.words()), result);
            }
            (_, _) => {
                let words = if request.reads_plainly { request.words() } else { origin };
                self.report(Kind::OriginLockedOut, words + &miswritten(request.origin, result), result);
            }
        }
    }

    /// Headers that a preflight does not grant: one, or several together that are granted one by one.
    fn record_refused_headers(&mut self, request: &DeclaredRequest<'_>, result: &CaseResult) {
        match request.headers {
            [] => self.report(Kind::HeaderLockedOut, request.words(), result),
            [header] => self.report(Kind::HeaderLockedOut, header.clone(), result),
            headers if headers.iter().all(|header| self.is_granted_alone(header, request, result)) => {
                self.report(Kind::HeadersRefusedTogether, headers.join(", "), result);
            }
            // Which of them are refused is told of each.
            _ => {}
        }
    }

    /// Whether another preflight of the same page was answered so that its request could be read.
    fn passes_other_preflight(&self, request: &DeclaredRequest<'_>, result: &CaseResult) -> bool {
        let is_of_page = |question: &Question| matches!(question, Question::Reader { origin, .. } if origin == request.origin);
        self.results.of(is_of_page).any(|(_, other)| {
            other.engine == result.engine && preflight(other).is_some() && readable(other) == Some(true)
        })
    }

    fn is_granted_alone(&self, header: &str, request: &DeclaredRequest<'_>, result: &CaseResult) -> bool {
        let is_alone = |question: &Question| {
            matches!(question, Question::Reader { origin, method, headers, .. }
                if origin == request.origin && method == request.method && headers[..] == [header.to_owned()])
        };
        self.results
            .of(is_alone)
            .any(|(_, alone)| alone.engine == result.engine && readable(alone) == Some(true))
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
    fn record_bare_preflight(&mut self, request: &DeclaredRequest<'_>, result: &CaseResult) {
        let Some(answer) = answer_to_preflight(result) else { return };
        // Somebody handles preflights, and this one alone is refused.
        if self.passes_other_preflight(request, result) {
            if request.headers.len() > 1
                && request.headers.iter().all(|header| self.is_granted_alone(header, request, result))
            {
                self.report(Kind::HeadersRefusedTogether, request.headers.join(", "), result);
            } else {
                let words =
                    format!("{} without Access-Control-Allow-Origin to {}", answer.status, request.words());
                self.report(Kind::PreflightRejected, words, result);
            }
            return;
        }
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

/// How the last answer writes the origin that it means otherwise than browsers send it, in brackets.
fn miswritten(origin: &Origin, result: &CaseResult) -> String {
    let answer = result.log.last().and_then(message);
    let value = answer.and_then(|answer| header(answer, "access-control-allow-origin")).unwrap_or_default();
    match OriginSlip::of(&value, origin).as_slice() {
        [] => String::new(),
        slips => format!(" (the answer has {value}: {})", origin_slip::listed(slips)),
    }
}

fn answer_to_preflight(result: &CaseResult) -> Option<&Message> {
    preflight(result).and_then(|(_, answer)| answer)
}

fn is_preflight_ok(result: &CaseResult) -> bool {
    answer_to_preflight(result).is_none_or(|answer| (200..300).contains(&answer.status))
}

/// A part of a path that stands for something, as routes are written: `{id}`, `:id`, `<id>`, `[id]`, `$id`, `*`.
fn placeholder(path: &str) -> Option<&str> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').find(|part| {
        let is_braced = |open, close| part.contains(open) && part.contains(close);
        is_braced("{", "}")
            || is_braced("%7B", "%7D")
            || is_braced("%7b", "%7d")
            || is_braced("<", ">")
            || is_braced("[", "]")
            || part.contains('*')
            || (part.starts_with([':', '$']) && part.len() > 1)
    })
}
