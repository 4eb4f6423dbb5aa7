//! Images, and media.

use fetch_model::mime_type::Destination;

use super::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells, way::Way};
use crate::case::Reading;

/// What a script tries on a picture.
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

/// The same, and how long it is.
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

pub(super) const IMAGE: Way = Way {
    api: "<img>",
    needed: &[],
    allowed: &["crossorigin", "referrer-policy", "reading"],
    readings: IMAGE_READINGS,
    script: PageScript::Image,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::UpdateTheImageData),
};

pub(super) const SVG_IMAGE: Way = Way {
    api: "SVG <image>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Svg,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::UpdateTheImageData),
};

pub(super) const SVG_USE: Way = Way {
    api: "SVG <use>",
    needed: &[],
    allowed: &[],
    readings: &[],
    script: PageScript::Svg,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::NotSurely,
    model: Model::Element(Algorithm::ProcessAUseElement),
};

pub(super) const TRACK: Way = Way {
    api: "<track>",
    needed: &[],
    allowed: &["crossorigin"],
    readings: &[],
    script: PageScript::Track,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::StartTheTrackProcessingModel),
};

pub(super) const AUDIO: Way = Way {
    api: "<audio>",
    needed: &[],
    allowed: &["crossorigin", "reading"],
    readings: &[Reading::Duration, Reading::WebAudio],
    script: PageScript::Media,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::ResourceFetch(Destination::Audio)),
};

pub(super) const VIDEO: Way = Way {
    api: "<video>",
    needed: &[],
    allowed: &["crossorigin", "reading"],
    readings: VIDEO_READINGS,
    script: PageScript::Media,
    asked_from: AskedFrom::Documents,
    tells: Tells::Content,
    cors: Cors::ByAttribute,
    model: Model::Element(Algorithm::ResourceFetch(Destination::Video)),
};
