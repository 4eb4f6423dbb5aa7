//! Cases from a policy: who must be able to read, who must not, and what else must hold.

mod caches;
mod case_builder;
mod errors;
mod grants;
mod preflights;
mod probe;
mod readers;
mod same_origin;
mod strangers;

pub(super) use case_builder::probes;
pub(super) use preflights::SHORT_MAX_AGE;
pub(super) use probe::{ErrorPlace, Probe, Question};
