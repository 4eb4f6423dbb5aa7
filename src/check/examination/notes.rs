//! The notes of a checklist: results in a few words.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;

use super::{
    policy_results::PolicyResults,
    result::{is_withheld, preflight, preflights},
};
use crate::{
    case::Need,
    check::{cases::Question, checklist::counted},
    evidence::header,
    judge::Verdict,
};

impl PolicyResults<'_> {
    /// The declared methods that were stopped before the server, and what is known of them nevertheless.
    pub(in crate::check) fn withheld(&self) -> Option<String> {
        let withheld: BTreeSet<String> = self
            .of(Question::is_plain_reader)
            .filter(|(_, result)| is_withheld(result))
            .filter_map(|(_, result)| {
                let known = match preflight(result) {
                    Some(_) => "its preflight was judged",
                    None => "it needs no preflight, so nothing is known of it",
                };
                Some(format!("{} ({known})", result.log.last()?.received.method))
            })
            .collect();
        let listed: Vec<String> = withheld.into_iter().collect();
        (!listed.is_empty()).then(|| {
            format!("withheld from a server that may not be called (safe_to_call): {}", listed.join(", "))
        })
    }

    pub(in crate::check) fn preflight_statuses(&self) -> String {
        let statuses: BTreeSet<String> = self
            .of(Question::is_reader)
            .filter_map(|(_, result)| preflight(result)?.1.map(|message| message.status.to_string()))
            .collect();
        statuses.into_iter().collect::<Vec<_>>().join(", ")
    }

    pub(in crate::check) fn max_ages(&self) -> Vec<String> {
        let ages: BTreeSet<String> = self
            .of(|question| matches!(question, Question::Reader { .. } | Question::PreflightKept))
            .filter_map(|(_, result)| header(preflight(result)?.1?, "access-control-max-age"))
            .collect();
        ages.into_iter().collect()
    }

    /// With which caches in between it was asked, and in which engines.
    pub(in crate::check) fn caches(&self) -> String {
        let with = |wanted: Question, cache: &str| {
            let engines = self.of(move |question| *question == wanted).map(|(_, result)| result.engine);
            let engines = names(&engines.collect());
            (!engines.is_empty()).then(|| format!("{cache} in {engines}"))
        };
        let caches = [
            with(Question::BrowserCache, "the browser's cache"),
            with(Question::SharedCache, "a shared one"),
        ];
        let caches: Vec<String> = caches.into_iter().flatten().collect();
        if caches.is_empty() { "no cache".to_owned() } else { caches.join(", ") }
    }

    /// The cases that some engine cannot run, and why.
    pub(in crate::check) fn left_out(&self) -> Option<String> {
        let mut left_out: BTreeMap<(Engine, &str), usize> = BTreeMap::new();
        for (probe, result) in &self.results {
            if let Verdict::NotApplicable { why } = &result.verdict {
                // Each such page has a name of its own; the reason is one.
                let is_page = probe.case.needs.contains(&Need::SpecialHost);
                let why = if is_page { "it loads no page from such a host" } else { why };
                *left_out.entry((result.engine, why)).or_default() += 1;
            }
        }
        let notes: Vec<String> = left_out
            .iter()
            .map(|((engine, why), count)| format!("{count} not in {engine} ({why})"))
            .collect();
        (!notes.is_empty()).then(|| notes.join(", "))
    }

    /// How many preflights two requests took, by engine.
    pub(in crate::check) fn preflights_kept(&self) -> String {
        let kept = self.of(|question| *question == Question::PreflightKept);
        by_engine(kept.map(|(_, result)| {
            let preflights = preflights(result);
            let requests = counted(result.log.len() - preflights, "request");
            (format!("{} for {requests}", counted(preflights, "preflight")), result.engine)
        }))
    }

    /// Whether a preflight was made again after its Max-Age, by engine; `None` where it is too long to be waited for.
    pub(in crate::check) fn preflights_expired(&self) -> Option<String> {
        let waited = self.of(|question| *question == Question::PreflightExpires);
        let note = by_engine(waited.map(|(_, result)| {
            let asked = if preflights(result) > 1 { "asked again" } else { "not asked again" };
            (asked.to_owned(), result.engine)
        }));
        (!note.is_empty()).then(|| format!("after it had passed {note}"))
    }

    pub(in crate::check) fn engines(&self) -> String {
        names(&self.results.iter().map(|(_, result)| result.engine).collect())
    }
}

/// Notes grouped by engine: `this in chromium, firefox; that in webkit`.
fn by_engine(notes: impl Iterator<Item = (String, Engine)>) -> String {
    let mut engines: BTreeMap<String, BTreeSet<Engine>> = BTreeMap::new();
    for (note, engine) in notes {
        engines.entry(note).or_default().insert(engine);
    }
    let notes = engines.iter().map(|(note, engines)| format!("{note} in {}", names(engines)));
    notes.collect::<Vec<_>>().join("; ")
}

pub(super) fn names(engines: &BTreeSet<Engine>) -> String {
    engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(", ")
}
