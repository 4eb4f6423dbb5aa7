//! Whose turn it is to drive browsers.
//!
//! The tests of a binary run in threads beside each other, as many as there are cores. Browsers need those cores
//! themselves: beside a run of the whole suite every other test would only wait, and find its time limits passed where
//! nothing is wrong. So whoever starts browsers has a turn while they run: most tests beside others, heavy ones (the
//! suite, the real servers, reports of thousands of cases, drivers that are wrong) alone.

use tokio::sync::RwLock;

/// Read by a test that bears others beside it, written by one that must be alone. Turns come in the order in which they
/// are asked for, so nobody waits for ever; for the same reason a test must not ask for a turn while it has one.
pub(crate) static BROWSERS: RwLock<()> = RwLock::const_new(());
