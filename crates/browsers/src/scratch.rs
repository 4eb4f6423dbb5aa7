//! The folder of one browser: its profile, and whatever else it writes.

use std::{
    env,
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::Path,
};

use tempfile::TempDir;
use tokio::process::Command;

use super::mark;

/// A temporary folder that is gone when this is dropped.
#[derive(Debug)]
pub(super) struct Scratch(TempDir);

impl Scratch {
    /// Makes one that only its user can read: profiles hold cookies.
    pub(super) fn new() -> io::Result<Self> {
        tempfile::Builder::new()
            .prefix(&format!("{}-", *mark::RUN))
            .rand_bytes(4)
            .permissions(Permissions::from_mode(0o700))
            .tempdir()
            .map(Self)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Lets a program see this folder as its home and as the place for temporary files. Browsers leave sockets
    /// and crash reports there, and Firefox refuses to run as root in the home of somebody else, which is what
    /// containers of CI services give it.
    pub(super) fn house(&self, command: &mut Command) {
        command.env("HOME", self.path()).env("TMPDIR", self.path());
        for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
    }
}

/// Removes the folders of this run that are still there.
pub(super) fn remove_all() {
    let prefix = format!("{}-", *mark::RUN);
    let Ok(entries) = fs::read_dir(env::temp_dir()) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            // What cannot be removed stays: there is nobody left to tell.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_else_can_read_it() {
        let scratch = Scratch::new().expect("a folder");
        let mode = fs::metadata(scratch.path()).expect("a folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
