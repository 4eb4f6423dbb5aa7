//! The Fetch Standard as of 2 July 2026, executed: one file an algorithm, named as the standard
//! names it. No I/O and no clock; its only way out is the trait [`Network`].

mod modes;
mod origin;
mod reason;

pub(crate) use modes::words;
pub use modes::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode};
pub use origin::{NotAnOrigin, Origin};
pub use reason::Reason;
