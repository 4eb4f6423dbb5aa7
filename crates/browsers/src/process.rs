//! Programs that we start, and that end with us.

use std::{
    collections::{BTreeSet, VecDeque},
    io,
    process::Stdio,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop, ProcessGroup};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::Command,
    sync::mpsc,
    task,
};

use super::{
    keeper,
    mark::{self, Mark},
    scratch,
};

/// How long a program has between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(1);
/// How long we wait for the kernel to carry out SIGKILL.
const LAST_WAIT: Duration = Duration::from_secs(2);
/// How many lines of a program's output are kept.
const KEPT_LINES: usize = 12;
/// How many bytes of a line are kept.
const KEPT_BYTES: usize = 300;

/// The process groups that run.
static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// A program in a process group of its own. Ended, with all its descendants, when dropped.
#[derive(Debug)]
pub struct Process {
    child: Box<dyn ChildWrapper>,
    group: Option<Pid>,
    mark: Mark,
    output: Arc<Mutex<VecDeque<String>>>,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Process {
    /// Starts a program. What it writes is kept for error messages, and can be waited for.
    pub fn start(mut command: Command) -> io::Result<Self> {
        keeper::engage();
        let mark = Mark::new();
        command.env(mark::VARIABLE, mark.value());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = CommandWrap::from(command).wrap(ProcessGroup::leader()).wrap(KillOnDrop).spawn()?;
        let group = child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw);
        if let Some(group) = group {
            groups().insert(group.as_raw());
        }
        let output = Arc::default();
        let (sender, lines) = mpsc::unbounded_channel();
        if let Some(stdout) = child.stdout().take() {
            task::spawn(collect(stdout, Arc::clone(&output), sender.clone()));
        }
        if let Some(stderr) = child.stderr().take() {
            task::spawn(collect(stderr, Arc::clone(&output), sender));
        }
        Ok(Self { child, group, mark, output, lines })
    }

    /// The next line that it writes; `None` when it can write no more.
    pub(super) async fn next_line(&mut self) -> Option<String> {
        self.lines.recv().await
    }

    /// No more lines are waited for.
    pub(super) fn stop_listening(&mut self) {
        self.lines.close();
        while self.lines.try_recv().is_ok() {}
    }

    /// How it ended, if it did.
    pub fn exit(&mut self) -> Option<String> {
        self.child.try_wait().ok().flatten().map(|status| status.to_string())
    }

    /// How it ended, if neither it nor anything that it started is left: a shell may end before the server that it
    /// started.
    pub fn gone(&mut self) -> Option<String> {
        let status = self.exit()?;
        let groups: Vec<Pid> = self.group.into_iter().collect();
        self.mark.bearers(&groups).is_empty().then_some(status)
    }

    /// The last lines that it wrote.
    pub fn output(&self) -> Vec<String> {
        lock(&self.output).iter().cloned().collect()
    }

    /// Ends it and all its descendants, and waits until they are gone.
    pub async fn end(self) {
        // Dropping waits; a worker of the runtime must not.
        let _ = task::spawn_blocking(move || drop(self)).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let groups_of_it: Vec<Pid> = self.group.into_iter().collect();
        end(
            || self.mark.bearers(&groups_of_it),
            &groups_of_it,
            || {
                // Reaps it, so that its number means it and nobody else until here.
                let _ = self.child.try_wait();
            },
        );
        for group in groups_of_it {
            groups().remove(&group.as_raw());
        }
    }
}

/// Whether orphans of what we start become our children.
static ADOPTS: AtomicBool = AtomicBool::new(false);

/// Makes this process the parent of what its descendants leave behind, so that [`end_all`] finds also a server that
/// took another session and another environment (`env -i setsid ...`). For a program whose every child was started
/// through this module; where the system has no such thing, nothing changes.
pub fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    match nix::sys::prctl::set_child_subreaper(true) {
        Ok(()) => ADOPTS.store(true, Ordering::Relaxed),
        Err(error) => tracing::debug!(%error, "orphans are not adopted"),
    }
}

/// Ends every process that was started through this module and removes every folder: for a panic hook, for
/// SIGINT and SIGTERM, and for the end of `main`. Waits, at most some seconds.
pub fn end_all() {
    let all: Vec<Pid> = groups().iter().map(|group| Pid::from_raw(*group)).collect();
    let of_run = Mark::of_run();
    end(|| of_run.bearers(&all), &all, || {});
    if ADOPTS.load(Ordering::Relaxed) {
        // The keeper goes when we do.
        end(|| mark::children().into_iter().filter(|pid| Some(*pid) != keeper::pid()).collect(), &[], || {});
    }
    scratch::remove_all();
}

/// Asks all that `those_left` finds to end, and what is in `groups`, then makes them.
fn end(those_left: impl Fn() -> Vec<Pid>, groups: &[Pid], mut reap: impl FnMut()) {
    for (signal, patience) in [(Signal::SIGTERM, GRACE), (Signal::SIGKILL, LAST_WAIT)] {
        let deadline = Instant::now() + patience;
        for group in groups {
            // A group without members is what we want.
            let _ = killpg(*group, signal);
        }
        let mut told = Vec::new();
        loop {
            reap();
            let left = those_left();
            if left.is_empty() {
                return;
            }
            // Also those that were born meanwhile.
            for pid in left {
                if !told.contains(&pid) {
                    let _ = kill(pid, signal);
                    told.push(pid);
                }
            }
            if Instant::now() > deadline {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Keeps the last lines of a stream and passes every line on to whoever listens.
async fn collect(
    stream: impl AsyncRead + Unpin,
    output: Arc<Mutex<VecDeque<String>>>,
    listener: mpsc::UnboundedSender<String>,
) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).await.is_ok_and(|length| length > 0) {
        bytes.truncate(KEPT_BYTES);
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        bytes.clear();
        if line.is_empty() {
            continue;
        }
        tracing::trace!(%line);
        let mut kept = lock(&output);
        kept.push_back(line.clone());
        if kept.len() > KEPT_LINES {
            kept.pop_front();
        }
        drop(kept);
        let _ = listener.send(line);
    }
}

fn groups() -> MutexGuard<'static, BTreeSet<i32>> {
    lock(&GROUPS)
}

/// What is kept here stays right when its holder panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
