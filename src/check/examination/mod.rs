//! From what cases showed to findings.
//!
//! What a finding says of a server rests on what the server answered to a browser, on what the standard makes of
//! exactly that answer, and on that the browser did the same. Where the browser did something else the engines
//! disagree, which is a finding of its own and no other.

mod answers;
mod caches;
mod consistency;
mod denials;
mod examiner;
mod grants;
mod max_age;
mod notes;
mod policy_results;
mod readers;
mod redirects;
mod result;
mod strangers;

pub(super) use examiner::examine;
pub(super) use max_age::cap;
pub(super) use policy_results::PolicyResults;
