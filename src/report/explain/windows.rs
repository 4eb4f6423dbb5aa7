//! The reasons beside fetch: other windows, and storage.

use super::{Explanation, Servers, Words};

pub(super) const CROSS_ORIGIN_OBJECT: Explanation = Explanation {
    title: "The object belongs to a window of another origin.",
    what: "A script reached for a property of a Window or Location of another origin. Only a few can be reached: \
           close, closed, focus, blur, frames, length, location, opener, parent, postMessage, self, top and window; \
           of a Location replace(), and href to be set. All else throws a SecurityError.",
    header: None,
    remedy: "Let the two windows talk with postMessage(), each naming the other's origin and checking event.origin.",
    servers: Servers::NotTheirs,
    spec: "https://html.spec.whatwg.org/multipage/nav-history-apis.html#cross-origin-objects",
    engines: Words {
        chromium: Some("Blocked a frame with origin \"...\" from accessing a cross-origin frame."),
        firefox: Some("Permission denied to access property \"...\" on cross-origin object"),
        webkit: Some("Blocked a frame with origin \"...\" from accessing a frame with origin \"...\"."),
    },
};

pub(super) const TARGET_ORIGIN: Explanation = Explanation {
    title: "The message is for another origin than the window's.",
    what: "postMessage() was given a targetOrigin that is not the origin of the document in that window, so the \
           message was dropped: nothing is thrown, and the receiver is told nothing.",
    header: None,
    remedy: "Name the receiver's origin as it is: scheme, host and port. A sandboxed or data: document has an opaque \
             origin, which only \"*\" reaches; then send nothing that is secret.",
    servers: Servers::NotTheirs,
    spec: "https://html.spec.whatwg.org/multipage/web-messaging.html#window-post-message-steps",
    engines: Words {
        chromium: Some(
            "Failed to execute 'postMessage' on 'DOMWindow': The target origin provided ('...') does not match",
        ),
        firefox: Some("The target origin provided ('...') does not match the recipient window's origin"),
        webkit: Some("Unable to post message to ... Recipient has origin ..."),
    },
};

pub(super) const OPAQUE_STORAGE: Explanation = Explanation {
    title: "A document with an opaque origin has no storage.",
    what: "localStorage, sessionStorage, indexedDB, caches and cookies belong to an origin. A sandboxed frame without \
           allow-same-origin and a data: URL have an opaque one, so asking for storage throws a SecurityError.",
    header: None,
    remedy: "Give the frame a URL of its own origin, or let it ask its embedder by postMessage(). allow-same-origin \
             in a sandbox gives the frame its origin back: only for content that you trust.",
    servers: Servers::NotTheirs,
    spec: "https://storage.spec.whatwg.org/#obtain-a-storage-key",
    engines: Words {
        chromium: Some("The document is sandboxed and lacks the 'allow-same-origin' flag."),
        firefox: Some("The operation is insecure."),
        webkit: Some("The operation is insecure."),
    },
};
