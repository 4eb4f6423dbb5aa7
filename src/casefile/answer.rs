//! What the servers answer: from texts and tables to the fixture's sources.

use std::time::Duration;

use corsproof_fixture::{Named, Sample, ScriptError, ScriptPart, Source as Answer, Turn};

use crate::{
    casefile::keys::ranges,
    document::{
        problem::{FileProblems, Problem},
        tree::{Node, Table},
    },
};

/// The answers that a URL gives in turn.
pub(super) fn turns(node: &Node, found: &mut FileProblems) -> Vec<Turn> {
    node.one_or_more().iter().filter_map(|answer| turn(answer, found)).collect()
}

fn turn(node: &Node, found: &mut FileProblems) -> Option<Turn> {
    let Some(table) = node.as_table() else {
        let source = Answer::Text(node.as_text()?.to_owned());
        check(&source, &Written { text: Some(node), ..Written::default() }, found);
        return Some(Turn { times: 1, delay: Duration::ZERO, source });
    };
    let delay = Duration::from_millis(table.integer("delay-ms", &ranges::DELAY_MS).unwrap_or(0));
    let times = table.integer("times", &ranges::ANSWER_TIMES).unwrap_or(1);
    let source = source(table)?;
    let written = Written { text: table.get("text"), raw: table.get("raw"), seen_as: table.get("seen-as") };
    check(&source, &written, found);
    Some(Turn { times, delay, source })
}

fn source(table: &Table) -> Option<Answer> {
    if let (Some(head), Some(name)) = (table.string("text"), table.text("sample")) {
        let body = Sample::ALL.into_iter().find(|sample| sample.name() == name)?;
        return Some(Answer::Sample { head, body });
    }
    if let Some(text) = table.string("text") {
        return Some(Answer::Text(text));
    }
    if let Some(bytes) = table.string("raw") {
        return Some(Answer::Raw { bytes, seen_as: table.string("seen-as") });
    }
    if let Some(name) = table.text("server") {
        return Named::ALL.into_iter().find(|named| named.name() == name).map(Answer::Named);
    }
    let flags = [("close", Answer::Close), ("hang", Answer::Hang), ("websocket", Answer::WebSocket)];
    flags.into_iter().find(|(key, _)| table.get(key).is_some()).map(|(_, source)| source)
}

/// The keys of an answer's table that hold the texts of its source.
#[derive(Default)]
struct Written<'a> {
    text: Option<&'a Node>,
    raw: Option<&'a Node>,
    seen_as: Option<&'a Node>,
}

/// Reports what the fixture would not send, underlined in its own line.
fn check(source: &Answer, written: &Written<'_>, found: &mut FileProblems) {
    let Err(ScriptError { part, line, column, len, message, hint }) = source.check() else { return };
    let node = match part {
        ScriptPart::Text => written.text,
        ScriptPart::Bytes => written.raw,
        ScriptPart::SeenAs => written.seen_as,
    };
    let Some(node) = node else { return };
    let text = node.as_text().unwrap_or_default();
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>() + column;
    let span = node.part(found.source(), &(start..start + len));
    found.report(Problem::new(format!("this answer cannot be sent: {message}")).at(span, "").help(hint));
}
