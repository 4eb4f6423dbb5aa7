//! A shell that outlives us and tidies up, whichever way we end.
//!
//! Nothing inside a process can act on its own SIGKILL, abort or power of the out-of-memory killer. The keeper
//! waits at the other end of a pipe: it closes with us, whatever happens, and the keeper ends what still bears
//! the mark of this run. After an orderly end it finds nothing to do.

use std::{
    env,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use nix::unistd::Pid;

use super::mark;

/// `$1` is the mark of the run, `$2` the folder of temporary files.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
cat >/dev/null
bearers() { grep -lsF "$VARIABLE=$1." /proc/[0-9]*/environ | cut -d/ -f3; }
pids=$(bearers "$1")
if [ -n "$pids" ]; then
    kill -TERM $pids 2>/dev/null
    sleep 1
    pids=$(bearers "$1")
    [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
    sleep 0.2
fi
rm -rf -- "$2/$1"-*
"#;

static KEEPER: OnceLock<Option<Child>> = OnceLock::new();

/// The keeper's process, if there is one.
pub(super) fn pid() -> Option<Pid> {
    let keeper = KEEPER.get()?.as_ref()?;
    i32::try_from(keeper.id()).ok().map(Pid::from_raw)
}

/// Starts the keeper of this process, once.
pub(super) fn engage() {
    // Without a shell there is no keeper, and every orderly end still works.
    KEEPER.get_or_init(|| start().inspect_err(|error| tracing::debug!(%error, "no keeper")).ok());
}

fn start() -> std::io::Result<Child> {
    Command::new("sh")
        .args(["-c", SCRIPT, "corsproof-keeper", &mark::RUN])
        .arg(env::temp_dir())
        .env("VARIABLE", mark::VARIABLE)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Out of reach of the terminal's Ctrl-C.
        .process_group(0)
        .spawn()
}
