//! The ranges of the integers in a case file: the checker reports what is outside, and readers do not use it.

use std::ops::RangeInclusive;

/// How long a page waits before it asks, in milliseconds.
pub(in crate::casefile) const WAIT_MS: RangeInclusive<i64> = 0..=60_000;

/// How long a server waits before it answers, in milliseconds.
pub(in crate::casefile) const DELAY_MS: RangeInclusive<i64> = 0..=60_000;

/// How often one answer is given before the next has its turn.
pub(in crate::casefile) const ANSWER_TIMES: RangeInclusive<i64> = 1..=1_000;

/// How often the bytes of a request's body are repeated.
pub(in crate::casefile) const BODY_TIMES: RangeInclusive<i64> = 1..=100_000;

/// The status that a script sees; 0 of a response that it cannot look into.
pub(in crate::casefile) const STATUS: RangeInclusive<i64> = 0..=999;

/// A step, counted from 0.
pub(in crate::casefile) const STEP_INDEX: RangeInclusive<i64> = 0..=999;

/// The integers that a matrix takes: all.
pub(in crate::casefile) const ANY: RangeInclusive<i64> = i64::MIN..=i64::MAX;
