//! The syntax of an answer's text: a status line, header lines, an empty line, the body.

use super::{
    check::quoted,
    patterns::is_token,
    problem::{Found, Problem},
    source::Span,
    written::Node,
};

/// What is wrong with a part of a message text.
struct Mistake {
    /// The part, in bytes of the text.
    part: Span,
    message: String,
    expected: &'static str,
    help: &'static str,
}

/// Who must be able to make something of a message text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An HTTP library sends it, and refuses control bytes.
    ToSend,
    /// It says what a parser makes of raw bytes: parsers let more through.
    AsSeen,
}

/// Reports what is wrong with a message text, each mistake underlined in its own line.
pub(super) fn check(node: &Node, purpose: Purpose, found: &mut Found) {
    let text = node.as_text().unwrap_or_default();
    for Mistake { part, message, expected, help } in mistakes(text, purpose) {
        let span = node.part(found.source(), &part);
        let mut problem = Problem::new(message).at(span, expected);
        if !help.is_empty() {
            problem = problem.help(help);
        }
        found.report(problem);
    }
}

fn mistakes(text: &str, purpose: Purpose) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let part = start..start + line.len();
        start += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (number, line) {
            (0, line) => mistakes.extend(status_line(line, part)),
            (_, "") => break,
            (_, line) => mistakes.extend(header_line(line, part, purpose)),
        }
    }
    mistakes
}

/// `200`, with a phrase if one likes.
fn status_line(line: &str, part: Span) -> Option<Mistake> {
    let code = line.split(' ').next().unwrap_or_default();
    let is_code = code.len() == 3 && code.parse().is_ok_and(|code: u16| (200..=999).contains(&code));
    (!is_code && !code.starts_with('{')).then(|| Mistake {
        part,
        message: format!("an answer cannot begin with {}", quoted(line)),
        expected: "expected a status code, 200 to 999",
        help: "an answer is a status line, header lines, an empty line and the body; what no HTTP library would send is written with `raw`",
    })
}

/// `Name: value`
fn header_line(line: &str, part: Span, purpose: Purpose) -> Option<Mistake> {
    let Some((name, value)) = line.split_once(':') else {
        return Some(Mistake {
            part,
            message: format!("{} is no header line", quoted(line)),
            expected: "expected Name: value",
            help: "the body begins after an empty line",
        });
    };
    if !is_token(name) {
        return Some(Mistake {
            part: part.start..part.start + name.len(),
            message: format!("{} is no name of a header field", quoted(name)),
            expected: "expected letters, digits and -",
            help: "what no HTTP library would send is written with `raw`",
        });
    }
    let is_bad = |character: char| {
        let is_control = character.is_ascii_control() && character != '\t';
        (is_control && purpose == Purpose::ToSend) || character > '\u{FF}'
    };
    value.char_indices().find(|(_, character)| is_bad(*character)).map(|(at, character)| {
        let at = part.start + name.len() + 1 + at;
        Mistake {
            part: at..at + character.len_utf8(),
            message: format!("{character:?} cannot stand in a header field"),
            expected: "expected U+0020 to U+00FF, without U+007F, or a tab",
            help: "control characters are written with `raw`; UTF-8 is written byte by byte, as \\u00c3\\u00a4",
        }
    })
}
