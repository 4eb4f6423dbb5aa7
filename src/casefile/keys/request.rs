//! The keys of a request.

use fetch_model::{CacheMode, CredentialsMode, CrossOrigin, RedirectMode, ReferrerPolicy, TimingMember};

use crate::{
    case::{Enctype, PreloadAs, Reading, Via},
    casefile::keys::{access::ACCESS, ranges, table},
    document::shape::{Key, Shape, TableShape},
};

pub(super) static REQUEST: TableShape = table(
    "a request",
    "request",
    &[
        &[
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
            Key::optional("referrer", Shape::Text, "The referrer that fetch() is given; empty for none."),
            Key::optional(
                "referrer-policy",
                Shape::Word(ReferrerPolicy::WORDS),
                "The referrer policy that fetch() is given, an element's referrerpolicy attribute, or the policy of a form's document.",
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
            Key::optional(
                "crossorigin",
                Shape::Word(CrossOrigin::WORDS),
                "The element's crossorigin attribute: absent unless it says otherwise.",
            ),
            Key::optional(
                "enctype",
                Shape::Word(Enctype::WORDS),
                "The form's enctype: application/x-www-form-urlencoded unless it says otherwise.",
            ),
            Key::optional(
                "integrity",
                Shape::Text,
                "The integrity that fetch() is given, or the element's attribute.",
            ),
            Key::optional("keepalive", Shape::Boolean, "The keepalive that fetch() is given."),
            Key::optional(
                "member",
                Shape::Word(TimingMember::WORDS),
                "The member of the timing entry that a script reads: requestStart unless it says otherwise.",
            ),
            Key::optional(
                "reading",
                Shape::Word(Reading::WORDS),
                "How a script tries to read an image or media: get-image-data of images and videos, duration of audio, unless it says otherwise.",
            ),
            Key::optional(
                "css-property",
                Shape::Word(&["background-image", "content", "mask-image", "shape-outside"]),
                "The property by which a style sheet names an image.",
            ),
            Key::optional("as", Shape::Word(PreloadAs::WORDS), "What a preload is for."),
        ],
        ACCESS,
    ],
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
        Key::optional(
            "times",
            Shape::Integer(ranges::BODY_TIMES),
            "How often the bytes are repeated: once unless it says otherwise.",
        ),
        Key::optional("stream", Shape::Text, "A ReadableStream of this text's bytes."),
    ]],
    one_of: &["blob", "form-data", "url-search-params", "bytes", "stream"],
    some_of: &[],
    only_with: &[("type", "blob"), ("times", "bytes")],
};

const PAIRS: Shape = Shape::Array { of: &Shape::Pair, least: 0 };

#[cfg(test)]
mod tests {
    use super::*;

    /// Else no case file could give it.
    #[test]
    fn every_option_of_a_way_of_asking_is_a_key() {
        for via in Via::ALL {
            for option in via.options() {
                assert!(
                    REQUEST.key(option).is_some(),
                    "via = {}: a request has no key `{option}`",
                    via.word()
                );
            }
        }
    }
}
