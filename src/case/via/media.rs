//! Elements that show images, video or audio.

use fetch_model::mime_type::Destination;

use super::{Algorithm, Callers, Cors, Disclosure, Model, PageScript, row::Row};
use crate::case::Reading;

/// The ways in which a script tries to read an image.
const IMAGE_READINGS: &[Reading] = &[
    Reading::GetImageData,
    Reading::ToDataUrl,
    Reading::ToBlob,
    Reading::Pattern,
    Reading::SecondCanvas,
    Reading::ImageBitmap,
    Reading::OffscreenCanvas,
    Reading::NaturalSize,
];

/// The ways to read an image, and for a video also its duration.
const VIDEO_READINGS: &[Reading] = &[
    Reading::GetImageData,
    Reading::ToDataUrl,
    Reading::ToBlob,
    Reading::Pattern,
    Reading::SecondCanvas,
    Reading::ImageBitmap,
    Reading::OffscreenCanvas,
    Reading::NaturalSize,
    Reading::Duration,
];

pub(super) const IMAGE: Row = Row {
    api: "<img>",
    needed: &[],
    allowed: &["crossorigin", "referrer-policy", "reading"],
    readings: IMAGE_READINGS,
    script: PageScript::Image,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::UpdateTheImageData),
};

pub(super) const SVG_IMAGE: Row = Row {
    api: "SVG <image>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Svg,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::UpdateTheImageData),
};

pub(super) const SVG_USE: Row = Row {
    api: "SVG <use>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Svg,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::ProcessAUseElement),
};

pub(super) const TRACK: Row = Row {
    api: "<track>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Track,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::StartTheTrackProcessingModel),
};

pub(super) const AUDIO: Row = Row {
    api: "<audio>",
    needed: &[],
    allowed: &["crossorigin", "reading"],
    readings: &[Reading::Duration, Reading::WebAudio],
    script: PageScript::Media,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::ResourceFetch(Destination::Audio)),
};

pub(super) const VIDEO: Row = Row {
    api: "<video>",
    needed: &[],
    allowed: &["crossorigin", "reading"],
    readings: VIDEO_READINGS,
    script: PageScript::Media,
    callers: Callers::Documents,
    disclosure: Disclosure::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::ResourceFetch(Destination::Video)),
};
