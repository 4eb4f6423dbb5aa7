//! Programs of a few lines of shell, as fakes of others.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// Writes a program.
///
/// Another process does: a file that this one had open, a child that another test starts at that moment would have open
/// as well, and what somebody may write to cannot be run ("Text file busy").
pub(crate) fn write(path: &Path, script: &str) {
    let mut shell = Command::new("/bin/sh")
        .args(["-c", r#"cat >"$0" && chmod 755 "$0""#])
        .arg(path)
        .stdin(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut input = shell.stdin.take().expect("its input");
    write!(input, "#!/bin/sh\n{script}\n").expect("a script");
    drop(input);
    assert!(shell.wait().is_ok_and(|status| status.success()), "{} cannot be written", path.display());
}

/// Copies a program, for the same reason by another process.
pub(crate) fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg(from).arg(to).status();
    assert!(copied.is_ok_and(|status| status.success()), "{} cannot be copied", from.display());
}
