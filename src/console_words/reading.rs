//! Messages, read from the text of a console.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use browsers::Engine;
use fetch_model::Reason;
use regex::Regex;

use super::{
    meaning::Meaning,
    message::{Message, Speaker, is_worth_naming, place},
    openings::{Kind, Opening, openings},
    repetition::{Draft, once_each},
    text::one_line,
    wording::{self, Wording},
};

/// How far the parts of a wording may stand apart, in bytes: a header's value or a URL stands between them.
const FARTHEST: usize = 600;

/// How far before the words what they begin with may stand: `Method PUT` or `header 'x-a'`.
const BEFORE: usize = 120;

/// How WebKit ends a message that says no reason: what comes after it is another one.
const END_IN_GENERAL: &str = "due to access control checks";

/// What a script gets to see of a blocked read, in the three engines: the same for every reason.
const ERRORS_OF_SCRIPTS: [&str; 5] = [
    "Failed to fetch",
    "NetworkError when attempting to fetch resource",
    "Load failed",
    "Network Error",
    "has been blocked by CORS",
];

/// Whether `text` has the error that a script gets, which names no reason in any engine.
pub(crate) fn is_error_of_script(text: &str) -> bool {
    let line = one_line(text);
    ERRORS_OF_SCRIPTS.iter().any(|error| line.contains(error))
}

/// The messages in `text`, each once, in their order.
pub(crate) fn read(text: &str) -> Vec<Message> {
    let line = one_line(text);
    let openings = openings(&line);
    let regions = regions(&line, &openings);
    once_each(regions.into_iter().flat_map(|(range, opening)| messages(&line, range, opening)).collect())
}

/// The text before the first opening, and from each opening to the next.
fn regions<'a>(line: &str, openings: &'a [Opening]) -> Vec<(Range<usize>, Option<&'a Opening>)> {
    let ends = openings.iter().map(|opening| opening.start).skip(1).chain([line.len()]);
    let of_openings = openings.iter().zip(ends).map(|(opening, end)| (opening.start..end, Some(opening)));
    let first = openings.first().map_or(line.len(), |opening| opening.start);
    std::iter::once((0..first, None)).chain(of_openings).collect()
}

/// What the text of one region says.
fn messages(line: &str, range: Range<usize>, opening: Option<&Opening>) -> Vec<Draft> {
    let region = &line[range.clone()];
    let mut found = occurrences(region, opening).into_iter().peekable();
    let mut drafts: Vec<Draft> = Vec::new();
    // An opening is of one message; what comes after it has none.
    if let Some(opening) = opening {
        let first = found.next_if(|one| !region[..one.range.start].contains(END_IN_GENERAL));
        let message = of_opening(region, opening, first.as_ref());
        drafts.extend(message.map(|message| Draft { message, is_echo: is_echo(&line[..range.start]) }));
    }
    drafts.extend(found.map(|one| Draft {
        message: of_words(region, &one),
        is_echo: is_echo(&line[..range.start + one.range.start]),
    }));
    drafts
}

/// Whether what comes after `before` is the network's report of what the loader said already.
fn is_echo(before: &str) -> bool {
    before[floor(before, before.len().saturating_sub(40))..].contains("Failed to load resource:")
}

/// A wording that stands in a text.
struct Occurrence {
    range: Range<usize>,
    speaker: Speaker,
    meaning: Meaning,
}

/// The wordings in `region`, in order; of those that overlap the one that says more. After an opening only the words of
/// its engine count.
fn occurrences(region: &str, opening: Option<&Opening>) -> Vec<Occurrence> {
    static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(wording::all);
    let is_spoken = |wording: &&Wording| match opening {
        // Chromium began so as well, some years ago.
        Some(Opening { kind: Kind::OfCorsInGeneral, .. }) | None => true,
        Some(opening) => wording.speaker == Speaker::Engine(opening.engine),
    };
    let mut found: Vec<Occurrence> = WORDINGS
        .iter()
        .filter(is_spoken)
        .flat_map(|wording| {
            ranges(region, wording.words).into_iter().map(|range| Occurrence {
                range,
                speaker: wording.speaker,
                meaning: wording.meaning.clone(),
            })
        })
        .collect();
    // The sort is stable: of two of one length the one that stands first in the tables stays.
    found.sort_by_key(|one| std::cmp::Reverse(one.range.len()));
    let mut apart: BTreeMap<usize, Occurrence> = BTreeMap::new();
    for one in found {
        // Those that are kept lie apart: only the last that begins before the end of this one can reach into it.
        let before = apart.range(..one.range.end).next_back();
        if before.is_none_or(|(_, other)| other.range.end <= one.range.start) {
            apart.insert(one.range.start, one);
        }
    }
    apart.into_values().collect()
}

/// Where `words` stand in `region`, one after the other.
fn ranges(region: &str, words: &[&str]) -> Vec<Range<usize>> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let beginnings = region.match_indices(first).map(|(start, _)| start);
    let end = |start: usize| {
        let mut end = start + first.len();
        for part in rest {
            let at = region[end..].find(part).filter(|at| *at <= FARTHEST)?;
            end += at + part.len();
        }
        Some(end)
    };
    beginnings.filter_map(|start| Some(start..end(start)?)).collect()
}

/// The message that begins with `opening` and has these words; `None` where there is nothing of CORS in it.
fn of_opening(region: &str, opening: &Opening, words: Option<&Occurrence>) -> Option<Message> {
    let (speaker, meaning) = match words {
        Some(words) => (words.speaker, words.meaning.clone()),
        None if is_of_cors(opening, region) => (Speaker::Engine(opening.engine), Meaning::Unsaid),
        None => return None,
    };
    let end = words.map_or(0, |words| words.range.end);
    let meaning = by_url(speaker, meaning, Some(opening));
    let message = message(speaker, meaning, &region[..end], &region[end..]);
    let named = opening.method.clone().filter(|method| is_worth_naming(method));
    Some(Message {
        method: message.method.or(named),
        initiator: opening.initiator.clone(),
        url: opening.url.clone(),
        redirected_from: opening.redirected_from.clone(),
        origin: opening.origin.clone(),
        ..message
    })
}

/// The message of words that nothing announces.
fn of_words(region: &str, words: &Occurrence) -> Message {
    let start = floor(region, words.range.start.saturating_sub(BEFORE));
    let end = words.range.end;
    let meaning = by_url(words.speaker, words.meaning.clone(), None);
    message(words.speaker, meaning, &region[start..end], &region[end..])
}

/// A message by its words, up to those that decide, and what follows.
fn message(speaker: Speaker, meaning: Meaning, words: &str, after: &str) -> Message {
    let reasons = match &meaning {
        Meaning::OneOf(reasons) => reasons.as_slice(),
        Meaning::Browser(_) | Meaning::Unsaid => &[],
    };
    Message {
        speaker,
        place: place(speaker, reasons, words),
        method: method(words),
        header: header(words),
        status: status(after),
        initiator: None,
        url: None,
        redirected_from: None,
        origin: None,
        meaning,
        count: 1,
    }
}

/// Whether a message that begins so and names no reason is about CORS all the same.
fn is_of_cors(opening: &Opening, region: &str) -> bool {
    match opening.kind {
        Kind::OfCors => true,
        Kind::OfCorsInGeneral => region.contains(END_IN_GENERAL),
        Kind::Any => false,
    }
}

/// Engines have one word for a scheme, whoever asked for it; the URL tells, where there is one.
fn by_url(speaker: Speaker, meaning: Meaning, opening: Option<&Opening>) -> Meaning {
    let is_of_scheme = |reason: &Reason| matches!(reason, Reason::RedirectScheme | Reason::UrlScheme);
    let is_about_schemes = matches!(&meaning, Meaning::OneOf(reasons) if reasons.iter().any(is_of_scheme));
    // WebKit names the redirect.
    if !is_about_schemes || speaker == Speaker::Engine(Engine::WebKit) {
        return meaning;
    }
    let redirected = opening.is_some_and(|opening| opening.redirected_from.is_some());
    let url = opening.and_then(|opening| opening.url.as_deref());
    let asked_for_http = |url: &str| url.starts_with("http:") || url.starts_with("https:");
    Meaning::OneOf(match url {
        Some(url) if redirected || asked_for_http(url) => vec![Reason::RedirectScheme],
        Some(_) => vec![Reason::UrlScheme],
        None => vec![Reason::RedirectScheme, Reason::UrlScheme],
    })
}

fn method(words: &str) -> Option<String> {
    static METHOD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"Method (\S{1,60}) is not allowed by Access-Control-Allow-Methods").expect("a regex")
    });
    METHOD.captures(words).map(|found| found[1].to_owned())
}

fn header(words: &str) -> Option<String> {
    static HEADER: LazyLock<Regex> = LazyLock::new(|| {
        let forms = [
            r"Request header field (\S{1,100}) is not allowed by Access-Control-Allow-Headers",
            r"header '([^' ]{1,100})' is not allowed according to header 'Access-Control-Allow-Headers'",
            r"missing token '([^' ]{1,100})' in CORS header 'Access-Control-Allow-Headers'",
        ];
        Regex::new(&forms.join("|")).expect("a regex")
    });
    HEADER.captures(words)?.iter().skip(1).flatten().next().map(|found| found.as_str().to_owned())
}

/// The status in what follows the words that decide: Firefox and WebKit end with it.
fn status(after: &str) -> Option<String> {
    static STATUS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^.{0,60}?Status code: ([1-9]\d\d)\b").expect("a regex"));
    STATUS.captures(after).map(|found| found[1].to_owned())
}

/// The largest boundary of a character that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
