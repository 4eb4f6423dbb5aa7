//! What a script can do with the Window, the Location and the frame element of another document,
//! <https://html.spec.whatwg.org/multipage/nav-history-apis.html#cross-origin-objects>.

use super::{
    super::{reason::Reason, words},
    document_origin::DocumentOrigin,
    ordinary_objects,
    rules::HtmlRules,
};

words! {
    /// Whose property is asked for.
    PlatformObject {
        /// The other window, by its WindowProxy.
        Window = "window",
        /// The other window's Location.
        Location = "location",
        /// The iframe element that holds the other document: the asking page's own object.
        IframeElement = "iframe-element",
    }
}

words! {
    /// What a script does to an object: an internal method, by the function of `Reflect` that calls it.
    Operation {
        /// `[[Get]]`; its value's type is read.
        Get = "get",
        /// `[[Get]]`; its value is read where it is a number or a boolean.
        Value = "value",
        /// `[[Set]]`
        Set = "set",
        /// `[[Get]]`, and a call of what it gives.
        Call = "call",
        /// `[[HasProperty]]`
        Has = "has",
        /// `[[Delete]]`
        Delete = "delete",
        /// `[[DefineOwnProperty]]`
        Define = "define",
        /// `[[GetOwnProperty]]`; the descriptor's shape is read.
        Describe = "describe",
        /// `[[OwnPropertyKeys]]`; whether the property is among them is read.
        Enumerate = "enumerate",
        /// `[[OwnPropertyKeys]]`; all of them are read, sorted.
        Keys = "keys",
        /// `[[GetPrototypeOf]]`
        GetPrototype = "get-prototype",
        /// `[[SetPrototypeOf]]` to an object.
        SetPrototype = "set-prototype",
        /// `[[SetPrototypeOf]]` to null.
        SetPrototypeNull = "set-prototype-null",
        /// `[[IsExtensible]]`
        IsExtensible = "is-extensible",
        /// `[[PreventExtensions]]`
        PreventExtensions = "prevent-extensions",
        /// A call of the asking window's own getter on the other object.
        Borrow = "borrow",
    }
}

/// The object of another window that a script accesses.
#[derive(Clone, Debug)]
pub struct Target {
    /// The kind of object.
    pub object: PlatformObject,
    /// The origin of the object's document.
    pub document: DocumentOrigin,
    /// The name of its one child frame; `None` where it has none.
    pub child: Option<&'static str>,
    /// Whether the two windows can still reach each other.
    pub connection: Connection,
}

/// Whether a window and the one that it opened can still reach each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Each can reach the other.
    Kept,
    /// Cross-Origin-Opener-Policy has separated them: each sees the other as a closed window.
    Severed,
}

/// The accessors that a cross-origin property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// `[[NeedsGet]]`
    Get,
    /// `[[NeedsSet]]`
    Set,
    /// Both getter and setter.
    GetAndSet,
    /// Neither: the property is a method.
    Method,
}

use Needs::{Get, GetAndSet, Method, Set};

const OF_WINDOW: [(&str, Needs); 13] = [
    ("window", Get),
    ("self", Get),
    ("location", GetAndSet),
    ("close", Method),
    ("closed", Get),
    ("focus", Method),
    ("blur", Method),
    ("frames", Get),
    ("length", Get),
    ("top", Get),
    ("opener", Get),
    ("parent", Get),
    ("postMessage", Method),
];

const OF_LOCATION: [(&str, Needs); 2] = [("href", Set), ("replace", Method)];

/// The keys that every object is asked for.
const FALLBACK: [&str; 4] = ["then", "@@toStringTag", "@@hasInstance", "@@isConcatSpreadable"];

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginpropertyfallback-(-p-)>
pub(super) fn is_cross_origin_property_fallback(property: &str) -> bool {
    FALLBACK.contains(&property)
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginproperties-(-o-)>
pub(super) fn cross_origin_properties(object: PlatformObject) -> Vec<(&'static str, Needs)> {
    match object {
        PlatformObject::Window => OF_WINDOW.to_vec(),
        PlatformObject::Location => OF_LOCATION.to_vec(),
        PlatformObject::IframeElement => Vec::new(),
    }
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#isplatformobjectsameorigin-(-o-)>
pub(super) fn is_platform_object_same_origin(asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
    asking.is_same_origin_domain(asked)
}

/// What kind of property a cross-origin object has under a name.
enum Property {
    /// The property is one of [`cross_origin_properties`].
    Listed(Needs),
    /// A child frame, by its index or name.
    Child {
        /// An index is enumerable, a name is not.
        enumerable: bool,
    },
    /// What every object is asked for behind a script's back: undefined.
    Fallback,
}

/// What a script in a document of `asking` learns by an operation: `Ok` with the text that the page tells of its
/// result, in the words of `window_access.js`.
///
/// # Errors
/// [`Reason::CrossOriginObject`] for a SecurityError.
pub fn perform(
    rules: &(impl HtmlRules + ?Sized),
    asking: &DocumentOrigin,
    target: &Target,
    operation: Operation,
    property: &str,
) -> Result<String, Reason> {
    if target.object == PlatformObject::IframeElement {
        return Ok(content_document(rules, asking, target).to_owned());
    }
    if rules.is_platform_object_same_origin(asking, &target.document) {
        return Ok(ordinary_objects::perform(target, operation, property));
    }
    let text = match operation {
        Operation::Keys => keys(rules, target),
        Operation::Enumerate => own_property_keys(rules, target).contains(&property).to_string(),
        Operation::GetPrototype => "null".to_owned(),
        // SetImmutablePrototype: true where it is that prototype already.
        Operation::SetPrototypeNull | Operation::IsExtensible => true.to_string(),
        Operation::SetPrototype | Operation::PreventExtensions => false.to_string(),
        Operation::Delete | Operation::Define => return Err(Reason::CrossOriginObject),
        Operation::Has => get_own_property(rules, target, property).map(|_| true.to_string())?,
        Operation::Describe => describe(&get_own_property(rules, target, property)?).to_owned(),
        Operation::Get => cross_origin_get(rules, target, property)?.to_owned(),
        Operation::Value => {
            cross_origin_get(rules, target, property)?;
            ordinary_objects::value_of(target, property)
        }
        Operation::Set => cross_origin_set(rules, target, property)?.to_string(),
        Operation::Call => {
            cross_origin_get(rules, target, property)?;
            ordinary_objects::CALLED.to_owned()
        }
        Operation::Borrow => security_check(rules, target, property)?.to_owned(),
    };
    Ok(text)
}

/// <https://html.spec.whatwg.org/multipage/iframe-embed-object.html#dom-iframe-contentdocument>: the content document,
/// where it is same origin-domain.
fn content_document(
    rules: &(impl HtmlRules + ?Sized),
    asking: &DocumentOrigin,
    target: &Target,
) -> &'static str {
    if rules.is_platform_object_same_origin(asking, &target.document) { "object" } else { "null" }
}

/// `[[GetOwnProperty]]` of a Window or a Location that is cross-origin: CrossOriginGetOwnPropertyHelper, child
/// frames by index and by name, CrossOriginPropertyFallback.
fn get_own_property(
    rules: &(impl HtmlRules + ?Sized),
    target: &Target,
    property: &str,
) -> Result<Property, Reason> {
    let is_window = target.object == PlatformObject::Window;
    if is_window && target.child.is_some() && property == "0" {
        return Ok(Property::Child { enumerable: true });
    }
    if let Some(needs) = listed(rules, target, property) {
        return Ok(Property::Listed(needs));
    }
    if is_window && target.child == Some(property) {
        return Ok(Property::Child { enumerable: false });
    }
    if rules.is_cross_origin_property_fallback(property) {
        Ok(Property::Fallback)
    } else {
        Err(Reason::CrossOriginObject)
    }
}

/// What the list says of a property that is on it.
fn listed(rules: &(impl HtmlRules + ?Sized), target: &Target, property: &str) -> Option<Needs> {
    let properties = rules.cross_origin_properties(target.object);
    properties.into_iter().find(|(name, _)| *name == property).map(|(_, needs)| needs)
}

/// The shape of a descriptor: all are configurable, none is writable.
fn describe(property: &Property) -> &'static str {
    match property {
        Property::Listed(Get) => "get configurable",
        Property::Listed(Set) => "set configurable",
        Property::Listed(GetAndSet) => "get set configurable",
        Property::Listed(Method) | Property::Fallback | Property::Child { enumerable: false } => {
            "value configurable"
        }
        Property::Child { enumerable: true } => "value enumerable configurable",
    }
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginget-(-o,-p,-receiver-)>: without a getter
/// it throws.
fn cross_origin_get(
    rules: &(impl HtmlRules + ?Sized),
    target: &Target,
    property: &str,
) -> Result<&'static str, Reason> {
    match get_own_property(rules, target, property)? {
        Property::Listed(Set) => Err(Reason::CrossOriginObject),
        Property::Listed(Method) => Ok("function"),
        Property::Listed(Get | GetAndSet) => Ok(ordinary_objects::type_of(target, property)),
        Property::Child { .. } => Ok("object"),
        Property::Fallback => Ok("undefined"),
    }
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginset-(-o,-p,-v,-receiver-)>: without a
/// setter it throws.
fn cross_origin_set(
    rules: &(impl HtmlRules + ?Sized),
    target: &Target,
    property: &str,
) -> Result<bool, Reason> {
    match get_own_property(rules, target, property)? {
        Property::Listed(Set | GetAndSet) => Ok(true),
        _ => Err(Reason::CrossOriginObject),
    }
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#integration-with-idl>: "perform a security check",
/// for a getter.
fn security_check(
    rules: &(impl HtmlRules + ?Sized),
    target: &Target,
    property: &str,
) -> Result<&'static str, Reason> {
    match listed(rules, target, property) {
        Some(Get | GetAndSet) => Ok(ordinary_objects::type_of(target, property)),
        _ => Err(Reason::CrossOriginObject),
    }
}

/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginownpropertykeys-(-o-)>, after the indices
/// of child frames.
fn own_property_keys(rules: &(impl HtmlRules + ?Sized), target: &Target) -> Vec<&'static str> {
    let index = (target.object == PlatformObject::Window && target.child.is_some()).then_some("0");
    let listed = rules.cross_origin_properties(target.object).into_iter().map(|(name, _)| name);
    let fallback = FALLBACK.into_iter().filter(|key| rules.is_cross_origin_property_fallback(key));
    index.into_iter().chain(listed).chain(fallback).collect()
}

/// The keys as the page tells them: sorted, since no script should rely on their order.
fn keys(rules: &(impl HtmlRules + ?Sized), target: &Target) -> String {
    let mut keys = own_property_keys(rules, target);
    keys.sort_unstable();
    keys.join(" ")
}
