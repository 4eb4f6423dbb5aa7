//! What the servers answer: from texts and tables to the fixture's sources.

use std::time::Duration;

use corsproof_fixture::{Named, Source as Answer, Turn};

use super::{
    message::{self, Purpose},
    problem::{Found, Problem},
    written::{Node, Table},
};

/// The answers that a URL gives in turn.
pub(super) fn turns(node: &Node, found: &mut Found) -> Vec<Turn> {
    node.one_or_more().iter().filter_map(|answer| turn(answer, found)).collect()
}

fn turn(node: &Node, found: &mut Found) -> Option<Turn> {
    let Some(table) = node.as_table() else {
        return Some(Turn { times: 1, delay: Duration::ZERO, source: text(node, found)? });
    };
    let number = |key: &str| table.get(key).and_then(Node::as_integer);
    let delay = Duration::from_millis(number("delay-ms").and_then(|ms| u64::try_from(ms).ok()).unwrap_or(0));
    let times = number("times").and_then(|times| u32::try_from(times).ok()).unwrap_or(1);
    Some(Turn { times, delay, source: source(table, found)? })
}

fn source(table: &Table, found: &mut Found) -> Option<Answer> {
    if let Some(node) = table.get("text") {
        return text(node, found);
    }
    if let Some(bytes) = table.get("raw") {
        check_bytes(bytes, found);
        let seen_as = table.get("seen-as").map(|node| {
            message::check(node, Purpose::AsSeen, found);
            node.as_text().unwrap_or_default().to_owned()
        });
        return Some(Answer::Raw { bytes: bytes.as_text()?.to_owned(), seen_as });
    }
    if let Some(name) = table.text("server") {
        return Named::ALL.into_iter().find(|named| named.name() == name).map(Answer::Named);
    }
    let flags = [("close", Answer::Close), ("hang", Answer::Hang), ("websocket", Answer::WebSocket)];
    flags.into_iter().find(|(key, _)| table.get(key).is_some()).map(|(_, source)| source)
}

fn text(node: &Node, found: &mut Found) -> Option<Answer> {
    message::check(node, Purpose::ToSend, found);
    Some(Answer::Text(node.as_text()?.to_owned()))
}

/// Bytes are written as characters up to U+00FF, one each.
fn check_bytes(node: &Node, found: &mut Found) {
    let text = node.as_text().unwrap_or_default();
    if let Some((at, character)) = text.char_indices().find(|(_, character)| u32::from(*character) > 0xFF) {
        let span = node.part(found.source(), &(at..at + character.len_utf8()));
        let problem = Problem::new(format!("{character:?} is no byte"))
            .at(span, "expected U+0000 to U+00FF")
            .help("each character of `raw` stands for one byte; write UTF-8 byte by byte, as \\u00c3\\u00a4");
        found.report(problem);
    }
}
