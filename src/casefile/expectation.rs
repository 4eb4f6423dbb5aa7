//! The expectation of a step, and whether it contradicts itself.

use std::collections::BTreeMap;

use fetch_model::Reason;
use fetch_model::RefusingStep;
use url::Url;

use crate::{
    case::{Disclosure, Expectation, ExpectedRead, ExpectedRequest, Loaded, ResponseType, Via},
    casefile::{
        keys::ranges,
        request::{pairs, word},
    },
    document::{
        problem::{FileProblems, Problem},
        quotation::quoted,
        source::Span,
        tree::{Node, Table},
    },
};

/// Reads what is expected of a step; `span` is where an expectation belongs that is not there.
pub(super) fn expectation(
    node: Option<&Node>,
    span: &Span,
    via: Via,
    found: &mut FileProblems,
) -> Option<Expectation> {
    let empty = Table::default();
    let table = match node {
        Some(node) => node.as_table()?,
        None => &empty,
    };
    if table.get("read").is_none() {
        let problem = Problem::new("nothing says what is expected")
            .at(span.clone(), "no `expect.read` here")
            .help("say `expect = { read = \"allowed\" }`, or opaque, or blocked with a reason");
        found.report(problem);
        return None;
    }
    let read = word(table, "read", ExpectedRead::from_word)?;
    check_possible(table, read, via, found);
    Some(Expectation {
        loaded: table.get("loaded").and_then(Node::as_boolean).map(Loaded::from),
        read,
        reason: word(table, "reason", Reason::from_word),
        status: table.integer("status", &ranges::STATUS),
        response_type: word(table, "type", ResponseType::from_word),
        body: table.string("body"),
        url: table.get("url").and_then(|node| seen_url(node, found)),
        redirected: table.get("redirected").and_then(Node::as_boolean),
        headers: headers(table),
        hidden: names(table, "hidden"),
    })
}

/// The requests of `sent`; `None` where their shape is wrong, which is reported elsewhere.
pub(super) fn sent(node: &Node, found: &mut FileProblems) -> Option<Vec<ExpectedRequest>> {
    node.as_array()?.iter().map(|member| sent_request(member, found)).collect()
}

fn sent_request(node: &Node, found: &mut FileProblems) -> Option<ExpectedRequest> {
    if let Some(table) = node.as_table() {
        return Some(ExpectedRequest {
            method: table.string("method")?,
            url: table.get("url").and_then(|url| wire_url(url, url.as_text()?, found)),
            headers: headers(table),
            without: names(table, "without"),
        });
    }
    let (method, url) = match node.as_text()?.split_once(' ') {
        Some((method, url)) => (method, wire_url(node, url, found)),
        None => (node.as_text()?, None),
    };
    Some(ExpectedRequest { method: method.to_owned(), url, headers: BTreeMap::new(), without: Vec::new() })
}

fn headers(table: &Table) -> BTreeMap<String, String> {
    let pairs = table.get("headers").map(pairs).unwrap_or_default();
    pairs.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
}

fn names(table: &Table, key: &str) -> Vec<String> {
    table.array(key).iter().filter_map(Node::as_text).map(str::to_ascii_lowercase).collect()
}

/// A URL as it is on the wire: normalised, without fragment and user.
fn wire_url(node: &Node, text: &str, found: &mut FileProblems) -> Option<String> {
    match Url::parse(text) {
        Ok(url) => Some(super::servers::on_the_wire(url).into()),
        Err(error) => {
            found.report(bad_url(node, text, error));
            None
        }
    }
}

/// A URL as a script sees it: normalised; that of an opaque response is empty.
fn seen_url(node: &Node, found: &mut FileProblems) -> Option<String> {
    let text = node.as_text()?;
    match Url::parse(text) {
        Ok(url) => Some(url.into()),
        Err(_) if text.is_empty() => Some(String::new()),
        Err(error) => {
            found.report(bad_url(node, text, error));
            None
        }
    }
}

fn bad_url(node: &Node, text: &str, error: url::ParseError) -> Problem {
    Problem::new(format!("{} is no absolute URL: {error}", quoted(text)))
        .at_node(node, "expected a URL as https://api.example.com/data")
}

/// Reports what can never come true.
fn check_possible(table: &Table, read: ExpectedRead, via: Via, found: &mut FileProblems) {
    match read {
        ExpectedRead::Blocked => check_blocked(table, found),
        ExpectedRead::Opaque => check_opaque(table, found),
        ExpectedRead::Allowed => check_allowed(table, found),
    }
    if read != ExpectedRead::Blocked && table.get("reason").is_some() {
        impossible(table, "reason", read, "a reason says why a read is blocked", found);
    }
    check_told(table, via, found);
    check_hidden(table, found);
}

/// Reports what the API tells no script.
fn check_told(table: &Table, via: Via, found: &mut FileProblems) {
    let untold: &[&str] = match via.disclosure() {
        Disclosure::ResponseObject => &[],
        Disclosure::Response => &["type", "redirected"],
        Disclosure::Content => &["status", "type", "url", "redirected", "headers", "hidden"],
    };
    let api = if via == Via::Xhr { "an XMLHttpRequest" } else { via.api() };
    for (key, node) in untold.iter().filter_map(|key| Some((key, table.get(key)?))) {
        let problem = Problem::new(format!("{api} does not tell `{key}`"))
            .at_node(node, "cannot be seen")
            .help("take it away, or say `via = \"fetch\"`");
        found.report(problem);
    }
}

fn check_blocked(table: &Table, found: &mut FileProblems) {
    for key in ["status", "type", "body", "url", "redirected", "headers", "hidden"] {
        impossible(table, key, ExpectedRead::Blocked, "a script gets nothing but an error", found);
    }
    if let (Some(read), None) = (table.get("read"), table.get("reason")) {
        let problem = Problem::new("a blocked read needs a reason")
            .at_node(read, "no `reason` beside it")
            .help(format!("one of {}", Reason::WORDS.join(", ")));
        found.report(problem);
    }
}

fn check_opaque(table: &Table, found: &mut FileProblems) {
    let why = "of an opaque response a script sees that it exists, and nothing else";
    if table.get("status").is_some_and(|node| node.as_integer_of(&(0..=0)).is_none()) {
        impossible(table, "status", ExpectedRead::Opaque, why, found);
    }
    if table.text("type").is_some_and(|word| !matches!(word, "opaque" | "opaqueredirect")) {
        impossible(table, "type", ExpectedRead::Opaque, "its type is opaque or opaqueredirect", found);
    }
    if table.text("body").is_some_and(|body| !body.is_empty()) {
        impossible(table, "body", ExpectedRead::Opaque, why, found);
    }
    if table.table("headers").is_some_and(|headers| !headers.entries.is_empty()) {
        impossible(table, "headers", ExpectedRead::Opaque, why, found);
    }
}

fn check_allowed(table: &Table, found: &mut FileProblems) {
    if table.text("type").is_some_and(|word| matches!(word, "opaque" | "opaqueredirect" | "error")) {
        impossible(table, "type", ExpectedRead::Allowed, "a response of that type cannot be read", found);
    }
}

fn check_hidden(table: &Table, found: &mut FileProblems) {
    for name in table.array("hidden") {
        let Some(text) = name.as_text() else { continue };
        let same = |other: &str| other.eq_ignore_ascii_case(text);
        let seen =
            table.table("headers").and_then(|headers| headers.entries.iter().find(|entry| same(&entry.key)));
        if let Some(entry) = seen {
            let problem = Problem::new(format!("`{text}` cannot be both seen and hidden"))
                .at_node(name, "hidden")
                .at(entry.key_span.clone(), "seen")
                .help("take one of them away");
            found.report(problem);
        }
    }
}

fn impossible(table: &Table, key: &str, read: ExpectedRead, why: &str, found: &mut FileProblems) {
    let Some(node) = table.get(key) else { return };
    let mut problem = Problem::new(format!("`{key}` cannot be so where the read is {}", read.word()))
        .at_node(node, "impossible")
        .help(why.to_owned());
    if let Some(read) = table.get("read") {
        problem = problem.at_node(read, "said here");
    }
    found.report(problem);
}

/// A preflight's reason needs a preflight among what is sent.
pub(super) fn check_preflight_is_sent(
    table: Option<&Table>,
    sent: &[ExpectedRequest],
    found: &mut FileProblems,
) {
    let Some((table, node)) = table.and_then(|table| Some((table, table.get("reason")?))) else { return };
    let Some(reason) = word(table, "reason", Reason::from_word) else { return };
    if reason.step() == RefusingStep::CorsPreflightFetch
        && sent.iter().all(|request| request.method != "OPTIONS")
    {
        let mut problem = Problem::new(format!("`{}` needs a preflight, and none is sent", reason.word()))
            .at_node(node, "said by the answer to an OPTIONS request");
        if let Some(sent) = table.get("sent") {
            problem = problem.at(sent.span.clone(), "no \"OPTIONS\" here");
        }
        found.report(problem.help("put \"OPTIONS\" into `sent`, or name another reason"));
    }
}
