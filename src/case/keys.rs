//! Every key of a case file, once: the checker, the merging of defaults and the published schema read this table.

use super::{
    meant::{Context, ExpectedRead, Isolation, Need, Via},
    patterns,
    shape::{Key, Shape, TableShape},
};
use crate::{
    observation::ResponseType,
    standard::{CacheMode, CredentialsMode, Reason, RedirectMode, ReferrerPolicy},
};

/// A table without rules among its keys.
const fn table(name: &'static str, definition: &'static str, keys: &'static [&'static [Key]]) -> TableShape {
    TableShape { name, definition, keys, one_of: &[], only_with: &[] }
}

pub(super) static FILE: TableShape = table(
    "a case file",
    "file",
    &[&[
        Key::required(
            "title",
            Shape::Pattern(&patterns::NOT_BLANK),
            "What the file is about, in a few words.",
        ),
        Key::required(
            "spec",
            Shape::Pattern(&patterns::ANCHOR),
            "The section of the standard it is about: a URL with an anchor.",
        ),
        Key::optional(
            "defaults",
            Shape::Table(&DEFAULTS),
            "What every case of the file says unless it says otherwise. The tables request, expect and at are merged key by key.",
        ),
        Key::required(
            "case",
            Shape::Array { of: &Shape::Table(&CASE), least: 1 },
            "The cases, each under its own [[case]].",
        ),
    ]],
);

static DEFAULTS: TableShape = table("[defaults]", "defaults", &[ASKING, ANSWERING, ABOUT]);

pub(super) static CASE: TableShape = table(
    "a case",
    "case",
    &[
        &[
            Key::required(
                "name",
                Shape::Pattern(&patterns::NAME),
                "The case's name, unique in its file: lower-case letters, digits and -.",
            ),
            Key::optional(
                "matrix",
                Shape::Either(&[
                    Shape::Map { of: &Shape::Array { of: &MATRIX_VALUE, least: 1 }, least: 1 },
                    Shape::Array { of: &Shape::Map { of: &MATRIX_VALUE, least: 1 }, least: 1 },
                ]),
                "Variants of the case: a table of arrays makes every combination, an array of tables is a list of rows. {name} in any text of the case stands for the value.",
            ),
            Key::optional(
                "twin",
                Shape::Either(&[Shape::Text, Shape::Array { of: &Shape::Text, least: 1 }]),
                "The case that is the same but for the one thing put right, and so is readable: a name in this file, or folder/file/name. A blocked case must have one.",
            ),
            Key::optional(
                "known",
                Shape::Table(&KNOWN_ENGINES),
                "Engines that are known to differ from the standard here, and how.",
            ),
            Key::optional(
                "step",
                Shape::Array { of: &Shape::Table(&STEP), least: 1 },
                "Several requests in order, each under its own [[case.step]]; what a step does not say it has from the case.",
            ),
        ],
        ASKING,
        ANSWERING,
        ABOUT,
    ],
);

static MATRIX_VALUE: Shape =
    Shape::Either(&[Shape::Text, Shape::Integer { least: i64::MIN, most: i64::MAX }, Shape::Boolean]);

pub(super) static STEP: TableShape = table(
    "a step",
    "step",
    &[
        ASKING,
        &[Key::optional(
            "wait-ms",
            Shape::Integer { least: 0, most: 60_000 },
            "How long the page waits before it asks, in milliseconds.",
        )],
        ANSWERING,
    ],
);

/// Who asks for what, and what must come of it.
const ASKING: &[Key] = &[
    Key::optional("page", Shape::Text, "The origin of the top-level page, as https://app.example.com."),
    Key::optional(
        "context",
        Shape::Word(Context::WORDS),
        "What in that page asks; a window unless it says otherwise.",
    ),
    Key::optional("request", Shape::Table(&REQUEST), "What the script asks for."),
    Key::optional("expect", Shape::Table(&EXPECT), "What the standard demands."),
];

/// What the servers say.
const ANSWERING: &[Key] = &[
    Key::optional(
        "preflight",
        ANSWERS,
        "The answer to the OPTIONS request that asks before another; without one the server has no OPTIONS handler and says 405.",
    ),
    Key::optional("response", ANSWERS, "The answer to every other request for the URL."),
];

/// What a case says about itself.
const ABOUT: &[Key] = &[
    Key::optional(
        "spec",
        Shape::Pattern(&patterns::ANCHOR),
        "The section of the standard this case is about, where it is not the file's.",
    ),
    Key::optional(
        "covers",
        Shape::Array { of: &REQUIREMENT, least: 0 },
        "The requirements it shows, as R73.",
    ),
    Key::optional("seed", Shape::Text, "Which statement of the seed document it shows, in a few words."),
    Key::optional(
        "at",
        Shape::Map { of: &ANSWERS_AT, least: 0 },
        "Answers of other URLs, such as the targets of redirects.",
    ),
    Key::optional(
        "isolation",
        Shape::Word(Isolation::WORDS),
        "Whether it may run beside others: shared unless it says otherwise.",
    ),
    Key::optional("http", Shape::Word(&["1.1"]), "The https servers of this case speak HTTP/1.1 only."),
    Key::optional(
        "needs",
        Shape::Array { of: &Shape::Word(Need::WORDS), least: 0 },
        "What an engine must have for the case to mean anything.",
    ),
];

static REQUIREMENT: Shape = Shape::Pattern(&patterns::REQUIREMENT);

static ANSWERS_AT: Shape = Shape::Table(&AT);

static AT: TableShape = table("the answers of a URL", "at", &[ANSWERING]);

pub(super) static REQUEST: TableShape = table(
    "a request",
    "request",
    &[&[
        Key::optional("via", Shape::Word(Via::WORDS), "The API: fetch unless it says otherwise."),
        Key::optional("url", Shape::Text, "The URL, absolute, as the script writes it."),
        Key::optional("method", Shape::Text, "The method, as the script writes it."),
        Key::optional(
            "mode",
            Shape::Word(&["same-origin", "cors", "no-cors", "navigate"]),
            "The mode that fetch() is given.",
        ),
        Key::optional(
            "credentials",
            Shape::Word(CredentialsMode::WORDS),
            "The credentials mode that fetch() is given; for an xhr include is withCredentials = true.",
        ),
        Key::optional(
            "redirect",
            Shape::Word(RedirectMode::WORDS),
            "The redirect mode that fetch() is given.",
        ),
        Key::optional("cache", Shape::Word(CacheMode::WORDS), "The cache mode that fetch() is given."),
        Key::optional(
            "referrer-policy",
            Shape::Word(ReferrerPolicy::WORDS),
            "The referrer policy that fetch() is given.",
        ),
        Key::optional(
            "headers",
            Shape::Either(&[Shape::Map { of: &Shape::Text, least: 0 }, PAIRS]),
            "The header fields the script sets: a table, or an array of [name, value] where order or repeats matter.",
        ),
        Key::optional(
            "body",
            Shape::Either(&[Shape::Text, Shape::Table(&BODY)]),
            "The body: a string, or a table for another JavaScript type.",
        ),
        Key::optional(
            "upload-listener",
            Shape::Boolean,
            "Whether an xhr has a listener on its upload object before send().",
        ),
    ]],
);

static BODY: TableShape = TableShape {
    name: "a body",
    definition: "body",
    keys: &[&[
        Key::optional("blob", Shape::Text, "A Blob of this text."),
        Key::optional("type", Shape::Text, "The type of the Blob."),
        Key::optional("form-data", PAIRS, "A FormData with these members."),
        Key::optional("url-search-params", Shape::Text, "A URLSearchParams of this text."),
        Key::optional("bytes", Shape::Text, "A Uint8Array of this text's bytes."),
        Key::optional("stream", Shape::Text, "A ReadableStream of this text's bytes."),
    ]],
    one_of: &["blob", "form-data", "url-search-params", "bytes", "stream"],
    only_with: &[("type", "blob")],
};

const PAIRS: Shape = Shape::Array { of: &Shape::Pair, least: 0 };

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
            Shape::Integer { least: 1, most: 1_000 },
            "How often this answer is given before the next has its turn.",
        ),
        Key::optional(
            "delay-ms",
            Shape::Integer { least: 0, most: 60_000 },
            "How long the server waits first, in milliseconds.",
        ),
    ]],
    one_of: &["text", "raw", "server", "close", "hang", "websocket"],
    only_with: &[("seen-as", "raw")],
};

static EXPECT: TableShape = table("an expectation", "expect", &[OUTCOME, SENT_KEYS]);

/// What comes of a request.
const OUTCOME: &[Key] = &[
    Key::optional("read", Shape::Word(ExpectedRead::WORDS), "What a script can read of the response."),
    Key::optional("reason", Shape::Word(Reason::WORDS), "Why the read is blocked."),
    Key::optional("status", Shape::Integer { least: 0, most: 999 }, "The status that a script sees."),
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

/// What reaches the servers.
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
        Key::required("method", Shape::Pattern(&patterns::METHOD), "The method."),
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

static KNOWN_ENGINES: TableShape = table(
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
                Shape::Pattern(&patterns::NOT_BLANK),
                "Why it differs, with the standard's step.",
            ),
            Key::required(
                "link",
                Shape::Pattern(&patterns::LINK),
                "The engine's bug or what explains it: a URL, or the path of a file of this repository.",
            ),
            Key::required(
                "since",
                Shape::Pattern(&patterns::NOT_BLANK),
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
    &[
        &[Key::required("index", Shape::Integer { least: 0, most: 999 }, "Which step, counted from 0.")],
        OUTCOME,
    ],
);

#[cfg(test)]
mod tests {
    use corsproof_fixture::Named;

    use super::*;
    use crate::engine::Engine;

    #[test]
    fn every_engine_may_have_known_differences() {
        assert_eq!(KNOWN_ENGINES.names(), Engine::ALL.map(Engine::name));
    }

    #[test]
    fn every_named_server_may_answer() {
        let Some(Shape::Word(words)) = ANSWER.key("server").map(|key| &key.shape) else {
            panic!("server is a word")
        };
        assert_eq!(*words, Named::ALL.map(Named::name));
    }
}
