//! Policy files, `corsproof.toml`: from a document to what [`check`](crate::check) is asked to prove.

mod complaint;
mod file;
mod keys;
mod policy;
mod server;

pub(crate) use file::read;
#[cfg(test)]
pub(crate) use file::read_file;
pub(crate) use keys::policy_schema;
