//! How many jobs a page runs side by side: as many as the machine carries while it still answers the driver.

use std::time::Duration;

/// How many jobs of the fast lane run side by side, by how long the page takes to answer.
///
/// A driver makes several round trips for one call, and each waits behind what the page does. More jobs than a machine
/// carries make no request faster, but every answer later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    width: usize,
}

impl Pace {
    const FIRST: usize = 6;
    const MOST: usize = 16;
    /// An answer within this time leaves room for one more job.
    const QUICK: Duration = Duration::from_secs(1);
    /// An answer that takes longer says that half as many jobs are enough.
    const SLOW: Duration = Duration::from_secs(3);

    pub(super) fn new() -> Self {
        Self { width: Self::FIRST }
    }

    /// How many jobs may run side by side now.
    pub(super) fn width(self) -> usize {
        self.width
    }

    /// Takes in how long the page took to answer a call.
    pub(super) fn answered_within(&mut self, took: Duration) {
        if took <= Self::QUICK {
            self.width = (self.width + 1).min(Self::MOST);
        } else if took > Self::SLOW {
            self.width = (self.width / 2).max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width_after(seconds: impl IntoIterator<Item = u64>) -> usize {
        let mut pace = Pace::new();
        seconds.into_iter().for_each(|seconds| pace.answered_within(Duration::from_secs(seconds)));
        pace.width()
    }

    #[test]
    fn quick_answers_make_room_up_to_a_limit() {
        assert_eq!(width_after([]), 6);
        assert_eq!(width_after([0, 1, 0]), 9);
        assert_eq!(width_after([0; 100]), 16);
    }

    #[test]
    fn late_answers_halve_but_leave_one() {
        assert_eq!(width_after([4]), 3);
        assert_eq!(width_after([4; 10]), 1);
        assert_eq!(width_after([4, 4, 4, 0]), 2);
    }

    #[test]
    fn what_is_neither_quick_nor_late_changes_nothing() {
        assert_eq!(width_after([2, 3]), 6);
    }
}
