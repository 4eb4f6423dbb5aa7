//! Window and Location as scripts of their own origin see them: what the twins of cross-origin accesses read.

use super::{Connection, Operation, PlatformObject, Target};

/// What a call comes to, whatever it returns.
pub(super) const CALLED: &str = "called";

/// How a property is made, by the extended attributes of its IDL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    /// An attribute that can be set, or is `[Replaceable]`: an accessor of two.
    Attribute,
    /// A read-only attribute.
    ReadOnly,
    /// `[LegacyUnforgeable]` and read-only.
    UnforgeableReadOnly,
    /// `[LegacyUnforgeable]` and writable, or forwarded by `[PutForwards]`.
    Unforgeable,
    /// An operation.
    Method,
    /// A `[LegacyUnforgeable]` operation.
    UnforgeableMethod,
    /// An interface object or a global function of ECMAScript.
    Global,
    /// A child frame by its index: neither writable nor to be deleted.
    Index,
    /// A child frame by its name: on the named properties object, not the window's own.
    Named,
    /// A value on the prototype that cannot be written.
    Inherited,
    /// The object has no such property.
    Absent,
}

use Made::{Attribute, Global, Method, ReadOnly, Unforgeable, UnforgeableMethod, UnforgeableReadOnly};

/// The members of Window that cases ask for: name, type of value, make.
const WINDOW: &[(&str, &str, Made)] = &[
    ("window", "object", UnforgeableReadOnly),
    ("self", "object", Attribute),
    ("location", "object", Unforgeable),
    ("close", "function", Method),
    ("closed", "boolean", ReadOnly),
    ("focus", "function", Method),
    ("blur", "function", Method),
    ("frames", "object", Attribute),
    ("length", "number", Attribute),
    ("top", "object", UnforgeableReadOnly),
    ("opener", "null", Attribute),
    ("parent", "object", Attribute),
    ("postMessage", "function", Method),
    ("document", "object", UnforgeableReadOnly),
    ("name", "string", Attribute),
    ("status", "string", Attribute),
    ("origin", "string", Attribute),
    ("history", "object", ReadOnly),
    ("navigator", "object", ReadOnly),
    ("customElements", "object", ReadOnly),
    ("frameElement", "object", ReadOnly),
    ("localStorage", "object", ReadOnly),
    ("sessionStorage", "object", ReadOnly),
    ("indexedDB", "object", ReadOnly),
    ("crypto", "object", ReadOnly),
    ("isSecureContext", "boolean", ReadOnly),
    ("performance", "object", Attribute),
    ("screen", "object", Attribute),
    ("innerWidth", "number", Attribute),
    ("scrollX", "number", Attribute),
    ("devicePixelRatio", "number", Attribute),
    ("onmessage", "null", Attribute),
    ("onerror", "null", Attribute),
    ("onload", "null", Attribute),
    ("alert", "function", Method),
    ("confirm", "function", Method),
    ("prompt", "function", Method),
    ("print", "function", Method),
    ("open", "function", Method),
    ("stop", "function", Method),
    ("fetch", "function", Method),
    ("setTimeout", "function", Method),
    ("clearTimeout", "function", Method),
    ("getComputedStyle", "function", Method),
    ("getSelection", "function", Method),
    ("scrollTo", "function", Method),
    ("queueMicrotask", "function", Method),
    ("Array", "function", Global),
    ("Object", "function", Global),
    ("eval", "function", Global),
    ("Document", "function", Global),
];

/// The members of Location; all of them are `[LegacyUnforgeable]`.
const LOCATION: &[(&str, &str, Made)] = &[
    ("href", "string", Unforgeable),
    ("origin", "string", UnforgeableReadOnly),
    ("protocol", "string", Unforgeable),
    ("host", "string", Unforgeable),
    ("hostname", "string", Unforgeable),
    ("port", "string", Unforgeable),
    ("pathname", "string", Unforgeable),
    ("search", "string", Unforgeable),
    ("hash", "string", Unforgeable),
    ("assign", "function", UnforgeableMethod),
    ("replace", "function", UnforgeableMethod),
    ("reload", "function", UnforgeableMethod),
    ("toString", "function", UnforgeableMethod),
];

/// The type of a property's value, and how the property is made.
fn member(target: &Target, property: &str) -> (&'static str, Made) {
    let members = match target.object {
        PlatformObject::Location => LOCATION,
        PlatformObject::Window | PlatformObject::IframeElement => WINDOW,
    };
    let is_window = target.object == PlatformObject::Window;
    if is_window && target.child.is_some() && property == "0" {
        return ("object", Made::Index);
    }
    if is_window && target.child == Some(property) {
        return ("object", Made::Named);
    }
    if property == "@@toStringTag" {
        return ("string", Made::Inherited);
    }
    members
        .iter()
        .find(|(name, ..)| *name == property)
        .map_or(("undefined", Made::Absent), |(_, value, made)| (value, *made))
}

/// The type of a property's value.
pub(super) fn type_of(target: &Target, property: &str) -> &'static str {
    member(target, property).0
}

/// The property's value, where it is a number or a boolean that cases ask for; else its type.
pub(super) fn value_of(target: &Target, property: &str) -> String {
    match property {
        "closed" => (target.connection == Connection::Severed).to_string(),
        "length" => usize::from(target.child.is_some()).to_string(),
        _ => type_of(target, property).to_owned(),
    }
}

/// The text that the page tells of an operation on an object of its own origin.
pub(super) fn perform(target: &Target, operation: Operation, property: &str) -> String {
    let (value, made) = member(target, property);
    match operation {
        Operation::Get | Operation::Borrow => value.to_owned(),
        Operation::Value => value_of(target, property),
        Operation::Call => CALLED.to_owned(),
        Operation::Has => (value != "undefined").to_string(),
        Operation::Set => {
            // A setter, or a value that can be written; what is absent is made.
            let is_closed = matches!(
                made,
                ReadOnly | UnforgeableReadOnly | UnforgeableMethod | Made::Index | Made::Inherited
            );
            (!is_closed).to_string()
        }
        Operation::Delete | Operation::Define => is_configurable(made).to_string(),
        Operation::Describe => describe(made).to_owned(),
        Operation::Enumerate => (!matches!(made, Made::Absent | Made::Inherited | Made::Named)).to_string(),
        // How many there are is the engine's to say.
        Operation::Keys => "many".to_owned(),
        Operation::GetPrototype => "object".to_owned(),
        // Both prototypes are immutable, and neither object can be closed.
        Operation::SetPrototype | Operation::SetPrototypeNull | Operation::PreventExtensions => {
            false.to_string()
        }
        Operation::IsExtensible => true.to_string(),
    }
}

fn is_configurable(made: Made) -> bool {
    !matches!(made, UnforgeableReadOnly | Unforgeable | UnforgeableMethod | Made::Index)
}

fn describe(made: Made) -> &'static str {
    match made {
        Attribute => "get set enumerable configurable",
        ReadOnly => "get enumerable configurable",
        UnforgeableReadOnly => "get enumerable",
        Unforgeable => "get set enumerable",
        Method => "value writable enumerable configurable",
        UnforgeableMethod => "value enumerable",
        Global => "value writable configurable",
        Made::Index => "value enumerable configurable",
        Made::Named | Made::Inherited | Made::Absent => "none",
    }
}
