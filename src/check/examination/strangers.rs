//! Origins that are not declared and can read.

use std::collections::BTreeSet;

use corsproof_fixture::{AnsweredBy, Exchange};
use fetch_model::Origin;

use super::{
    examiner::Examiner,
    result::{final_answer, is_withheld, readable},
};
use crate::{
    check::{
        cases::{Probe, Question},
        finding::Kind,
        strangers::Disguise,
    },
    evidence::{header, message},
    origin_slip::OriginSlip,
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
        self.record_sendings();
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

    /// Records requests that a stranger's preflight let go, with credentials, though their answers could not be read.
    fn record_sendings(&mut self) {
        if !self.policy.credentials {
            return;
        }
        for (probe, result) in self.results.of(Question::is_stranger) {
            let is_unrelated = probe.question == Question::Stranger(Disguise::Unrelated);
            // One is enough: the others are let send by the same mistake.
            let is_news = is_unrelated || !self.has(Kind::StrangersMaySend);
            if is_news && !is_let_in(probe, result) && is_sent_after_preflight(result) {
                let asked = result.log.last().map(|exchange| exchange.received.method.clone());
                let words = format!("{} from {}", asked.unwrap_or_default(), origin_of(probe));
                self.report(Kind::StrangersMaySend, words, result);
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
        Disguise::Hosting => Kind::TrustsSharedHost,
        Disguise::Piece => Kind::TrustsSubstring,
        Disguise::NearMiss => Kind::TrustsLoosePattern,
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
    // What is withheld after a preflight shows no answer that could be read.
    (readable(result) == Some(true) && !is_withheld(result))
        || (probe.question != Question::StrangerWithCredentials && is_named(result))
}

/// Whether a preflight let the request go, and nothing after it the reading.
fn is_sent_after_preflight(result: &CaseResult) -> bool {
    let mut preflights =
        result.log.iter().enumerate().filter(|(_, exchange)| exchange.received.is_preflight());
    preflights.any(|(index, preflight)| {
        let next = result.log.get(index + 1);
        // The very request that the preflight asked for.
        let asked = preflight.received.header("Access-Control-Request-Method");
        next.is_some_and(|next| {
            Some(&next.received.method) == asked.as_ref() && next.received.header("Origin").is_some()
        }) && message(preflight).is_some_and(|answer| (200..300).contains(&answer.status))
            && names_origin(preflight)
    })
}

/// Whether the last answer's Access-Control-Allow-Origin has the Origin of its request among its values.
fn is_named(result: &CaseResult) -> bool {
    let last = result.log.iter().rfind(|exchange| exchange.by == AnsweredBy::Upstream);
    // A preflight alone lets nobody read.
    last.is_some_and(|last| names_origin(last) && !(last.received.is_preflight() && is_withheld(result)))
}

/// Whether the answer names the Origin that asked, be it written so that no browser takes it for that: with a slash, in
/// upper case, in a list.
fn names_origin(exchange: &Exchange) -> bool {
    let named = exchange.received.header("Origin").and_then(|origin| {
        let granted = header(message(exchange)?, "access-control-allow-origin")?;
        let mut granted = granted.split([',', ' ']);
        let asker = Origin::parse(&origin).ok();
        Some(
            granted
                .any(|value| value == origin || asker.as_ref().is_some_and(|asker| is_meant(value, asker))),
        )
    });
    named.unwrap_or(false)
}

/// Whether a value is an origin, written otherwise than browsers do. Another scheme, another port and a pattern are
/// another origin.
fn is_meant(value: &str, origin: &Origin) -> bool {
    let slips = OriginSlip::of(value, origin);
    let is_of_writing = |slip: &OriginSlip| match slip {
        OriginSlip::Quotation
        | OriginSlip::UpperCase
        | OriginSlip::Unicode
        | OriginSlip::DefaultPort
        | OriginSlip::TrailingSlash
        | OriginSlip::Path => true,
        OriginSlip::NoScheme | OriginSlip::OtherScheme | OriginSlip::OtherPort | OriginSlip::Pattern => false,
    };
    !slips.is_empty() && slips.iter().all(is_of_writing)
}

fn origin_of(probe: &Probe) -> String {
    match probe.question {
        Question::Stranger(Disguise::SandboxedFrame) => "null (a sandboxed frame)".to_owned(),
        Question::Stranger(Disguise::Redirect) => "null (after a redirect)".to_owned(),
        _ => probe.case.steps[0].page.serialize(),
    }
}

fn origin(probe: &Probe, result: &CaseResult) -> String {
    let origin = origin_of(probe);
    match readable(result) {
        Some(true) => origin,
        _ => format!("{origin} (named, and kept out only by what else the answer says)"),
    }
}
