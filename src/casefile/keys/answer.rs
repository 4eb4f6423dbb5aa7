//! The keys that say what the servers answer.

use crate::{
    casefile::keys::{ranges, table},
    document::shape::{Key, Shape, TableShape},
};

/// The keys that say what the servers answer.
pub(super) const ANSWERING: &[Key] = &[
    Key::optional(
        "preflight",
        ANSWERS,
        "The answer to the OPTIONS request that asks before another; without one the server has no OPTIONS handler and says 405.",
    ),
    Key::optional("response", ANSWERS, "The answer to every other request for the URL."),
];

/// One answer, or several in turn.
const ANSWERS: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Table(&ANSWER),
    Shape::Array { of: &Shape::Either(&[Shape::Text, Shape::Table(&ANSWER)]), least: 1 },
]);

static ANSWER: TableShape = TableShape {
    name: "an answer",
    definition: "answer",
    keys: &[&[
        Key::optional(
            "text",
            Shape::Text,
            "HTTP message text: a status line, header lines, an empty line, the body.",
        ),
        Key::optional(
            "sample",
            Shape::Word(&["png", "wav", "webm", "ttf"]),
            "A small file for the body of `text`: png is 4 by 2 pixels of the colour #c0ffee, wav a quarter of a second of a tone, webm half a second of 16 by 16 pixels of about #2040c0, ttf a font with characters 3 em wide.",
        ),
        Key::optional(
            "raw",
            Shape::Text,
            "Bytes written to the connection as they stand; over https the case needs http = \"1.1\".",
        ),
        Key::optional(
            "seen-as",
            Shape::Text,
            "The message text that the raw bytes amount to; without it no parser accepts them.",
        ),
        Key::optional(
            "server",
            Shape::Word(&["allow-list", "reflect", "tower-http"]),
            "A server written in Rust.",
        ),
        Key::optional("close", Shape::True, "The connection is closed without an answer."),
        Key::optional("hang", Shape::True, "Nothing is ever answered."),
        Key::optional("websocket", Shape::True, "A WebSocket handshake is accepted and messages are echoed."),
        Key::optional(
            "times",
            Shape::Integer(ranges::ANSWER_TIMES),
            "How often this answer is given before the next has its turn.",
        ),
        Key::optional(
            "delay-ms",
            Shape::Integer(ranges::DELAY_MS),
            "How long the server waits first, in milliseconds.",
        ),
    ]],
    one_of: &["text", "raw", "server", "close", "hang", "websocket"],
    some_of: &[],
    only_with: &[("sample", "text"), ("seen-as", "raw")],
};

pub(super) static AT: TableShape = table("the answers of a URL", "at", &[ANSWERING]);

#[cfg(test)]
mod tests {
    use corsproof_fixture::{Named, Sample};

    use super::*;

    #[test]
    fn every_named_server_may_answer() {
        let Some(Shape::Word(words)) = ANSWER.key("server").map(|key| &key.shape) else {
            panic!("server is a word")
        };
        assert_eq!(*words, Named::ALL.map(Named::name));
    }

    #[test]
    fn every_sample_may_be_a_body() {
        let Some(Shape::Word(words)) = ANSWER.key("sample").map(|key| &key.shape) else {
            panic!("sample is a word")
        };
        assert_eq!(*words, Sample::ALL.map(Sample::name));
    }
}
