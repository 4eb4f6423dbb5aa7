//! Time limits that wait for a machine that does not get on.

use std::{pin::pin, time::Duration};

use tokio::time::timeout;

/// The unit in which limits are counted. Where the machine stops or starves this process, a tick takes longer than
/// this, and what was waited for has its turn before the next one is counted.
const TICK: Duration = Duration::from_millis(250);

/// What `answer` comes to; `None` where that takes more ticks than make up `limit`.
pub(super) async fn within<T>(limit: Duration, answer: impl Future<Output = T>) -> Option<T> {
    let mut answer = pin!(answer);
    let mut left = limit;
    loop {
        let length = left.min(TICK);
        left -= length;
        match timeout(length, &mut answer).await {
            Ok(answer) => return Some(answer),
            Err(_) if left.is_zero() => return None,
            Err(_) => {}
        }
    }
}

/// How long a call may take in one session, by how long calls have taken there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// What a call has on a machine that is idle.
    usual: Duration,
    /// The longest time that a call has taken.
    slowest: Duration,
}

impl Patience {
    /// How many times as long as the slowest call the next one may take.
    const FACTOR: u32 = 10;
    /// How many times the usual limit is the most.
    const MOST: u32 = 4;

    pub(super) fn new(usual: Duration) -> Self {
        Self { usual, slowest: Duration::ZERO }
    }

    /// Takes in how long a call took that was answered.
    pub(super) fn answered_within(&mut self, took: Duration) {
        self.slowest = self.slowest.max(took);
    }

    pub(super) fn limit(&self) -> Duration {
        (self.slowest * Self::FACTOR).clamp(self.usual, self.usual * Self::MOST)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::{Instant, advance, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_in_time_is_taken_and_none_is_waited_for_as_long_as_is_said() {
        assert_eq!(within(Duration::ZERO, ready(1)).await, Some(1));
        let began = Instant::now();
        assert_eq!(within(Duration::from_millis(600), pending::<()>()).await, None);
        assert_eq!(began.elapsed(), Duration::from_millis(600));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_of_this_process_counts_as_one_tick() {
        let answer = async {
            // As a stop does it: the time has gone by before anything else had a turn.
            advance(Duration::from_secs(60)).await;
            sleep(Duration::from_millis(500)).await;
        };
        assert!(within(Duration::from_secs(1), answer).await.is_some());
    }

    #[test]
    fn a_slow_browser_gets_more_time_up_to_a_limit() {
        let limit_after = |slowest: u64| {
            let mut patience = Patience::new(Duration::from_secs(30));
            patience.answered_within(Duration::from_secs(slowest));
            patience.answered_within(Duration::ZERO);
            patience.limit().as_secs()
        };
        assert_eq!([0, 3, 5, 60].map(limit_after), [30, 30, 50, 120]);
    }
}
