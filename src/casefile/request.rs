//! A step's request, from its table.

use fetch_model::{
    CacheMode, CredentialsMode, CrossOrigin, RedirectMode, ReferrerPolicy, RequestMode, TimingMember,
    html::StyleResource,
};
use url::Url;

use crate::{
    case::{Access, AccessKind, Attributes, Body, Enctype, PreloadAs, Reading, Request, Via},
    casefile::{access, keys::ranges},
    document::{
        problem::{FileProblems, Problem},
        quotation::quoted,
        shape::either,
        source::Span,
        tree::{Node, Table},
    },
};

/// The longest body that a page sends, in bytes.
const LONGEST_BODY: usize = 1 << 20;

/// Reads a request; `span` is where one belongs that is not there.
pub(super) fn request(node: Option<&Node>, span: &Span, found: &mut FileProblems) -> Option<Request> {
    let empty = Table::default();
    let table = match node {
        Some(node) => node.as_table()?,
        None => &empty,
    };
    let via = word(table, "via", Via::from_word).unwrap_or(Via::Fetch);
    check_api(table, via, found);
    let accesses = via.accesses();
    if accesses == Some(AccessKind::Storage) {
        return Some(nowhere(via, access::access(table, AccessKind::Storage, found)?));
    }
    let Some(url) = table.get("url") else {
        let problem = Problem::new("nothing says what is asked for")
            .at(span.clone(), "no `request.url` here")
            .help("give the case, its step or the file's [defaults] a `request = { url = \"...\" }`");
        found.report(problem);
        return None;
    };
    check_url(url, found);
    if let Some(kind) = accesses {
        let access = access::access(table, kind, found);
        return Some(Request { url: url.as_text()?.to_owned(), ..nowhere(via, access?) });
    }
    Some(Request {
        via,
        url: url.as_text()?.to_owned(),
        method: table.string("method"),
        mode: word(table, "mode", RequestMode::from_word),
        credentials: word(table, "credentials", CredentialsMode::from_word),
        redirect: word(table, "redirect", RedirectMode::from_word),
        cache: word(table, "cache", CacheMode::from_word),
        referrer: table.string("referrer"),
        referrer_policy: word(table, "referrer-policy", ReferrerPolicy::from_word),
        integrity: table.string("integrity"),
        keepalive: table.get("keepalive").and_then(Node::as_boolean),
        headers: table.get("headers").map(pairs).unwrap_or_default(),
        body: table.get("body").and_then(|node| body(node, found)),
        upload_listener: table.get("upload-listener").and_then(Node::as_boolean).unwrap_or(false),
        attributes: attributes(table, via),
        access: None,
    })
}

/// The request of an access, which has no URL and goes to no server.
fn nowhere(via: Via, access: Access) -> Request {
    Request { access: Some(access), ..Request::new(via, "about:blank") }
}

/// The member of a closed set that a key names.
pub(super) fn word<T>(table: &Table, key: &str, from_word: impl Fn(&str) -> Option<T>) -> Option<T> {
    table.text(key).and_then(from_word)
}

/// Names and values from a table, or from an array of pairs.
pub(super) fn pairs(node: &Node) -> Vec<(String, String)> {
    if let Some(table) = node.as_table() {
        let pair = |(key, node): (&String, &Node)| Some((key.clone(), node.as_text()?.to_owned()));
        return table.entries.iter().filter_map(|entry| pair((&entry.key, &entry.node))).collect();
    }
    let pair = |node: &Node| match node.as_array()? {
        [name, value] => Some((name.as_text()?.to_owned(), value.as_text()?.to_owned())),
        _ => None,
    };
    node.as_array().unwrap_or_default().iter().filter_map(pair).collect()
}

fn body(node: &Node, found: &mut FileProblems) -> Option<Body> {
    let Some(table) = node.as_table() else { return node.as_text().map(|text| Body::Text(text.to_owned())) };
    if let Some(text) = table.string("blob") {
        return Some(Body::Blob { text, r#type: table.string("type").unwrap_or_default() });
    }
    let form_data = || table.get("form-data").map(|node| Body::FormData(pairs(node)));
    let search_params = || table.string("url-search-params").map(Body::UrlSearchParams);
    let times = table.integer("times", &ranges::BODY_TIMES).unwrap_or(1);
    let bytes = || Some(Body::Bytes(repeated(table.get("bytes")?, times, found)?));
    let stream = || table.string("stream").map(Body::Stream);
    form_data().or_else(search_params).or_else(bytes).or_else(stream)
}

/// A text so many times, unless that is longer than a body may be.
fn repeated(node: &Node, times: usize, found: &mut FileProblems) -> Option<String> {
    let bytes = node.as_text()?;
    let length = bytes.len().saturating_mul(times);
    if length > LONGEST_BODY {
        let problem = Problem::new(format!("the body has {length} bytes"))
            .at_node(node, format!("{times} times {} bytes", bytes.len()))
            .help(format!("at most {LONGEST_BODY} bytes are sent"));
        found.report(problem);
        return None;
    }
    Some(bytes.repeat(times))
}

/// Reports keys that an access cannot have, and keys that it lacks.
fn check_access(table: &Table, via: Via, found: &mut FileProblems) {
    let options = via.options();
    for entry in &table.entries {
        let key = entry.key.as_str();
        if key != "via" && !options.contains(&key) {
            let problem = Problem::new(format!("`{key}` says nothing with `via = \"{}\"`", via.word()))
                .at(entry.key_span.clone(), "no such option")
                .help(format!("it has {}", either(&options)));
            found.report(problem);
        }
    }
    check_needed(table, via, found);
}

/// Reports what is not there and must be.
fn check_needed(table: &Table, via: Via, found: &mut FileProblems) {
    for key in via.needed().iter().filter(|key| table.get(key).is_none()) {
        let problem = Problem::new(format!("`via = \"{}\"` needs `{key}`", via.word()));
        let problem = match table.get("via") {
            Some(via) => problem.at_node(via, format!("no `{key}` beside it")),
            None => problem,
        };
        found.report(problem.help(format!("say `{key} = \"...\"` in the request")));
    }
}

/// Reports a way of reading that is none of what is read.
fn check_reading(table: &Table, via: Via, found: &mut FileProblems) {
    let Some(node) = table.get("reading") else { return };
    let Some(reading) = node.as_text().and_then(Reading::from_word) else { return };
    if !via.readings().is_empty() && !via.readings().contains(&reading) {
        let readings: Vec<&str> = via.readings().iter().map(|reading| reading.word()).collect();
        let problem = Problem::new(format!("{} is not read by {}", via.api(), reading.word()))
            .at_node(node, "no such reading")
            .help(format!("it is read by {}", either(&readings)));
        found.report(problem);
    }
}

fn attributes(table: &Table, via: Via) -> Attributes {
    Attributes {
        crossorigin: word(table, "crossorigin", CrossOrigin::from_word).unwrap_or_default(),
        enctype: word(table, "enctype", Enctype::from_word).unwrap_or_default(),
        member: word(table, "member", TimingMember::from_word).unwrap_or_default(),
        reading: word(table, "reading", Reading::from_word)
            .or(via.readings().first().copied())
            .unwrap_or_default(),
        css_property: word(table, "css-property", StyleResource::from_word),
        preload_as: word(table, "as", PreloadAs::from_word),
    }
}

/// Reports what the chosen API cannot be told.
fn check_api(table: &Table, via: Via, found: &mut FileProblems) {
    if via.asks_no_server() {
        return check_access(table, via, found);
    }
    check_needed(table, via, found);
    check_reading(table, via, found);
    let options = via.options();
    // A key that no API has is told elsewhere; a URL is no option but of an access.
    let is_of_others = |key: &str| key != "url" && Via::ALL.iter().any(|via| via.options().contains(&key));
    let mut forbidden: Vec<(&str, &Node)> = table
        .entries
        .iter()
        .filter(|entry| !options.contains(&entry.key.as_str()) && is_of_others(&entry.key))
        .map(|entry| (entry.key.as_str(), &entry.node))
        .collect();
    // What has no mode has `withCredentials`, which is true or not.
    if options.contains(&"credentials") && !options.contains(&"mode") {
        let omit = table.get("credentials").filter(|node| node.as_text() == Some("omit"));
        forbidden.extend(omit.map(|node| ("credentials = \"omit\"", node)));
        let stream =
            table.get("body").filter(|body| body.as_table().is_some_and(|body| body.get("stream").is_some()));
        forbidden.extend(stream.map(|node| ("body.stream", node)));
    }
    let api = via.api();
    let remedy = if via == Via::Fetch {
        "take it away, or say `via = \"xhr\"`".to_owned()
    } else if via == Via::Xhr {
        "take it away, or say `via = \"fetch\"`".to_owned()
    } else if options.is_empty() {
        "take it away: it is told its URL and nothing else".to_owned()
    } else {
        format!("take it away; besides its URL it is told {}", options.join(", "))
    };
    for (what, node) in forbidden {
        let mut problem = Problem::new(format!("{api} has no such option: `{what}`"))
            .at_node(node, format!("not with {api}"))
            .help(remedy.clone());
        if let Some(via) = table.get("via") {
            problem = problem.at_node(via, "said here");
        }
        found.report(problem);
    }
}

fn check_url(node: &Node, found: &mut FileProblems) {
    let Some(text) = node.as_text() else { return };
    if let Err(error) = Url::parse(text) {
        let problem = Problem::new(format!("{} is no absolute URL: {error}", quoted(text)))
            .at_node(node, "expected scheme://host/path")
            .help("a page asks with its own origin as the base, so a case writes the whole URL, as https://api.example.com/data");
        found.report(problem);
    }
}
