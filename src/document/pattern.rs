//! Patterns that texts must match, such as a token or an origin.

use super::placeholder;

/// A form that a text must have, with the words and the JSON Schema pattern for it.
pub(crate) struct Pattern {
    /// The form in words: `lower-case letters, digits and -`.
    pub(crate) words: &'static str,
    /// The form as a regular expression, for the schema.
    pub(crate) expression: &'static str,
    pub(crate) holds: fn(&str) -> bool,
    /// What a text that lacks it is a problem of.
    pub(crate) subject: Subject,
    pub(crate) placeholders: Placeholders,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholders {
    Allowed,
    Forbidden,
}

/// Whether a problem is about how the file is written, or about an unknown requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// How the file is written.
    Case,
    /// The id of a requirement that the list does not have.
    Requirement,
}

pub(crate) static NOT_BLANK: Pattern = Pattern {
    words: "some text",
    expression: r"\S",
    holds: |text| !text.trim().is_empty(),
    subject: Subject::Case,
    placeholders: Placeholders::Allowed,
};

pub(crate) static METHOD: Pattern = Pattern {
    words: "a method",
    expression: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
    holds: is_token,
    subject: Subject::Case,
    placeholders: Placeholders::Allowed,
};

/// Whether `text` has the form, or may have it once its placeholders are filled.
pub(crate) fn holds_or_may(pattern: &Pattern, text: &str) -> bool {
    (pattern.holds)(text)
        || (pattern.placeholders == Placeholders::Allowed && placeholder::placeholders(text).next().is_some())
}

/// Whether `text` is a token, <https://httpwg.org/specs/rfc9110.html#tokens>.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
