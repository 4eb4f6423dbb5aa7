//! Wrong about other windows, messages and storage.

use corsproof::standard::{
    FetchStandard, Origin,
    html::{DocumentOrigin, HtmlRules, Needs, NotSent, PlatformObject},
};
use url::Url;

/// The list without a property.
fn without(object: PlatformObject, property: &str) -> Vec<(&'static str, Needs)> {
    let mut properties = FetchStandard.cross_origin_properties(object);
    properties.retain(|(name, _)| *name != property);
    properties
}

/// The list with one more property of an object.
fn with(
    object: PlatformObject,
    of: PlatformObject,
    property: (&'static str, Needs),
) -> Vec<(&'static str, Needs)> {
    let mut properties = FetchStandard.cross_origin_properties(object);
    properties.retain(|(name, _)| object != of || *name != property.0);
    properties.extend((object == of).then_some(property));
    properties
}

html_mutants! {
    "every window is same origin" breaks ["R182"] {
        fn is_platform_object_same_origin(&self, _: &DocumentOrigin, _: &DocumentOrigin) -> bool {
            true
        }
    }

    "windows of the same site are same origin" breaks ["R182"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            asking.origin.is_same_site(&asked.origin)
        }
    }

    "no window is same origin" breaks ["R182"] {
        fn is_platform_object_same_origin(&self, _: &DocumentOrigin, _: &DocumentOrigin) -> bool {
            false
        }
    }

    "a foreign window has no postMessage" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            without(object, "postMessage")
        }
    }

    "a foreign window does not tell its length" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            without(object, "length")
        }
    }

    "a foreign window shows its document" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Window, ("document", Needs::Get))
        }
    }

    "a foreign window tells its name" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Window, ("name", Needs::Get))
        }
    }

    "a foreign window's opener can be set" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Window, ("opener", Needs::GetAndSet))
        }
    }

    "a foreign window's location cannot be set" breaks ["R182"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Window, ("location", Needs::Get))
        }
    }

    "a foreign location tells its href" breaks ["R183"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Location, ("href", Needs::GetAndSet))
        }
    }

    "a foreign location cannot be assigned to" breaks ["R183"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            without(object, "href")
        }
    }

    "a foreign location has assign()" breaks ["R183"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            with(object, PlatformObject::Location, ("assign", Needs::Method))
        }
    }

    "a foreign location has no replace()" breaks ["R183"] {
        fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
            without(object, "replace")
        }
    }

    "a foreign window cannot be awaited" breaks ["R184"] {
        fn is_cross_origin_property_fallback(&self, property: &str) -> bool {
            property != "then" && FetchStandard.is_cross_origin_property_fallback(property)
        }
    }

    "a foreign window has no symbols" breaks ["R184"] {
        fn is_cross_origin_property_fallback(&self, property: &str) -> bool {
            property == "then"
        }
    }

    "every unknown property of a foreign window is undefined" breaks ["R182", "R184"] {
        fn is_cross_origin_property_fallback(&self, _: &str) -> bool {
            true
        }
    }

    "a message goes to whoever is there" breaks ["R182"] {
        fn window_post_message(&self, sender: &Origin, receiver: &Origin, target_origin: &str) -> Result<String, NotSent> {
            match FetchStandard.window_post_message(sender, receiver, target_origin) {
                Err(NotSent::Dropped) => Ok(sender.serialize()),
                result => result,
            }
        }
    }

    "a message's target is a site" breaks ["R182"] {
        fn window_post_message(&self, sender: &Origin, receiver: &Origin, target_origin: &str) -> Result<String, NotSent> {
            let target = Url::parse(target_origin).ok().and_then(|url| Origin::of(&url));
            match target {
                Some(target) if target.is_same_site(receiver) => Ok(sender.serialize()),
                _ => FetchStandard.window_post_message(sender, receiver, target_origin),
            }
        }
    }

    "a message's target is no URL but an origin, letter by letter" breaks ["R182"] {
        fn window_post_message(&self, sender: &Origin, receiver: &Origin, target_origin: &str) -> Result<String, NotSent> {
            let sent = FetchStandard.window_post_message(sender, receiver, target_origin)?;
            if matches!(target_origin, "*" | "/") || target_origin == receiver.serialize() {
                Ok(sent)
            } else {
                Err(NotSent::Dropped)
            }
        }
    }

    "a sandboxed frame keeps its origin" breaks ["R182", "R185"] {
        fn origin_of_document(&self, url: &str, _: Option<&str>, creator: &Origin, opaque: Origin) -> Origin {
            FetchStandard.origin_of_document(url, None, creator, opaque)
        }
    }

    "allow-same-origin changes nothing" breaks ["R182", "R185"] {
        fn origin_of_document(&self, url: &str, sandbox: Option<&str>, creator: &Origin, opaque: Origin) -> Origin {
            FetchStandard.origin_of_document(url, sandbox.map(|_| ""), creator, opaque)
        }
    }

    "about: documents have opaque origins" breaks ["R7", "R182"] {
        fn origin_of_document(&self, url: &str, sandbox: Option<&str>, creator: &Origin, opaque: Origin) -> Origin {
            if url.starts_with("about:") {
                return opaque;
            }
            FetchStandard.origin_of_document(url, sandbox, creator, opaque)
        }
    }

    "data: documents inherit their creator's origin" breaks ["R6", "R182"] {
        fn origin_of_document(&self, url: &str, sandbox: Option<&str>, creator: &Origin, opaque: Origin) -> Origin {
            let opaque = if url.starts_with("data:") { creator.clone() } else { opaque };
            FetchStandard.origin_of_document(url, sandbox, creator, opaque)
        }
    }

    "storage is the site's" breaks ["R185"] {
        fn obtain_a_storage_key(&self, origin: &Origin) -> Option<String> {
            origin.scheme().map(|_| "site".to_owned())
        }
    }

    "storage is the host's, whatever the scheme and port" breaks ["R185"] {
        fn obtain_a_storage_key(&self, origin: &Origin) -> Option<String> {
            let url = Url::parse(&FetchStandard.obtain_a_storage_key(origin)?).ok()?;
            url.host_str().map(str::to_owned)
        }
    }

    "opaque origins share a storage" breaks ["R185"] {
        fn obtain_a_storage_key(&self, origin: &Origin) -> Option<String> {
            Some(origin.serialize())
        }
    }
}
