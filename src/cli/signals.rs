//! Ctrl-C and SIGTERM: what is found by then is reported, and no browser stays. (A panic unwinds, and what it
//! unwinds ends its browsers; a process that is killed has a keeper, see [`browsers`].)

use std::io;

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

use super::output::remark;

/// The exit code by which shells report an interrupt, for a second Ctrl-C.
const ENDED_BY_INTERRUPT: i32 = 130;

/// Turns true at the first Ctrl-C or SIGTERM: what is found by then is kept and reported. The second ends
/// the program at once, but for its processes.
///
/// # Errors
/// Where the system gives no signal handlers.
pub(super) fn interruption() -> io::Result<watch::Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    let mut signals = Signals::new()?;
    tokio::spawn(async move {
        signals.next().await;
        remark("interrupted: reporting what is there; once more to end at once");
        sender.send_replace(true);
        signals.next().await;
        browsers::end_all();
        std::process::exit(ENDED_BY_INTERRUPT);
    });
    Ok(receiver)
}

/// The wait for Ctrl-C or SIGTERM. They are caught from now on, not only when it is waited for.
///
/// # Errors
/// Where the system gives no signal handlers.
pub(super) fn end() -> io::Result<impl Future<Output = ()>> {
    let mut signals = Signals::new()?;
    Ok(async move { signals.next().await })
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}
