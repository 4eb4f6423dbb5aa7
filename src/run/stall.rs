//! Whether this process gets on: on a machine that stops or starves it, everything that it waits for seems late.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};

use super::{event::Event, tell};

/// How often this process looks whether it gets on.
const BEAT: Duration = Duration::from_millis(500);

/// How late a beat is that people are told of.
const STALL: Duration = Duration::from_secs(3);

/// Tells of each time in which this process stood still, for ever.
pub(super) async fn tell_of_stalls(events: mpsc::UnboundedSender<Event>) {
    loop {
        let began = Instant::now();
        sleep(BEAT).await;
        let late = began.elapsed().saturating_sub(BEAT);
        if late > STALL {
            let text = format!(
                "corsproof itself stood still for {} s: it was stopped, or the machine is very busy; its time limits waited",
                late.as_secs()
            );
            tell(&events, Event::Note { engine: None, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_told_with_its_length_and_a_short_one_is_not() {
        let (events, mut arriving) = mpsc::unbounded_channel();
        let watching = tokio::spawn(tell_of_stalls(events));
        for stop in [2, 7] {
            // It has begun to wait by then.
            tokio::task::yield_now().await;
            advance(Duration::from_secs(stop)).await;
            sleep(BEAT).await;
        }
        watching.abort();
        let Some(Event::Note { engine: None, text }) = arriving.recv().await else { panic!("no note") };
        assert!(text.contains("stood still for 6 s"), "{text}");
        assert!(arriving.recv().await.is_none(), "one note");
    }
}
