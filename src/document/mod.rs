//! A TOML document of any kind: its source, the tree of values that know where they stand, the shapes that its keys may
//! have, the checker that holds the one against the other, and what is wrong, told with the text underlined.
//!
//! Which keys there are is said by those who read documents: [`casefile`](crate::casefile) and
//! [`policyfile`](crate::policyfile).

#[cfg(feature = "cli")]
pub(crate) mod checker;
pub(crate) mod pattern;
pub(crate) mod placeholder;
#[cfg(feature = "cli")]
pub(crate) mod problem;
pub(crate) mod quotation;
#[cfg(feature = "cli")]
pub(crate) mod schema;
#[cfg(feature = "cli")]
pub(crate) mod shape;
#[cfg(feature = "cli")]
pub(crate) mod source;
#[cfg(feature = "cli")]
pub(crate) mod spelling;
#[cfg(feature = "cli")]
pub(crate) mod syntax;
#[cfg(feature = "cli")]
pub(crate) mod tree;
