//! A case's servers: which URL gives which answers.

use corsproof_fixture::{Resource, Scenario, Source as Answer, Turn};
use url::Url;

use crate::{
    casefile::answer,
    document::{
        problem::{FileProblems, Problem},
        quotation::quoted,
        source::Span,
        tree::{Entry, Table},
    },
};

/// The two kinds of request that a URL answers.
const PARTS: [&str; 2] = ["preflight", "response"];

/// The table that says what a URL answers; a later one of this list outweighs an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Speaker {
    /// The table of the case, for the URLs of all its steps.
    Case,
    /// The table `at`.
    At,
    /// The table of the step that makes the request, or of a case without steps.
    Asker,
}

/// The answers of one URL: an entry for each of [`PARTS`].
struct Said<'a> {
    url: Url,
    parts: [Option<(Speaker, &'a Entry)>; 2],
}

/// Collects a case's answers by URL.
pub(super) struct Servers<'a> {
    said: Vec<Said<'a>>,
}

impl<'a> Servers<'a> {
    pub(super) fn new() -> Self {
        Self { said: Vec::new() }
    }

    /// Adds the answers of a case without steps at its own URL.
    pub(super) fn of_case(&mut self, url: &str, case: &'a Table, found: &mut FileProblems) {
        self.hear(url, Speaker::Asker, case, found);
    }

    /// Adds the answers of a step at its URL, and those of the case for it.
    pub(super) fn of_step(&mut self, url: &str, step: &'a Table, case: &'a Table, found: &mut FileProblems) {
        self.hear(url, Speaker::Case, case, found);
        self.hear(url, Speaker::Asker, step, found);
    }

    /// Adds the answers of the URLs in the table `at`.
    pub(super) fn at(&mut self, urls: &'a Table, found: &mut FileProblems) {
        for entry in &urls.entries {
            let Some(table) = entry.node.as_table() else { continue };
            if server_url(&entry.key).is_none() {
                let problem = Problem::new(format!("no server can be at {}", quoted(&entry.key)))
                    .at(entry.key_span.clone(), "expected an absolute http or https URL")
                    .help("a server of ws:// is at http://, one of wss:// at https://");
                found.report(problem);
                continue;
            }
            self.hear(&entry.key, Speaker::At, table, found);
        }
    }

    fn hear(&mut self, url: &str, speaker: Speaker, table: &'a Table, found: &mut FileProblems) {
        // Another scheme has no server: data: answers by itself.
        let Some(url) = server_url(url) else { return };
        let index = self.said.iter().position(|said| said.url == url).unwrap_or_else(|| {
            self.said.push(Said { url, parts: [None, None] });
            self.said.len() - 1
        });
        let said = &mut self.said[index];
        for (part, slot) in PARTS.into_iter().zip(&mut said.parts) {
            let Some(entry) = table.entry(part) else { continue };
            match slot {
                Some((_, other)) if other.key_span == entry.key_span => {}
                Some((other_speaker, other)) => {
                    if speaker.min(*other_speaker) != Speaker::Case {
                        found.report(said_twice(part, &said.url, &entry.key_span, &other.key_span));
                    }
                    if speaker > *other_speaker {
                        *slot = Some((speaker, entry));
                    }
                }
                None => *slot = Some((speaker, entry)),
            }
        }
    }

    /// The scenario; with `http = "1.1"` its https servers speak nothing newer.
    pub(super) fn scenario(self, http: Http, found: &mut FileProblems) -> Scenario {
        let mut scenario = Scenario::default();
        for Said { url, parts: [preflight, response] } in self.said {
            let mut turns = |part: Option<(Speaker, &Entry)>| {
                let Some((_, entry)) = part else { return Vec::new() };
                let turns = answer::turns(&entry.node, found);
                check_raw(&turns, &url, http, entry, found);
                turns
            };
            let (preflight, response) = (turns(preflight), turns(response));
            if http == Http::H1 && url.scheme() == "https" {
                scenario.http1_origins.push(url.origin().ascii_serialization());
            }
            scenario.resources.push(Resource { url, preflight, response });
        }
        scenario.http1_origins.sort();
        scenario.http1_origins.dedup();
        scenario
    }
}

/// The HTTP versions of a case's https servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Http {
    /// The server speaks HTTP/1.1 only.
    H1,
    /// The server also speaks HTTP/2, where the URL is `https`.
    Usual,
}

/// A URL as a server sees it: without fragment and user.
pub(super) fn on_the_wire(mut url: Url) -> Url {
    url.set_fragment(None);
    // These fail for URLs without a host, which have no user either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

fn server_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(on_the_wire(url))
}

fn said_twice(part: &str, url: &Url, here: &Span, there: &Span) -> Problem {
    let (first, second) = if here.start < there.start { (here, there) } else { (there, here) };
    Problem::new(format!("the {part} of {url} is said twice"))
        .at(second.clone(), "said again")
        .at(first.clone(), "said already")
        .help("a URL has its answers from one place; an array there gives several in turn")
}

fn check_raw(turns: &[Turn], url: &Url, http: Http, entry: &Entry, found: &mut FileProblems) {
    let is_raw = turns.iter().any(|turn| matches!(turn.source, Answer::Raw { .. }));
    if is_raw && http == Http::Usual && url.scheme() == "https" {
        let problem = Problem::new("raw bytes over https need HTTP/1.1")
            .at(entry.key_span.clone(), format!("{url} speaks HTTP/2"))
            .help("say `http = \"1.1\"` in the case, and name a host that no case wants HTTP/2 of");
        found.report(problem);
    }
}
