//! A server's policy: how the server is reached, and what it promises.
//!
//! It is written in a `corsproof.toml`, which [`policyfile`](crate::policyfile) reads, or in a program, by a [`PolicyBuilder`]. Either way it
//! becomes the same [`Policy`], and what no policy can say is refused in the same words ([`complaint`]).

mod builder;
pub(crate) mod complaint;
mod file;
mod origin_pattern;
pub(crate) mod promise;
mod server;

pub use builder::PolicyBuilder;
pub(crate) use complaint::Complaint;
pub(crate) use file::{Expect, PolicyFile};
pub use promise::Policy;
pub(crate) use promise::{Origins, UnsafeMethods};
pub(crate) use server::{Server, ServerSource};

pub(crate) use builder::build;
pub(crate) use server::START_TIMEOUT;
