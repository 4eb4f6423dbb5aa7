//! Requests with their preflights and with the requests that redirects led to.

use std::collections::BTreeSet;

use super::entry::Entry;

/// What a page asked for, and all that was sent for it.
#[derive(Clone, Debug)]
pub(super) struct Conversation<'a> {
    /// The request, and those that redirects led to; empty where only the preflight was recorded.
    pub requests: Vec<&'a Entry>,
    /// The preflights, in the order of the requests that they are for.
    pub preflights: Vec<&'a Entry>,
}

impl<'a> Conversation<'a> {
    /// The request that the page made; its preflight, where that is all there is.
    pub(super) fn first(&self) -> Option<&'a Entry> {
        self.requests.first().or_else(|| self.preflights.first()).copied()
    }

    /// Every entry of it.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        self.preflights.iter().chain(&self.requests).copied()
    }
}

/// The conversations of a recording, in the order of their requests. A preflight stands before or after its request,
/// as the browser has it.
pub(super) fn conversations(entries: &[Entry]) -> Vec<Conversation<'_>> {
    let mut joined: BTreeSet<usize> = BTreeSet::new();
    let mut conversations = Vec::new();
    let recorded_preflights: Vec<&Entry> = entries.iter().filter(|entry| entry.is_preflight()).collect();
    for entry in entries.iter().filter(|entry| !entry.is_preflight()) {
        if joined.contains(&entry.index) {
            continue;
        }
        let requests = chain(entries, entry, &mut joined);
        let mut preflights = Vec::new();
        for request in &requests {
            if let Some(preflight) = preflight_of(&recorded_preflights, request, &joined) {
                joined.insert(preflight.index);
                preflights.push(preflight);
            }
        }
        conversations.push(Conversation { requests, preflights });
    }
    let alone = recorded_preflights.iter().filter(|entry| !joined.contains(&entry.index));
    conversations
        .extend(alone.map(|preflight| Conversation { requests: Vec::new(), preflights: vec![preflight] }));
    conversations
}

/// A request and those that redirects led to: the next ones in the file for that URL.
fn chain<'a>(entries: &'a [Entry], first: &'a Entry, joined: &mut BTreeSet<usize>) -> Vec<&'a Entry> {
    let mut chain = vec![first];
    joined.insert(first.index);
    while let Some(target) = chain.last().and_then(|last| last.redirects_to()) {
        let last = chain.last().map_or(0, |last| last.index);
        let is_next = |entry: &&Entry| {
            entry.index > last
                && !entry.is_preflight()
                && !joined.contains(&entry.index)
                && entry.url == target
        };
        let Some(next) = entries.iter().find(is_next) else { break };
        joined.insert(next.index);
        chain.push(next);
    }
    chain
}

/// The preflight of a request: of those for its URL, origin and method the one that stands nearest to it.
fn preflight_of<'a>(
    preflights: &[&'a Entry],
    request: &Entry,
    joined: &BTreeSet<usize>,
) -> Option<&'a Entry> {
    let is_for_method = |entry: &Entry| entry.asked_method().is_none_or(|method| method == request.method);
    let is_of_origin = |entry: &Entry| match (entry.header("origin"), request.header("origin")) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    preflights
        .iter()
        .copied()
        .filter(|entry| !joined.contains(&entry.index) && entry.url == request.url)
        .filter(|entry| is_for_method(entry) && is_of_origin(entry))
        .min_by_key(|entry| entry.index.abs_diff(request.index))
}
