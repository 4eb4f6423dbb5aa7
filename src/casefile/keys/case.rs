//! The keys of a file, of its defaults, of a case and of a step.

use crate::{
    case::{Context, Isolation, Need},
    casefile::{
        keys::{
            answer::{ANSWERING, AT},
            outcome::{EXPECT, KNOWN_ENGINES},
            ranges,
            request::REQUEST,
            service_worker::SERVICE_WORKER,
            table,
        },
        patterns,
    },
    document::{
        pattern,
        shape::{Key, Shape, TableShape},
    },
};

pub(in crate::casefile) static FILE: TableShape = table(
    "a case file",
    "file",
    &[&[
        Key::required(
            "title",
            Shape::Pattern(&pattern::NOT_BLANK),
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

pub(in crate::casefile) static CASE: TableShape = table(
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

pub(super) static MATRIX_VALUE: Shape =
    Shape::Either(&[Shape::Text, Shape::Integer(ranges::ANY), Shape::Boolean]);

static STEP: TableShape = table(
    "a step",
    "step",
    &[
        ASKING,
        &[Key::optional(
            "wait-ms",
            Shape::Integer(ranges::WAIT_MS),
            "How long the page waits before it asks, in milliseconds.",
        )],
        ANSWERING,
    ],
);

/// The keys that say from which page a request is made, and what must come of it.
const ASKING: &[Key] = &[
    Key::optional("page", Shape::Text, "The origin of the top-level page, as https://app.example.com."),
    Key::optional(
        "page-headers",
        Shape::Map { of: &Shape::Text, least: 0 },
        "Header fields of the page's own response, and of the workers and frames that are made in it: policies such as Content-Security-Policy.",
    ),
    Key::optional(
        "frame",
        Shape::Text,
        "The origin of a frame in the page that asks instead of the page, as https://cdn.example.org; of frames in each other, from the outermost on, with a space between.",
    ),
    Key::optional(
        "context",
        Shape::Word(Context::WORDS),
        "What in that page asks; a window unless it says otherwise.",
    ),
    Key::optional(
        "service-worker",
        Shape::Table(&SERVICE_WORKER),
        "What the service worker does, with context = \"service-worker-page\".",
    ),
    Key::optional("request", Shape::Table(&REQUEST), "What the script asks for."),
    Key::optional("expect", Shape::Table(&EXPECT), "What the standard demands."),
];

/// The keys that describe a case: its name, what it covers, its twin.
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
        "sop",
        Shape::Pattern(&pattern::NOT_BLANK),
        "The row of the same-origin policy's table that it shows: an action in a few words, as embed an image: <img>.",
    ),
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
