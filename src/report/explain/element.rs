//! Elements: what loads and stays closed all the same.

use super::{Explanation, Servers, Words};

const EXPRESS: &str = "app.use(cors({ origin: \"https://app.example.com\" }))";
const FASTAPI: &str = "app.add_middleware(CORSMiddleware, allow_origins=[\"https://app.example.com\"])";
const NGINX: &str = "add_header Access-Control-Allow-Origin https://app.example.com always;";

pub(super) const INTEGRITY: Explanation = Explanation {
    title: "The bytes are not those that integrity names.",
    what: "The element has an integrity attribute. The bytes that arrived have another hash, or they came from another origin without CORS: then their hash must stay unknown, so they count as wrong.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Update the hash, and for a file of another origin add crossorigin to the element and Access-Control-Allow-Origin to the answer.",
    servers: Servers::Code { express: EXPRESS, fastapi: FASTAPI, nginx: NGINX },
    spec: "https://fetch.spec.whatwg.org/#concept-main-fetch",
    engines: Words {
        chromium: Some("Failed to find a valid digest in the 'integrity' attribute"),
        firefox: Some("None of the \"sha256\" hashes in the integrity attribute match"),
        webkit: None,
    },
};

pub(super) const MIME_TYPE: Explanation = Explanation {
    title: "The MIME type is none that this element takes.",
    what: "Module scripts need a JavaScript type, style sheets need text/css, and no script may be an image. With X-Content-Type-Options: nosniff classic scripts need a JavaScript type too.",
    header: Some("Content-Type"),
    remedy: "Serve the file with its own type.",
    servers: Servers::NotTheirs,
    spec: "https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?",
    engines: Words {
        chromium: Some("Failed to load module script: Expected a JavaScript module script but ..."),
        firefox: Some("... was blocked because of a disallowed MIME type"),
        webkit: None,
    },
};

pub(super) const UNUSABLE: Explanation = Explanation {
    title: "Nothing can be made of the answer.",
    what: "The answer arrived and no rule stood against it, but its status says that it failed, or its bytes are not what the element takes.",
    header: None,
    remedy: "Look at the status and the body that the server answered with.",
    servers: Servers::NotTheirs,
    spec: "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script",
    engines: Words { chromium: None, firefox: None, webkit: None },
};

pub(super) const TAINTED_CANVAS: Explanation = Explanation {
    title: "The canvas holds pixels that CORS did not grant.",
    what: "The image came from another origin without CORS. It may be painted, but a canvas that it was drawn on can no longer be read: getImageData, toDataURL and toBlob throw.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Give the image crossorigin=\"anonymous\" and have its server answer with Access-Control-Allow-Origin.",
    servers: Servers::Code { express: EXPRESS, fastapi: FASTAPI, nginx: NGINX },
    spec: "https://html.spec.whatwg.org/multipage/canvas.html#concept-canvas-origin-clean",
    engines: Words {
        chromium: Some("The canvas has been tainted by cross-origin data."),
        firefox: Some("The operation is insecure."),
        webkit: None,
    },
};

pub(super) const SILENT_MEDIA: Explanation = Explanation {
    title: "The media play, but Web Audio hears silence.",
    what: "The audio or video came from another origin without CORS. It may be played, but what Web Audio gets of it is silence, so that no script can record it.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Give the element crossorigin=\"anonymous\" and have its server answer with Access-Control-Allow-Origin.",
    servers: Servers::Code { express: EXPRESS, fastapi: FASTAPI, nginx: NGINX },
    spec: "https://webaudio.github.io/web-audio-api/#MediaElementAudioSourceOptions-security",
    engines: Words {
        chromium: Some("MediaElementAudioSource outputs zeroes due to CORS access restrictions for ..."),
        firefox: Some(
            "The HTMLMediaElement passed to createMediaElementSource has a cross-origin resource, the node will output silence.",
        ),
        webkit: None,
    },
};

pub(super) const MUTED_ERROR: Explanation = Explanation {
    title: "The script ran, but its errors are muted.",
    what: "The script came from another origin without CORS. It runs with all rights of the page, but the page's error handlers learn \"Script error.\" and nothing else.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Give the script crossorigin=\"anonymous\" and have its server answer with Access-Control-Allow-Origin.",
    servers: Servers::Code { express: EXPRESS, fastapi: FASTAPI, nginx: NGINX },
    spec: "https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors",
    engines: Words { chromium: Some("Script error."), firefox: Some("Script error."), webkit: None },
};

pub(super) const STYLESHEET_ORIGIN: Explanation = Explanation {
    title: "The style sheet applies, but its rules are closed.",
    what: "The style sheet came from another origin without CORS. It styles the page, but cssRules throws a SecurityError.",
    header: Some("Access-Control-Allow-Origin"),
    remedy: "Give the link crossorigin=\"anonymous\" and have its server answer with Access-Control-Allow-Origin.",
    servers: Servers::Code { express: EXPRESS, fastapi: FASTAPI, nginx: NGINX },
    spec: "https://drafts.csswg.org/cssom-1/#concept-css-style-sheet-origin-clean-flag",
    engines: Words {
        chromium: Some("Failed to read the 'cssRules' property from 'CSSStyleSheet'"),
        firefox: Some("Not allowed to access cross-origin stylesheet"),
        webkit: None,
    },
};

pub(super) const DOCUMENT_ORIGIN: Explanation = Explanation {
    title: "The document in the frame has another origin.",
    what: "The request was sent, the server acted on it and the frame shows the answer, but the page around the frame cannot look into it: contentDocument is null. CORS has no say in this.",
    header: None,
    remedy: "Have the two documents talk with postMessage. Against forged requests a server needs a token or SameSite cookies: nothing here stopped the request.",
    servers: Servers::NotTheirs,
    spec: "https://html.spec.whatwg.org/multipage/iframe-embed-object.html#dom-iframe-contentdocument",
    engines: Words {
        chromium: Some("Blocked a frame with origin ... from accessing a cross-origin frame."),
        firefox: Some("Permission denied to access property \"document\" on cross-origin object"),
        webkit: None,
    },
};
