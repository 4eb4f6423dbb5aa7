//! Every key of a policy file, once: the reader and the published schema read this table.

use std::ops::RangeInclusive;

use browsers::Engine;

use crate::{
    check::{
        finding::{Kind, Severity},
        framework::Framework,
        policy::promise::PATH,
    },
    document::{
        pattern::{METHOD, NOT_BLANK},
        schema,
        shape::{Key, Shape, TableShape},
    },
};

/// How many requests a second a server may be sent.
pub(super) const RATE: RangeInclusive<f64> = 0.01..=1000.0;

/// How many seconds a server may have to get ready.
pub(super) const START_SECONDS: RangeInclusive<i64> = 1..=600;

/// The seconds of an Access-Control-Max-Age.
pub(super) const MAX_AGE: RangeInclusive<i64> = 0..=4_294_967_295;

/// The statuses by which a server may refuse.
pub(super) const DENIAL_STATUS: RangeInclusive<i64> = 400..=599;

/// How many seconds an answer may take.
pub(super) const ANSWER_SECONDS: RangeInclusive<i64> = 1..=300;

/// The keys of a policy file.
pub(super) static FILE: TableShape = TableShape {
    name: "a policy file",
    definition: "file",
    keys: &[&[
        Key::required("server", Shape::Table(&SERVER), "How the server is reached."),
        Key::required(
            "policy",
            Shape::Array { of: &Shape::Table(&POLICY), least: 1 },
            "What the server promises: one [[policy]] a path.",
        ),
        Key::optional(
            "expect",
            Shape::Array { of: &Shape::Table(&EXPECT), least: 0 },
            "The findings that there must be, and no others; `expect = []`: none.",
        ),
    ]],
    one_of: &[],
    some_of: &[],
    only_with: &[],
};

static SERVER: TableShape = TableShape {
    name: "[server]",
    definition: "server",
    keys: &[&[
        Key::required(
            "origin",
            Shape::Pattern(&NOT_BLANK),
            "The origin by which browsers know the server, such as https://api.example.com.",
        ),
        Key::optional(
            "start",
            Shape::Pattern(&NOT_BLANK),
            "The command that starts the server; it listens on the port that the variable PORT names.",
        ),
        Key::optional(
            "url",
            Shape::Pattern(&NOT_BLANK),
            "Where a server listens on this machine that runs already, or that `start` starts and that does not listen at \
             PORT: http://127.0.0.1:3000, https://127.0.0.1:8443, unix:/run/app.sock. With neither the server is deployed, and \
             asked where its origin says.",
        ),
        Key::optional(
            "resolve",
            Shape::Pattern(&NOT_BLANK),
            "Where a deployed server is, past the system's resolver: 192.0.2.7:443.",
        ),
        Key::optional(
            "ca",
            Shape::Pattern(&NOT_BLANK),
            "A file in PEM with the certificates of authorities that the machine does not know.",
        ),
        Key::optional(
            "client_certificate",
            Shape::Pattern(&NOT_BLANK),
            "A file in PEM with the certificate by which the server knows us.",
        ),
        Key::optional(
            "client_key",
            Shape::Pattern(&NOT_BLANK),
            "A file in PEM with the key of that certificate.",
        ),
        Key::optional(
            "rate",
            Shape::Number(RATE),
            "How many requests a second the server is sent at most: 10 for a deployed one, unless it says otherwise.",
        ),
        Key::optional(
            "ready",
            Shape::Pattern(&PATH),
            "A path that is asked until anything answers; otherwise a connection is enough.",
        ),
        Key::optional(
            "start_timeout",
            Shape::Integer(START_SECONDS),
            "How many seconds the server has to get ready: 30 unless it says otherwise.",
        ),
        Key::optional(
            "host",
            Shape::Pattern(&NOT_BLANK),
            "The Host that the server is told: original (the default), upstream (its address), or a name.",
        ),
        Key::optional(
            "framework",
            Shape::Word(Framework::WORDS),
            "What the server is made with, so that advice is given in its words.",
        ),
    ]],
    one_of: &[],
    some_of: &[],
    only_with: &[
        ("start_timeout", "start"),
        ("client_certificate", "client_key"),
        ("client_key", "client_certificate"),
    ],
};

static POLICY: TableShape = TableShape {
    name: "a [[policy]]",
    definition: "policy",
    keys: &[&[
        Key::required("path", Shape::Pattern(&PATH), "The path that it is about, such as /data."),
        Key::required(
            "origins",
            Shape::Either(&[
                Shape::Pattern(&NOT_BLANK),
                Shape::Array { of: &Shape::Pattern(&NOT_BLANK), least: 0 },
            ]),
            "Who may read: an array of origins, or \"*\" for everybody. A * in a host stands for a part of a name, as in \
             https://*.preview.example.com.",
        ),
        Key::optional(
            "methods",
            Shape::Array { of: &Shape::Pattern(&METHOD), least: 1 },
            "The methods that pages use: GET unless it says otherwise.",
        ),
        Key::optional(
            "request_headers",
            Shape::Array { of: &Shape::Pattern(&METHOD), least: 0 },
            "The request headers that scripts set.",
        ),
        Key::optional(
            "exposed_headers",
            Shape::Array { of: &Shape::Pattern(&METHOD), least: 0 },
            "The response headers that scripts read.",
        ),
        Key::optional(
            "credentials",
            Shape::Boolean,
            "Whether pages ask with cookies and the like: false unless it says otherwise.",
        ),
        Key::optional(
            "max_age",
            Shape::Integer(MAX_AGE),
            "How many seconds the answer to a preflight may be kept.",
        ),
        Key::optional(
            "private",
            Shape::Boolean,
            "Whether the answer is somebody's own data: as credentials unless it says otherwise.",
        ),
        Key::optional(
            "safe_to_call",
            Shape::Boolean,
            "Whether POST, PUT and the like may be sent to a server that runs already.",
        ),
        Key::optional(
            "denial_status",
            Shape::Integer(DENIAL_STATUS),
            "The status by which the server refuses whoever may not read, such as 403; without it they must get what \
             declared pages get, and cannot read it.",
        ),
        Key::optional(
            "answer_within",
            Shape::Integer(ANSWER_SECONDS),
            "How many seconds an answer may take: 10 unless it says otherwise.",
        ),
        Key::optional(
            "request",
            Shape::Table(&REQUEST),
            "What pages send: headers with every request, a body with the methods that have one.",
        ),
        Key::optional(
            "errors",
            Shape::Array { of: &Shape::Pattern(&PATH), least: 1 },
            "Paths that answer with an error, which scripts must be able to read as well.",
        ),
    ]],
    one_of: &[],
    some_of: &[],
    only_with: &[],
};

static REQUEST: TableShape = TableShape {
    name: "a request",
    definition: "request",
    keys: &[&[
        Key::optional(
            "headers",
            Shape::Map { of: &Shape::Text, least: 1 },
            "The headers that scripts always set, with their values. ${TOKEN} stands for what the environment has as TOKEN: the \
             server alone is sent it, no page and no report has it.",
        ),
        Key::optional(
            "body",
            Shape::Text,
            "The body of POST, PUT and PATCH: `{}` unless it says otherwise. ${NAME} is as in headers.",
        ),
        Key::optional(
            "content_type",
            Shape::Pattern(&NOT_BLANK),
            "The Content-Type that a script sets for it, such as application/json.",
        ),
    ]],
    one_of: &[],
    some_of: &[],
    only_with: &[],
};

static EXPECT: TableShape = TableShape {
    name: "an [[expect]]",
    definition: "expect",
    keys: &[&[
        Key::required("finding", Shape::Word(Kind::WORDS), "What must be found."),
        Key::optional("severity", Shape::Word(Severity::WORDS), "How bad it must be."),
        Key::optional("path", Shape::Pattern(&PATH), "The path of the policy it is about."),
        Key::optional(
            "engines",
            Shape::Array { of: &Shape::Word(Engine::NAMES), least: 1 },
            "The engines that show it, and no others; where none of them is asked, it is not expected.",
        ),
    ]],
    one_of: &[],
    some_of: &[],
    only_with: &[],
};

/// The JSON Schema of policy files.
pub(crate) fn policy_schema() -> serde_json::Value {
    schema::document(&FILE, "corsproof policy file", "How a server is reached, and what it promises.")
}
