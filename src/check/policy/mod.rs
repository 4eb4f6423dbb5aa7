//! A server's policy: how the server is reached, and what it promises.
//!
//! It is written in a `corsproof.toml`, which [`read`] reads, or in a program, by a [`PolicyBuilder`]. Either way it
//! becomes the same [`Policy`], and what no policy can say is refused in the same words ([`complaint`]).

mod builder;
mod complaint;
mod file;
mod promise;
mod promised;
mod server;

pub use builder::PolicyBuilder;
pub use complaint::Complaint;
pub use file::{Expect, PolicyFile, read};
pub use promise::{Origins, Policy, UnsafeMethods};
pub use server::{Reach, Server};

pub(crate) use builder::build;
pub(crate) use server::START_TIMEOUT;

#[cfg(test)]
pub(super) use file::read_file;
