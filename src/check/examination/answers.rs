//! The headers of the answers themselves, errors among them.

use corsproof_fixture::AnsweredBy;
use fetch_model::Reason;

use super::{
    examiner::Examiner,
    result::{final_answer, members, readable, reason, request_line, sees_header},
};
use crate::{
    check::{
        cases::{ErrorPlace, Question},
        finding::{Kind, Severity},
    },
    evidence::{header, message},
};

impl Examiner<'_> {
    pub(super) fn errors(&mut self) {
        for (probe, result) in self.results.of(|_| true) {
            let Question::Error(place) = &probe.question else { continue };
            let Some(status) =
                final_answer(result).map(|message| message.status).filter(|status| *status >= 400)
            else {
                continue;
            };
            let lacks_origin =
                matches!(reason(result), Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch));
            let is_locked_out = self.has(Kind::OriginLockedOut) || self.has(Kind::Unstable);
            if readable(result) == Some(false) && lacks_origin && !is_locked_out {
                let severity = match place {
                    ErrorPlace::Declared => Severity::Broken,
                    ErrorPlace::Elsewhere => Severity::Advice,
                };
                let request = result.log.last().map(request_line).unwrap_or_default();
                self.report_as(Kind::ErrorsUnreadable, severity, format!("{status} to {request}"), result);
            }
        }
    }

    /// Examines the headers of every answer.
    pub(super) fn answers(&mut self) {
        for (probe, result) in self.results.of(|_| true) {
            for message in result.log.iter().filter(|e| e.by == AnsweredBy::Upstream).filter_map(message) {
                let origin = header(message, "access-control-allow-origin");
                let credentials = header(message, "access-control-allow-credentials");
                if let Some(credentials) = credentials.as_ref().filter(|value| *value != "true") {
                    self.report(Kind::CredentialsNotExactlyTrue, credentials.clone(), result);
                }
                if origin.as_deref() == Some("*") && credentials.is_some() {
                    self.report(Kind::WildcardWithCredentialsIgnored, "*", result);
                }
            }
            if probe.question == Question::PlainOptions
                && let Some(message) = final_answer(result)
                && ["access-control-allow-methods", "access-control-allow-headers", "access-control-max-age"]
                    .iter()
                    .any(|name| header(message, name).is_some())
            {
                self.report(Kind::PreflightSwallowsOptions, message.status.to_string(), result);
            }
        }
    }

    pub(super) fn exposed(&mut self) {
        let readers: Vec<_> = self
            .results
            .of(Question::is_reader)
            .filter(|(_, result)| readable(result) == Some(true) && final_answer(result).is_some())
            .collect();
        for name in &self.policy.exposed_headers {
            let sent: Vec<_> = readers
                .iter()
                .filter(|(_, result)| {
                    final_answer(result).is_some_and(|message| header(message, name).is_some())
                })
                .collect();
            if let (true, Some((_, result))) = (sent.is_empty(), readers.first()) {
                self.report(Kind::HeaderUnexposed, format!("{name} (no answer has it)"), result);
            }
            for (_, result) in sent {
                if !sees_header(result, name) {
                    let granted =
                        final_answer(result).map(|answer| members(answer, "access-control-expose-headers"));
                    let is_wildcard = granted.is_some_and(|names| names.iter().any(|name| name == "*"));
                    let subject = match is_wildcard {
                        true => format!(
                            "{name} (* is only the name of a header where a page asks with credentials)"
                        ),
                        false => name.clone(),
                    };
                    self.report(Kind::HeaderUnexposed, subject, result);
                }
            }
        }
    }
}
