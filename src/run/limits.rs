//! How long a run goes on, and how often it tries.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// How long a run goes on, and how often it tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// How often a case is tried again that differs or failed; without one, a case that failed once, and one that
    /// differs never.
    pub retries: Option<u32>,
    /// What happens after a case that differs or failed in every attempt.
    pub on_failure: OnFailure,
    /// How long a request may take, from its launch; without one, 10 s and 2 s for those that wait on purpose.
    pub case_timeout: Option<Duration>,
    /// How long a driver may take to answer on a machine that is idle; without one, 30 s.
    pub driver_timeout: Option<Duration>,
    /// How long the run may take.
    pub timeout: Option<Duration>,
}

/// What happens after a case that differs or failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnFailure {
    /// The other cases still run.
    #[default]
    GoOn,
    /// The run ends with the first difference or failure.
    Stop,
}

/// Why a run ended before all cases ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stopped {
    /// A person or a signal said so.
    Interrupted,
    /// A case differed or failed, and that was to end it.
    FirstFailure,
    /// Its time was up.
    TimedOut,
}

/// The reason that ends a run early; only the first one counts.
#[derive(Clone, Debug)]
pub(super) struct Stop(Arc<watch::Sender<Option<Stopped>>>);

impl Stop {
    /// One that nothing has ended yet, unless it was interrupted before it began.
    pub(super) fn new(interrupt: &watch::Receiver<bool>) -> Self {
        Self(Arc::new(watch::Sender::new(interrupt.borrow().then_some(Stopped::Interrupted))))
    }

    /// Ends the run for the reason `why`, unless it has ended already.
    pub(super) fn now(&self, why: Stopped) {
        self.0.send_if_modified(|stopped| {
            let is_first = stopped.is_none();
            stopped.get_or_insert(why);
            is_first
        });
    }

    pub(super) fn reason(&self) -> Option<Stopped> {
        *self.0.borrow()
    }

    /// A receiver that tells when the run is to end, and why.
    pub(super) fn listen(&self) -> watch::Receiver<Option<Stopped>> {
        self.0.subscribe()
    }

    /// Ends the run when it is interrupted or its time is up.
    pub(super) async fn watch(self, mut interrupt: watch::Receiver<bool>, timeout: Option<Duration>) {
        let interrupted = async {
            if interrupt.wait_for(|stop| *stop).await.is_err() {
                // Nobody can say so any more.
                std::future::pending::<()>().await;
            }
        };
        let time_is_up = async {
            match timeout {
                Some(timeout) => tokio::time::sleep(timeout).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = interrupted => self.now(Stopped::Interrupted),
            () = time_is_up => self.now(Stopped::TimedOut),
        }
    }
}
