//! The keys of a service worker.

use crate::{
    case::Answering,
    casefile::keys::{request::REQUEST, table},
    document::shape::{Key, Shape, TableShape},
};

pub(super) static SERVICE_WORKER: TableShape = table(
    "a service worker",
    "service-worker",
    &[&[
        Key::required(
            "respond",
            Shape::Word(Answering::WORDS),
            "What it answers with: network leaves the request alone, request fetches it, copy and its kin fetch a copy, fetch fetches something else, first is the answer to the first request, made is made up, error is Response.error(), grant-options grants every OPTIONS request and leaves the others alone.",
        ),
        Key::optional("request", Shape::Table(&REQUEST), "What it fetches itself, with respond = \"fetch\"."),
    ]],
);
