//! From what cases showed to findings.
//!
//! What a finding says of a server rests on what the server answered to a browser, on what the standard makes of
//! exactly that answer, and on that the browser did the same. Where the browser did something else the engines
//! disagree, which is a finding of its own and no other.

use std::collections::{BTreeMap, BTreeSet};

use corsproof_fixture::{AnsweredBy, Exchange, Message};

use super::{
    cases::{ErrorPlace, Probe, Question},
    finding::{Finding, Kind, Severity},
    policy::{Policy, PolicyFile},
    strangers::Disguise,
};
use crate::{
    case::CaseId,
    engine::Engine,
    evidence::{self, Evidence, header, message},
    judge::Verdict,
    observation::{GivenReason, Outcome, Read},
    run::CaseResult,
    standard::{CredentialsMode, Reason, is_cors_safelisted_method},
};

/// How long engines keep a preflight's answer at most, in seconds. Documented, not observed:
/// <https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age> has Chromium's and
/// Firefox's; WebKit's stands in its `CrossOriginPreflightResultCache.cpp`.
pub(super) const CAPS: [(Engine, u64); 3] =
    [(Engine::Chromium, 7_200), (Engine::Firefox, 86_400), (Engine::WebKit, 600)];

/// What a server says to a method that it has no handler for.
const UNHANDLED: [u16; 3] = [404, 405, 501];

/// What was seen of one policy.
pub(super) struct Seen<'a> {
    results: Vec<(&'a Probe, &'a CaseResult)>,
}

/// All findings of a policy.
pub(super) fn examine(file: &PolicyFile, policy: &Policy, seen: &Seen<'_>) -> Vec<Finding> {
    let mut examiner = Examiner { file, policy, seen, found: BTreeMap::new() };
    examiner.engines();
    examiner.redirects();
    examiner.stability();
    examiner.readers();
    examiner.strangers();
    examiner.undeclared();
    examiner.errors();
    examiner.answers();
    examiner.max_age();
    examiner.exposed();
    examiner.caches();
    examiner.protocols();
    examiner.findings()
}

/// What is known of one finding so far.
struct Draft {
    severity: Severity,
    subjects: BTreeSet<String>,
    engines: BTreeSet<Engine>,
    evidence: Evidence,
}

struct Examiner<'a> {
    file: &'a PolicyFile,
    policy: &'a Policy,
    seen: &'a Seen<'a>,
    found: BTreeMap<Kind, Draft>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(policy: usize, probes: &'a [Probe], results: &'a [CaseResult]) -> Self {
        let own = probes.iter().enumerate().filter(|(_, probe)| probe.policy == policy);
        let probes: BTreeMap<&CaseId, (usize, &Probe)> =
            own.map(|(number, probe)| (&probe.case.id, (number, probe))).collect();
        let mut results: Vec<_> =
            results.iter().filter_map(|result| Some((*probes.get(&result.case.id)?, result))).collect();
        // Not as they happened to arrive: the first that shows something becomes the evidence.
        results.sort_by_key(|((number, _), result)| (*number, result.engine));
        Self { results: results.into_iter().map(|((_, probe), result)| (probe, result)).collect() }
    }

    /// Results that say something, of the questions that `wanted` picks.
    fn of(&self, wanted: impl Fn(&Question) -> bool) -> impl Iterator<Item = (&'a Probe, &'a CaseResult)> {
        self.results
            .iter()
            .copied()
            .filter(move |(probe, result)| wanted(&probe.question) && was_observed(result))
    }

    fn ids(&self, wanted: impl Fn(&Question) -> bool) -> Vec<CaseId> {
        let ids: BTreeSet<CaseId> = self.of(wanted).map(|(probe, _)| probe.case.id.clone()).collect();
        ids.into_iter().collect()
    }

    pub(super) fn all(&self) -> Vec<CaseId> {
        self.ids(|_| true)
    }

    pub(super) fn readers(&self) -> Vec<CaseId> {
        self.ids(|question| matches!(question, Question::Reader { .. }))
    }

    pub(super) fn strangers(&self) -> Vec<CaseId> {
        self.ids(|question| {
            matches!(
                question,
                Question::Stranger(_)
                    | Question::StrangerWithCredentials
                    | Question::StrangerWithoutCredentials
                    | Question::StrangersChange
            )
        })
    }

    pub(super) fn credentialed(&self) -> Vec<CaseId> {
        self.ids(|question| {
            matches!(question, Question::Reader { credentials: CredentialsMode::Include, .. })
        })
    }

    pub(super) fn about_methods(&self) -> Vec<CaseId> {
        self.ids(|question| {
            matches!(question, Question::Reader { header: None, .. } | Question::UndeclaredMethod(_))
        })
    }

    pub(super) fn about_headers(&self) -> Vec<CaseId> {
        self.ids(|question| {
            matches!(question, Question::Reader { header: Some(_), .. } | Question::UndeclaredHeader)
        })
    }

    pub(super) fn cached(&self) -> Vec<CaseId> {
        self.ids(|question| matches!(question, Question::BrowserCache | Question::SharedCache))
    }

    pub(super) fn kept(&self) -> Vec<CaseId> {
        self.ids(|question| matches!(question, Question::PreflightKept | Question::PreflightExpires))
    }

    /// Reader cases that made a preflight.
    pub(super) fn with_preflight(&self) -> Vec<CaseId> {
        let readers = self.of(|question| matches!(question, Question::Reader { .. }));
        let ids: BTreeSet<CaseId> = readers
            .filter(|(_, result)| preflight(result).is_some())
            .map(|(probe, _)| probe.case.id.clone())
            .collect();
        ids.into_iter().collect()
    }

    pub(super) fn preflight_statuses(&self) -> String {
        let statuses: BTreeSet<String> = self
            .of(|question| matches!(question, Question::Reader { .. }))
            .filter_map(|(_, result)| preflight(result)?.1.map(|message| message.status.to_string()))
            .collect();
        statuses.into_iter().collect::<Vec<_>>().join(", ")
    }

    pub(super) fn max_ages(&self) -> Vec<String> {
        let ages: BTreeSet<String> = self
            .of(|question| matches!(question, Question::Reader { .. } | Question::PreflightKept))
            .filter_map(|(_, result)| header(preflight(result)?.1?, "access-control-max-age"))
            .collect();
        ages.into_iter().collect()
    }

    /// What was seen of preflights that serve two requests, by engine.
    pub(super) fn preflights_kept(&self) -> String {
        let told: Vec<String> = self
            .of(|question| *question == Question::PreflightKept)
            .map(|(_, result)| {
                let preflights =
                    result.log.iter().filter(|exchange| exchange.received.is_preflight()).count();
                let requests = result.log.len() - preflights;
                format!("{}: {preflights} for {requests}", result.engine)
            })
            .collect();
        format!("preflights for requests seen: {}", told.join(", "))
    }

    pub(super) fn engines(&self) -> String {
        let engines: BTreeSet<Engine> = self.results.iter().map(|(_, result)| result.engine).collect();
        engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(", ")
    }

    /// The plain GETs and HEADs on the policy's path, with whatever Origin.
    fn plain_answers(&self) -> impl Iterator<Item = (&'a Probe, &'a CaseResult, &'a Message)> {
        let plain = |question: &Question| {
            matches!(
                question,
                Question::Reader { header: None, .. } | Question::Stranger(_) | Question::NoOrigin
            )
        };
        self.of(plain).filter_map(|(probe, result)| {
            let exchange = result.log.iter().rfind(|exchange| exchange.by == AnsweredBy::Upstream)?;
            let message = message(exchange)?;
            let is_plain =
                matches!(exchange.received.method.as_str(), "GET" | "HEAD") && message.status < 400;
            is_plain.then_some((probe, result, message))
        })
    }

    /// Whether plain answers differ in who may read them.
    pub(super) fn depends_on_origin(&self) -> bool {
        let granted: BTreeSet<Option<String>> = self
            .plain_answers()
            .map(|(_, _, message)| header(message, "access-control-allow-origin"))
            .collect();
        granted.len() > 1
    }
}

impl Examiner<'_> {
    fn report(&mut self, kind: Kind, subject: impl Into<String>, result: &CaseResult) {
        self.report_as(kind, kind.severity(), subject, result);
    }

    fn report_as(&mut self, kind: Kind, severity: Severity, subject: impl Into<String>, result: &CaseResult) {
        let draft = self.found.entry(kind).or_insert_with(|| Draft {
            severity,
            subjects: BTreeSet::new(),
            engines: BTreeSet::new(),
            evidence: Evidence::of(result),
        });
        // Severities are in order, the worst first.
        if severity < draft.severity {
            draft.severity = severity;
            draft.evidence = Evidence::of(result);
        }
        draft.subjects.insert(subject.into());
        draft.engines.insert(result.engine);
    }

    fn has(&self, kind: Kind) -> bool {
        self.found.contains_key(&kind)
    }

    fn findings(self) -> Vec<Finding> {
        let path = &self.policy.path;
        self.found
            .into_iter()
            .map(|(kind, draft)| Finding {
                kind,
                severity: draft.severity,
                path: path.clone(),
                found: super::wording::found(kind, &draft.subjects),
                engines: draft.engines,
                evidence: Some(draft.evidence),
            })
            .collect()
    }

    /// An engine that concludes something else of the same bytes than the standard does.
    fn engines(&mut self) {
        for (_, result) in self.seen.of(|_| true) {
            // The network refuses what is not declared, in words that an engine may take for an answer.
            if self.redirected_away(result).is_some() {
                continue;
            }
            if let Some((predicted, observed)) = disagreement(result) {
                let subject = format!(
                    "{} of {} ({}, where the standard says {})",
                    result.engine,
                    result.case.id,
                    observed.read.word(),
                    predicted.read.word()
                );
                self.report(Kind::EnginesDisagree, subject, result);
            }
        }
    }

    /// A redirect away from the one origin that the file declares.
    fn redirects(&mut self) {
        for (_, result) in self.seen.of(|_| true) {
            if let Some(target) = self.redirected_away(result) {
                self.report(Kind::UndeclaredRedirect, target, result);
            }
        }
    }

    fn redirected_away(&self, result: &CaseResult) -> Option<String> {
        evidence::redirected_away(&result.log, &self.file.server.origin)
    }

    /// Identical requests, different answers.
    fn stability(&mut self) {
        for (_, result) in self.seen.of(|question| *question == Question::Repeat) {
            let reads: BTreeSet<&str> = result.predicted.steps.iter().map(|step| step.read.word()).collect();
            let actual = result.log.iter().filter(|exchange| !exchange.received.is_preflight());
            let granted: BTreeSet<Option<String>> = actual
                .filter_map(message)
                .map(|message| header(message, "access-control-allow-origin"))
                .collect();
            if reads.len() > 1 || granted.len() > 1 {
                let values: Vec<String> = granted
                    .into_iter()
                    .map(|value| value.unwrap_or_else(|| "no Access-Control-Allow-Origin".to_owned()))
                    .collect();
                self.report(Kind::Unstable, values.join(" and "), result);
            }
        }
    }

    /// Who is declared and cannot read.
    fn readers(&mut self) {
        let readers: Vec<_> = self.seen.of(|question| matches!(question, Question::Reader { .. })).collect();
        for (probe, result) in &readers {
            if readable(result) != Some(false) || self.redirected_away(result).is_some() {
                continue;
            }
            let Question::Reader { origin, method, header, credentials } = &probe.question else { continue };
            let asks_plainly = |other: &Question| {
                matches!(other, Question::Reader { origin: of, header: None, method, .. }
                    if of == origin && is_cors_safelisted_method(method))
            };
            // In the same engine: another may speak another protocol.
            let reads_plainly = readers.iter().any(|(other, plain)| {
                plain.engine == result.engine
                    && asks_plainly(&other.question)
                    && readable(plain) == Some(true)
            });
            let asked = match header {
                Some(header) => format!("{method} with {header} from {origin}"),
                None => format!("{method} from {origin}"),
            };
            let blocked_at = blocked_at(result);
            match (reason(result), blocked_at) {
                (Some(Reason::AllowOriginMultiple), _) => {
                    self.report(Kind::DuplicateAllowOrigin, origin.serialize(), result);
                }
                (Some(Reason::PreflightStatus | Reason::PreflightRedirect), _) => {
                    let status = preflight(result).and_then(|(_, answer)| Some(answer?.status));
                    let kind = match status {
                        Some(status) if UNHANDLED.contains(&status) => Kind::OptionsNotHandled,
                        _ => Kind::PreflightRejected,
                    };
                    let status = status.map_or_else(|| "nothing".to_owned(), |status| status.to_string());
                    self.report(kind, status, result);
                }
                (Some(Reason::MethodNotAllowed | Reason::AllowMethodsInvalid), _) => {
                    self.report(Kind::MethodLockedOut, method.clone(), result);
                }
                (Some(Reason::HeaderNotAllowed | Reason::AllowHeadersInvalid), _) => {
                    let header = header.clone().unwrap_or_else(|| asked.clone());
                    self.report(Kind::HeaderLockedOut, header, result);
                }
                (Some(Reason::AllowCredentialsNotTrue | Reason::WildcardWithCredentials), _) => {
                    debug_assert_eq!(*credentials, CredentialsMode::Include);
                    self.report(Kind::CredentialsLockedOut, origin.serialize(), result);
                }
                // Sometimes it can: told already.
                (Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch), _)
                    if self.has(Kind::Unstable) => {}
                // The preflight alone lacks what the other answers have.
                (
                    Some(Reason::AllowOriginMissing | Reason::AllowOriginMismatch),
                    Some(Blocked::Preflight),
                ) if reads_plainly => {
                    let message = preflight(result).and_then(|(_, answer)| answer);
                    let says_something = message.is_some_and(|message| {
                        message
                            .headers
                            .iter()
                            .any(|(name, _)| name.to_ascii_lowercase().starts_with("access-control-allow-"))
                    });
                    let is_refused = message.is_some_and(|message| {
                        !(200..300).contains(&message.status) && !UNHANDLED.contains(&message.status)
                    });
                    let kind = if says_something || is_refused {
                        Kind::PreflightRejected
                    } else {
                        Kind::OptionsNotHandled
                    };
                    let status = message.map_or_else(String::new, |message| message.status.to_string());
                    self.report(kind, format!("{status} without Access-Control-Allow-Origin"), result);
                }
                (Some(Reason::AllowOriginMissing), Some(Blocked::Error(status))) if reads_plainly => {
                    self.report(Kind::ErrorsUnreadable, format!("{status} to {asked}"), result);
                }
                (_, _) if reads_plainly => self.report(Kind::OriginLockedOut, asked, result),
                _ => self.report(Kind::OriginLockedOut, origin.serialize(), result),
            }
        }
    }

    /// Who is not declared and can read.
    fn strangers(&mut self) {
        let strangers: Vec<_> = self
            .seen
            .of(|question| {
                matches!(
                    question,
                    Question::Stranger(_)
                        | Question::StrangerWithCredentials
                        | Question::StrangerWithoutCredentials
                )
            })
            .collect();
        let mut trusted: BTreeSet<Disguise> = BTreeSet::new();
        for (probe, result) in &strangers {
            let granted = actual(result).and_then(|message| header(message, "access-control-allow-origin"));
            if readable(result) != Some(true) {
                let is_unrelated = probe.question == Question::Stranger(Disguise::Unrelated);
                if let Some(granted) = granted.filter(|granted| is_unrelated && granted != "*") {
                    self.report(Kind::AllowOriginOnDeny, granted, result);
                }
                continue;
            }
            match &probe.question {
                _ if granted.as_deref() == Some("*") => {
                    let kind = if self.policy.private {
                        Kind::WildcardWithPrivateData
                    } else {
                        Kind::WildcardInsteadOfList
                    };
                    self.report(kind, "*", result);
                }
                Question::Stranger(Disguise::Unrelated)
                | Question::StrangerWithCredentials
                | Question::StrangerWithoutCredentials => {
                    self.report(Kind::ReflectsAnyOrigin, page(probe), result);
                }
                Question::Stranger(disguise) => drop(trusted.insert(*disguise)),
                _ => {}
            }
        }
        let everybody = [Kind::ReflectsAnyOrigin, Kind::WildcardWithPrivateData, Kind::WildcardInsteadOfList];
        if everybody.iter().any(|kind| self.has(*kind)) {
            return;
        }
        for (probe, result) in &strangers {
            let Question::Stranger(disguise) = probe.question else { continue };
            if readable(result) == Some(true) && !is_implied(disguise, &trusted) {
                self.report(kind_of(disguise), page(probe), result);
            }
        }
        let changes: Vec<_> = self.seen.of(|question| *question == Question::StrangersChange).collect();
        for (_, result) in changes {
            let status = actual(result).map(|message| message.status);
            if let Some(status) =
                status.filter(|status| (200..300).contains(status) && readable(result) == Some(false))
            {
                self.report(Kind::StateChangedUnread, format!("POST was answered {status}"), result);
            }
        }
    }

    /// What is granted and not declared.
    fn undeclared(&mut self) {
        for (probe, result) in self.seen.of(|_| true) {
            match &probe.question {
                Question::UndeclaredMethod(method) if readable(result) == Some(true) => {
                    self.report(Kind::MethodUnneeded, method.clone(), result);
                }
                Question::UndeclaredHeader if readable(result) == Some(true) => {
                    self.report(Kind::HeaderUnneeded, "any other", result);
                }
                Question::Reader { .. } => self.listed(result),
                _ => {}
            }
        }
    }

    /// What a preflight's answer lists beyond what is declared.
    fn listed(&mut self, result: &CaseResult) {
        let Some((_, Some(answer))) = preflight(result) else { return };
        for method in members(answer, "access-control-allow-methods") {
            let is_needed = self.policy.methods.contains(&method) || method == "OPTIONS";
            if !is_needed && !is_cors_safelisted_method(&method) {
                self.report(Kind::MethodUnneeded, method, result);
            }
        }
        for name in members(answer, "access-control-allow-headers") {
            let declared = &self.policy.request_headers;
            let is_declared = declared.iter().any(|declared| declared.eq_ignore_ascii_case(&name));
            let is_safe = ["accept", "accept-language", "content-language", "content-type", "range"]
                .contains(&name.to_ascii_lowercase().as_str());
            if !is_declared && !is_safe {
                self.report(Kind::HeaderUnneeded, name, result);
            }
        }
    }

    fn errors(&mut self) {
        for (probe, result) in self.seen.of(|_| true) {
            let Question::Error(place) = &probe.question else { continue };
            let Some(status) = actual(result).map(|message| message.status).filter(|status| *status >= 400)
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
                let asked = result.log.last().map(asked).unwrap_or_default();
                self.report_as(Kind::ErrorsUnreadable, severity, format!("{status} to {asked}"), result);
            }
        }
    }

    /// What stands in the answers themselves.
    fn answers(&mut self) {
        for (probe, result) in self.seen.of(|_| true) {
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
                && let Some(message) = actual(result)
                && ["access-control-allow-methods", "access-control-allow-headers", "access-control-max-age"]
                    .iter()
                    .any(|name| header(message, name).is_some())
            {
                self.report(Kind::PreflightSwallowsOptions, message.status.to_string(), result);
            }
        }
    }

    fn max_age(&mut self) {
        let kept = |question: &Question| matches!(question, Question::PreflightKept);
        for (_, result) in self.seen.of(kept) {
            let Some((_, Some(answer))) = preflight(result) else { continue };
            if readable(result) != Some(true) {
                continue;
            }
            let said = header(answer, "access-control-max-age");
            let Some(seconds) = said.as_ref().and_then(|value| value.trim().parse::<u64>().ok()) else {
                self.report(Kind::MaxAgeMissing, said.unwrap_or_default(), result);
                continue;
            };
            if self.policy.max_age.is_some_and(|declared| declared != seconds) {
                self.report(Kind::MaxAgeDiffers, seconds.to_string(), result);
            }
            if CAPS.iter().any(|(_, cap)| seconds > *cap) {
                let caps: Vec<String> = CAPS
                    .iter()
                    .filter(|(_, cap)| seconds > *cap)
                    .map(|(engine, cap)| format!("{engine} {cap}"))
                    .collect();
                self.report(Kind::MaxAgeAboveCap, format!("{seconds} (kept by {})", caps.join(", ")), result);
            }
        }
    }

    fn exposed(&mut self) {
        let readers: Vec<_> = self
            .seen
            .of(|question| matches!(question, Question::Reader { .. }))
            .filter(|(_, result)| readable(result) == Some(true) && actual(result).is_some())
            .collect();
        for name in &self.policy.exposed_headers {
            let sent: Vec<_> = readers
                .iter()
                .filter(|(_, result)| actual(result).is_some_and(|message| header(message, name).is_some()))
                .collect();
            if let (true, Some((_, result))) = (sent.is_empty(), readers.first()) {
                self.report(Kind::HeaderUnexposed, format!("{name} (no answer has it)"), result);
            }
            for (_, result) in sent {
                if !sees_header(result, name) {
                    self.report(Kind::HeaderUnexposed, name.clone(), result);
                }
            }
        }
    }

    fn caches(&mut self) {
        let cached: Vec<_> = self
            .seen
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
        if self.has(Kind::CachedForAnotherOrigin) || !self.seen.depends_on_origin() {
            return;
        }
        for (probe, result, message) in self.seen.plain_answers() {
            let varies = members(message, "vary")
                .iter()
                .any(|name| name == "*" || name.eq_ignore_ascii_case("origin"));
            if !varies {
                self.report(Kind::VaryMissing, who(&probe.question), result);
            }
        }
    }

    fn protocols(&mut self) {
        let older: Vec<_> = self.seen.of(|question| *question == Question::OverHttp1).collect();
        for (_, result) in older {
            let newer = self.seen.of(|question| matches!(question, Question::Reader { .. })).find(
                |(probe, other)| {
                    let (step, other_step) = (&result.case.steps[0], &probe.case.steps[0]);
                    other.engine == result.engine
                        && (&step.page, &step.request.method, &step.request.headers)
                            == (&other_step.page, &other_step.request.method, &other_step.request.headers)
                        && step.request.credentials == other_step.request.credentials
                },
            );
            if newer.is_some_and(|(_, newer)| readable(newer) != readable(result)) {
                self.report(Kind::ProtocolsDisagree, "HTTP/1.1 and HTTP/2", result);
            }
        }
    }
}

/// What is trusted by a stranger's disguise.
fn kind_of(disguise: Disguise) -> Kind {
    match disguise {
        Disguise::Unrelated => Kind::ReflectsAnyOrigin,
        Disguise::SandboxedFrame | Disguise::Redirect => Kind::TrustsNull,
        Disguise::Scheme => Kind::TrustsOtherScheme,
        Disguise::Port => Kind::TrustsOtherPort,
        Disguise::Subdomain | Disguise::Sibling => Kind::TrustsSubdomain,
        Disguise::Prefix => Kind::TrustsPrefix,
        Disguise::SuffixOfDomain | Disguise::SuffixOfHost => Kind::TrustsSuffix,
        Disguise::Substring => Kind::TrustsSubstring,
        Disguise::UnescapedDot => Kind::TrustsUnescapedDot,
        Disguise::TrailingDot | Disguise::SpecialCharacter => Kind::TrustsSpecialCharacters,
        Disguise::Localhost => Kind::TrustsLocalhost,
    }
}

/// Whether a disguise is trusted because another is: one mistake is one finding.
fn is_implied(disguise: Disguise, trusted: &BTreeSet<Disguise>) -> bool {
    let is_trusted = |other: Disguise| trusted.contains(&other);
    let ends_alike = is_trusted(Disguise::SuffixOfDomain)
        || (is_trusted(Disguise::SuffixOfHost) && !is_trusted(Disguise::Sibling));
    match disguise {
        Disguise::Prefix | Disguise::SuffixOfDomain | Disguise::Scheme => is_trusted(Disguise::Substring),
        Disguise::Port | Disguise::SpecialCharacter | Disguise::TrailingDot => {
            is_trusted(Disguise::Substring) || is_trusted(Disguise::Prefix)
        }
        Disguise::UnescapedDot => is_trusted(Disguise::Substring) || ends_alike,
        Disguise::SuffixOfHost => is_trusted(Disguise::Substring) || is_trusted(Disguise::Sibling),
        Disguise::Subdomain | Disguise::Sibling => is_trusted(Disguise::Substring) || ends_alike,
        _ => false,
    }
}

/// Who asked, where it does not matter which of them.
fn who(question: &Question) -> &'static str {
    match question {
        Question::Reader { .. } => "a declared origin",
        Question::NoOrigin => "a request without an Origin",
        _ => "a stranger",
    }
}

fn page(probe: &Probe) -> String {
    match probe.question {
        Question::Stranger(Disguise::SandboxedFrame) => "null (a sandboxed frame)".to_owned(),
        Question::Stranger(Disguise::Redirect) => "null (after a redirect)".to_owned(),
        _ => probe.case.steps[0].page.serialize(),
    }
}

/// Whether anything can be said of a result.
fn was_observed(result: &CaseResult) -> bool {
    result.observed.is_some()
        && !matches!(result.verdict, Verdict::Failed { .. } | Verdict::NotApplicable { .. })
}

/// The first step on which browser and standard do not agree what can be read.
fn disagreement(result: &CaseResult) -> Option<(&Outcome, &Outcome)> {
    let observed = result.observed.as_ref()?;
    let steps = result.predicted.steps.iter().zip(&observed.steps);
    steps.into_iter().find(|(predicted, observed)| predicted.read.word() != observed.read.word())
}

/// Whether the last step can be read: browser and standard say the same. A request that was let go and withheld
/// counts as one that can.
fn readable(result: &CaseResult) -> Option<bool> {
    if result.log.iter().any(|exchange| exchange.by == AnsweredBy::Withheld) {
        return Some(true);
    }
    if disagreement(result).is_some() {
        return None;
    }
    result.predicted.steps.last().map(|outcome| outcome.read != Read::Blocked)
}

fn reason(result: &CaseResult) -> Option<Reason> {
    match result.predicted.steps.last()?.reason? {
        GivenReason::Given(reason) => Some(reason),
        GivenReason::Unreported => None,
    }
}

/// Where a blocked read was blocked.
enum Blocked {
    Preflight,
    Error(u16),
    Answer,
}

fn blocked_at(result: &CaseResult) -> Option<Blocked> {
    let last = result.log.last()?;
    if last.received.is_preflight() {
        return Some(Blocked::Preflight);
    }
    let status = message(last)?.status;
    Some(if status >= 400 { Blocked::Error(status) } else { Blocked::Answer })
}

fn sees_header(result: &CaseResult, name: &str) -> bool {
    let step = result.observed.as_ref().and_then(|observed| observed.steps.last());
    match step.map(|step| &step.read) {
        Some(Read::Allowed(response)) => response.headers.contains_key(&name.to_ascii_lowercase()),
        _ => false,
    }
}

fn asked(exchange: &Exchange) -> String {
    format!("{} {}", exchange.received.method, exchange.received.url.path())
}

/// The first preflight and its answer.
fn preflight(result: &CaseResult) -> Option<(&Exchange, Option<&Message>)> {
    result
        .log
        .iter()
        .find(|exchange| exchange.received.is_preflight())
        .map(|exchange| (exchange, message(exchange)))
}

/// The last answer that is none to a preflight.
fn actual(result: &CaseResult) -> Option<&Message> {
    let actual =
        |exchange: &&Exchange| !exchange.received.is_preflight() && exchange.by != AnsweredBy::Script;
    result.log.iter().rfind(actual).and_then(message)
}

fn members(message: &Message, name: &str) -> Vec<String> {
    let value = header(message, name).unwrap_or_default();
    value.split(',').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned).collect()
}
