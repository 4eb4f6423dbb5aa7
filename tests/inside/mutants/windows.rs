//! Wrong about other windows, messages and storage.

use fetch_model::{
    FetchStandard, Origin,
    html::{DocumentOrigin, HtmlRules, Needs, NotSent, OpenerPolicy, PlatformObject},
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

    "a message goes to whoever is there" breaks ["R203"] {
        fn window_post_message(&self, sender: &Origin, receiver: &Origin, target_origin: &str) -> Result<String, NotSent> {
            match FetchStandard.window_post_message(sender, receiver, target_origin) {
                Err(NotSent::Dropped) => Ok(sender.serialize()),
                result => result,
            }
        }
    }

    "a message's target is a site" breaks ["R203"] {
        fn window_post_message(&self, sender: &Origin, receiver: &Origin, target_origin: &str) -> Result<String, NotSent> {
            let target = Url::parse(target_origin).ok().and_then(|url| Origin::of(&url));
            match target {
                Some(target) if target.is_same_site(receiver) => Ok(sender.serialize()),
                _ => FetchStandard.window_post_message(sender, receiver, target_origin),
            }
        }
    }

    "a message's target is no URL but an origin, letter by letter" breaks ["R203"] {
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

    "storage is the site's" breaks ["R202"] {
        fn obtain_a_storage_key(&self, origin: &Origin) -> Option<String> {
            origin.scheme().map(|_| "site".to_owned())
        }
    }

    "storage is the host's, whatever the scheme and port" breaks ["R202"] {
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

    "blob: documents have opaque origins" breaks ["R8", "R182"] {
        fn origin_of_document(&self, url: &str, sandbox: Option<&str>, creator: &Origin, opaque: Origin) -> Origin {
            if url.starts_with("blob:") {
                return opaque;
            }
            FetchStandard.origin_of_document(url, sandbox, creator, opaque)
        }
    }

    "document.domain opens nothing" breaks ["R195"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            asking.domain == asked.domain && asking.origin.is_same_origin(&asked.origin)
        }
    }

    "document.domain closes nothing" breaks ["R195"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            asking.origin.is_same_origin(&asked.origin)
                || FetchStandard.is_platform_object_same_origin(asking, asked)
        }
    }

    "one document that sets document.domain is enough" breaks ["R195"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            let domain = asking.domain.clone().or_else(|| asked.domain.clone());
            let with_domain = |document: &DocumentOrigin| DocumentOrigin {
                domain: domain.clone().filter(|_| document.origin.scheme().is_some()),
                ..document.clone()
            };
            FetchStandard.is_platform_object_same_origin(&with_domain(asking), &with_domain(asked))
        }
    }

    "document.domain keeps the port" breaks ["R195"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            let port = |document: &DocumentOrigin| {
                Url::parse(&document.origin.serialize()).ok().and_then(|url| url.port_or_known_default())
            };
            port(asking) == port(asked) && FetchStandard.is_platform_object_same_origin(asking, asked)
        }
    }

    "document.domain knows no scheme" breaks ["R195"] {
        fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
            (asking.domain.is_some() && asking.domain == asked.domain)
                || FetchStandard.is_platform_object_same_origin(asking, asked)
        }
    }

    "opener policies are not looked at" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, _: (&Origin, OpenerPolicy), _: (&Origin, OpenerPolicy)) -> bool {
            false
        }
    }

    "the page's opener policy alone counts" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            opener.1 != OpenerPolicy::UnsafeNone
                && FetchStandard.requires_a_browsing_context_group_switch(opener, opened)
        }
    }

    "the opener policy of what is opened alone counts" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            opened.1 != OpenerPolicy::UnsafeNone
                && FetchStandard.requires_a_browsing_context_group_switch(opener, opened)
        }
    }

    "same-origin parts those of the same origin, too" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            opener.1 == OpenerPolicy::SameOrigin
                || FetchStandard.requires_a_browsing_context_group_switch(opener, opened)
        }
    }

    "same policies keep each other, whatever the origin" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            opener.1 != opened.1 && FetchStandard.requires_a_browsing_context_group_switch(opener, opened)
        }
    }

    "same-origin-allow-popups is same-origin" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            let policy = match opener.1 {
                OpenerPolicy::SameOriginAllowPopups => OpenerPolicy::SameOrigin,
                other => other,
            };
            FetchStandard.requires_a_browsing_context_group_switch((opener.0, policy), opened)
        }
    }

    "same-origin-allow-popups allows all popups" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            opener.1 != OpenerPolicy::SameOriginAllowPopups
                && FetchStandard.requires_a_browsing_context_group_switch(opener, opened)
        }
    }

    "noopener-allow-popups is unsafe-none" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            let as_none = |(origin, policy)| match policy {
                OpenerPolicy::NoopenerAllowPopups => (origin, OpenerPolicy::UnsafeNone),
                other => (origin, other),
            };
            FetchStandard.requires_a_browsing_context_group_switch(as_none(opener), as_none(opened))
        }
    }

    "an embedder policy is no part of an opener policy" breaks ["R204"] {
        fn requires_a_browsing_context_group_switch(&self, opener: (&Origin, OpenerPolicy), opened: (&Origin, OpenerPolicy)) -> bool {
            let without = |(origin, policy)| match policy {
                OpenerPolicy::SameOriginPlusCoep => (origin, OpenerPolicy::SameOrigin),
                other => (origin, other),
            };
            FetchStandard.requires_a_browsing_context_group_switch(without(opener), without(opened))
        }
    }
}
