//! The request that a script makes.

use fetch_model::{
    CacheMode, CredentialsMode, CrossOrigin, RedirectMode, ReferrerPolicy, RequestMode, TimingMember,
    html::StyleResource,
};
use serde::{Deserialize, Serialize};

use crate::{
    case::{Access, Via},
    words::words,
};

/// What a script asks for; what is `None` or empty is left out of the call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Request {
    /// The API.
    pub via: Via,
    /// The URL, as the script writes it, without the token.
    pub url: String,
    /// The method, as the script writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `RequestInit.mode` (fetch alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<RequestMode>>"))]
    pub mode: Option<RequestMode>,
    /// `RequestInit.credentials`; for an XHR `include` is `withCredentials = true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<CredentialsMode>>"))]
    pub credentials: Option<CredentialsMode>,
    /// `RequestInit.redirect` (fetch alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<RedirectMode>>"))]
    pub redirect: Option<RedirectMode>,
    /// `RequestInit.cache` (fetch alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<CacheMode>>"))]
    pub cache: Option<CacheMode>,
    /// `RequestInit.referrer` (fetch alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// `RequestInit.referrerPolicy`, the attribute `referrerpolicy`, or the policy of a form's document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<ReferrerPolicy>>"))]
    pub referrer_policy: Option<ReferrerPolicy>,
    /// `RequestInit.integrity`, or the attribute `integrity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrity: Option<String>,
    /// `RequestInit.keepalive` (fetch alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keepalive: Option<bool>,
    /// Header fields in order, as the script sets them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Whether an XHR has a listener on its upload object before `send()`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub upload_listener: bool,
    /// What is reached for instead of a server, where the API is none of requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// What only elements are told.
    #[serde(default, skip_serializing_if = "Attributes::are_usual")]
    pub attributes: Attributes,
}

impl Request {
    /// A request that sets nothing but the API and the URL.
    pub(crate) fn new(via: Via, url: &str) -> Self {
        Self {
            via,
            url: url.to_owned(),
            method: None,
            mode: None,
            credentials: None,
            redirect: None,
            cache: None,
            referrer: None,
            referrer_policy: None,
            integrity: None,
            keepalive: None,
            headers: Vec::new(),
            body: None,
            upload_listener: false,
            access: None,
            attributes: Attributes::default(),
        }
    }

    /// Sets a header to a value that a server may well refuse, but not as a header.
    pub(crate) fn add_header(&mut self, name: &str) {
        let value = match name.to_ascii_lowercase().as_str() {
            "content-type" | "accept" => "application/json",
            "authorization" => "Bearer corsproof",
            _ => "corsproof",
        };
        if !self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// What an element is told besides its URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default)]
pub(crate) struct Attributes {
    /// `crossorigin`
    #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<CrossOrigin>"))]
    pub crossorigin: CrossOrigin,
    /// How a script tries to read an image or media.
    pub reading: Reading,
    /// The property of a style sheet that names an image.
    #[cfg_attr(feature = "cli", schemars(with = "Option<crate::schema::Words<StyleResource>>"))]
    pub css_property: Option<StyleResource>,
    /// `as` of a preload.
    pub preload_as: Option<PreloadAs>,
    /// `enctype` of a form.
    pub enctype: Enctype,
    /// Which member of a timing entry a script reads.
    #[cfg_attr(feature = "cli", schemars(with = "crate::schema::Words<TimingMember>"))]
    pub member: TimingMember,
}

impl Attributes {
    /// Whether the element is told nothing of them.
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

words! {
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-enctype>
    #[derive(Default)]
    pub(crate) Enctype {
        /// Names and values as in a query.
        #[default]
        Urlencoded = "application/x-www-form-urlencoded",
        /// In parts.
        Multipart = "multipart/form-data",
        /// A line each.
        Plain = "text/plain",
    }
}

words! {
    /// What a preload is for, <https://html.spec.whatwg.org/multipage/semantics.html#attr-link-as>: some of them.
    pub(crate) PreloadAs {
        /// `fetch()` and XMLHttpRequest.
        Fetch = "fetch",
        /// A font.
        Font = "font",
        /// An image.
        Image = "image",
        /// A classic script.
        Script = "script",
        /// A style sheet.
        Style = "style",
    }
}

words! {
    /// How a script tries to read an image or media. What gets at pixels ends with the colour of the first one.
    #[derive(Default)]
    pub(crate) Reading {
        /// `drawImage()` and `getImageData()`.
        #[default]
        GetImageData = "get-image-data",
        /// `toDataURL()`.
        ToDataUrl = "to-data-url",
        /// `toBlob()`.
        ToBlob = "to-blob",
        /// `createPattern()`.
        Pattern = "pattern",
        /// A second canvas, onto which the first is drawn.
        SecondCanvas = "second-canvas",
        /// `createImageBitmap()`, drawn onto a canvas.
        ImageBitmap = "image-bitmap",
        /// An `OffscreenCanvas`.
        OffscreenCanvas = "offscreen-canvas",
        /// `naturalWidth` and its kin: told of every origin.
        NaturalSize = "natural-size",
        /// `duration`: told of every origin.
        Duration = "duration",
        /// Web Audio: what an `AnalyserNode` hears.
        WebAudio = "web-audio",
    }
}

/// A body by its JavaScript type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Body {
    /// A string.
    Text(String),
    /// `new Blob([text], {type})`.
    Blob {
        /// Its bytes, as text.
        text: String,
        /// Its type; may be empty.
        r#type: String,
    },
    /// `new URLSearchParams(text)`.
    UrlSearchParams(String),
    /// A `FormData` with these members.
    FormData(Vec<(String, String)>),
    /// `new TextEncoder().encode(text)`.
    Bytes(String),
    /// A `ReadableStream` of the text's bytes, with `duplex: "half"`.
    Stream(String),
}
