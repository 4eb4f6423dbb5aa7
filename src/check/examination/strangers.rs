//! Origins that are not declared and can read.

use std::collections::BTreeSet;

use corsproof_fixture::AnsweredBy;

use super::{
    examiner::Examiner,
    result::{final_answer, members, readable},
};
use crate::{
    check::{
        cases::{Probe, Question},
        finding::Kind,
        strangers::Disguise,
    },
    evidence::{header, message},
    run::CaseResult,
};

impl Examiner<'_> {
    /// Each stranger: where everybody can read, no disguise says more.
    pub(super) fn strangers(&mut self) {
        let mut trusted: BTreeSet<Disguise> = BTreeSet::new();
        for (probe, result) in self.results.of(Question::is_stranger) {
            let granted =
                final_answer(result).and_then(|message| header(message, "access-control-allow-origin"));
            if is_let_in(probe, result) {
                trusted.extend(self.record_admission(probe, granted.as_deref(), result));
            } else {
                self.record_denial(probe, granted, result);
            }
        }
        let everybody = [Kind::ReflectsAnyOrigin, Kind::WildcardWithPrivateData, Kind::WildcardInsteadOfList];
        if everybody.iter().any(|kind| self.has(*kind)) {
            return;
        }
        self.record_disguises(&trusted);
        self.record_changes();
    }

    /// A stranger that could read: as everybody can, or by its disguise, which is returned then.
    fn record_admission(
        &mut self,
        probe: &Probe,
        granted: Option<&str>,
        result: &CaseResult,
    ) -> Option<Disguise> {
        match probe.question {
            _ if granted == Some("*") && self.policy.private => {
                self.report(Kind::WildcardWithPrivateData, "*", result);
                None
            }
            _ if granted == Some("*") => {
                self.report(Kind::WildcardInsteadOfList, "*", result);
                None
            }
            Question::Stranger(disguise) if disguise != Disguise::Unrelated => Some(disguise),
            _ => {
                self.report(Kind::ReflectsAnyOrigin, origin(probe, result), result);
                None
            }
        }
    }

    /// A stranger that could not read may still be told who can.
    fn record_denial(&mut self, probe: &Probe, granted: Option<String>, result: &CaseResult) {
        let is_unrelated = probe.question == Question::Stranger(Disguise::Unrelated);
        if let Some(granted) =
            granted.filter(|granted| is_unrelated && !["*", ""].contains(&granted.as_str()))
        {
            self.report(Kind::AllowOriginOnDeny, granted, result);
        }
    }

    fn record_disguises(&mut self, trusted: &BTreeSet<Disguise>) {
        for (probe, result) in self.results.of(Question::is_stranger) {
            let Question::Stranger(disguise) = probe.question else { continue };
            if is_let_in(probe, result) && !is_implied(disguise, trusted) {
                self.report(kind_of(disguise), origin(probe, result), result);
            }
        }
    }

    /// Records requests of strangers that changed something although the answers could not be read.
    fn record_changes(&mut self) {
        for (_, result) in self.results.of(|question| *question == Question::StrangersChange) {
            let status = final_answer(result).map(|message| message.status);
            if let Some(status) = status.filter(|status| (200..300).contains(status))
                && readable(result) == Some(false)
            {
                self.report(Kind::StateChangedUnread, format!("POST was answered {status}"), result);
            }
        }
    }
}

/// The kind of finding for a server that trusts this disguise.
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
    let ends_alike = is_trusted(Disguise::SuffixOfDomain) || is_trusted(Disguise::SuffixOfHost);
    match disguise {
        Disguise::Prefix | Disguise::SuffixOfDomain | Disguise::SuffixOfHost | Disguise::Scheme => {
            is_trusted(Disguise::Substring)
        }
        Disguise::Port | Disguise::SpecialCharacter | Disguise::TrailingDot => {
            is_trusted(Disguise::Substring) || is_trusted(Disguise::Prefix)
        }
        Disguise::UnescapedDot => is_trusted(Disguise::Substring) || ends_alike,
        Disguise::Subdomain | Disguise::Sibling => is_trusted(Disguise::Substring) || ends_alike,
        _ => false,
    }
}

/// Whether the server lets a stranger in: its page could read, or is named among several values, which browsers refuse
/// whatever they are. What the server tried is its policy; the second value may go at any time.
fn is_let_in(probe: &Probe, result: &CaseResult) -> bool {
    readable(result) == Some(true)
        || (probe.question != Question::StrangerWithCredentials && is_named(result))
}

/// Whether the last answer's Access-Control-Allow-Origin has the Origin of its request among its values.
fn is_named(result: &CaseResult) -> bool {
    let last = result.log.iter().rfind(|exchange| exchange.by == AnsweredBy::Upstream);
    let named = last.and_then(|last| {
        let origin = last.received.header("Origin")?;
        let granted = members(message(last)?, "access-control-allow-origin");
        Some(granted.contains(&origin))
    });
    named.unwrap_or(false)
}

fn origin(probe: &Probe, result: &CaseResult) -> String {
    let origin = match probe.question {
        Question::Stranger(Disguise::SandboxedFrame) => "null (a sandboxed frame)".to_owned(),
        Question::Stranger(Disguise::Redirect) => "null (after a redirect)".to_owned(),
        _ => probe.case.steps[0].page.serialize(),
    };
    match readable(result) {
        Some(true) => origin,
        _ => format!("{origin} (named, and kept out only by what else the answer says)"),
    }
}
