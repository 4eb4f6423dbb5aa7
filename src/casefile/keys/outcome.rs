//! The keys of an outcome: of the one that the standard demands, and of a known difference.

use fetch_model::Reason;

use crate::{
    case::{ExpectedRead, ResponseType},
    casefile::{
        keys::{case::MATRIX_VALUE, ranges, table},
        patterns,
    },
    document::{
        pattern,
        shape::{Key, Shape, TableShape},
    },
};

pub(super) static EXPECT: TableShape = table("an expectation", "expect", &[OUTCOME, SENT_KEYS]);

/// The keys that say what comes of a request.
const OUTCOME: &[Key] = &[
    Key::optional(
        "loaded",
        Shape::Boolean,
        "Whether the resource takes effect: an image is painted, a script runs, a response arrives.",
    ),
    Key::optional("read", Shape::Word(ExpectedRead::WORDS), "What a script can read of the response."),
    Key::optional("reason", Shape::Word(Reason::WORDS), "Why the read is blocked."),
    Key::optional("status", Shape::Integer(ranges::STATUS), "The status that a script sees."),
    Key::optional("type", Shape::Word(ResponseType::WORDS), "The response's type."),
    Key::optional("body", Shape::Text, "The body that a script reads."),
    Key::optional("url", Shape::Text, "The response's URL."),
    Key::optional("redirected", Shape::Boolean, "Whether the response says it came by a redirect."),
    Key::optional(
        "headers",
        Shape::Map { of: &Shape::Text, least: 0 },
        "Header fields a script must see, with their values.",
    ),
    Key::optional(
        "hidden",
        Shape::Array { of: &Shape::Text, least: 0 },
        "Names of header fields a script must not see.",
    ),
];

/// The keys of one request in `sent`.
const SENT_KEYS: &[Key] = &[Key::optional(
    "sent",
    Shape::Array { of: &SENT, least: 0 },
    "The requests that reach a server, in order; [] where none does.",
)];

static SENT: Shape = Shape::Either(&[Shape::Pattern(&patterns::SENT), Shape::Table(&SENT_TABLE)]);

static SENT_TABLE: TableShape = table(
    "a request that is sent",
    "sent",
    &[&[
        Key::required("method", Shape::Pattern(&pattern::METHOD), "The method."),
        Key::optional("url", Shape::Text, "The URL."),
        Key::optional(
            "headers",
            Shape::Map { of: &Shape::Text, least: 0 },
            "Header fields it must have, with their values.",
        ),
        Key::optional(
            "without",
            Shape::Array { of: &Shape::Text, least: 0 },
            "Names of header fields it must lack.",
        ),
    ]],
);

pub(super) static KNOWN_ENGINES: TableShape = table(
    "the known differences",
    "known-engines",
    &[&[
        Key::optional("chromium", Shape::Table(&KNOWN), "How Chromium differs."),
        Key::optional("firefox", Shape::Table(&KNOWN), "How Firefox differs."),
        Key::optional("webkit", Shape::Table(&KNOWN), "How WebKitGTK differs."),
    ]],
);

static KNOWN: TableShape = table(
    "a known difference",
    "known",
    &[
        &[
            Key::required(
                "note",
                Shape::Pattern(&pattern::NOT_BLANK),
                "Why it differs, with the standard's step.",
            ),
            Key::required(
                "link",
                Shape::Pattern(&patterns::LINK),
                "The engine's bug or what explains it: a URL, or the path of a file of this repository.",
            ),
            Key::required(
                "since",
                Shape::Pattern(&pattern::NOT_BLANK),
                "The engine's version it was first seen in.",
            ),
            Key::optional(
                "matrix",
                Shape::Map { of: &Shape::Array { of: &MATRIX_VALUE, least: 1 }, least: 1 },
                "The variants it is about, by matrix values; all of them without this.",
            ),
            Key::optional(
                "step",
                Shape::Array { of: &Shape::Table(&KNOWN_STEP), least: 1 },
                "What the engine does in single steps of a case that has several.",
            ),
        ],
        OUTCOME,
        SENT_KEYS,
    ],
);

static KNOWN_STEP: TableShape = table(
    "a known difference of a step",
    "known-step",
    &[&[Key::required("index", Shape::Integer(ranges::STEP_INDEX), "Which step, counted from 0.")], OUTCOME],
);

#[cfg(test)]
mod tests {
    use super::*;
    use browsers::Engine;

    #[test]
    fn every_engine_may_have_known_differences() {
        assert_eq!(KNOWN_ENGINES.names(), Engine::ALL.map(Engine::name));
    }
}
