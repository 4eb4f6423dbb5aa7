//! A display for WebKitGTK, which has no headless mode.

use std::{env, time::Duration};

use tokio::{process::Command, time::timeout};

use super::{BrowserError, process::Process, scratch::Scratch};

/// The X server that needs no screen.
pub(super) const PROGRAM: &str = "Xvfb";

/// Whether the user has a display.
pub(super) fn is_there() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// An X server of our own.
#[derive(Debug)]
pub(super) struct Display {
    /// The value of `DISPLAY`.
    pub(super) name: String,
    process: Process,
}

impl Display {
    /// Starts one. It picks a free number and tells it on its standard output.
    pub(super) async fn start(scratch: &Scratch, limit: Duration) -> Result<Self, BrowserError> {
        let mut command = Command::new(PROGRAM);
        command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"]);
        scratch.house(&mut command);
        let failed = |why: String, output: Vec<String>| BrowserError::NoDisplay { why, output };
        let mut process = Process::start(command).map_err(|error| failed(error.to_string(), Vec::new()))?;
        let number = timeout(limit, async {
            while let Some(line) = process.next_line().await {
                if let Ok(number) = line.parse::<u32>() {
                    return Some(number);
                }
            }
            None
        });
        let why = match number.await {
            Ok(Some(number)) => {
                process.stop_listening();
                return Ok(Self { name: format!(":{number}"), process });
            }
            Ok(None) => "it ended".to_owned(),
            Err(_) => format!("it named no display within {} s", limit.as_secs_f32()),
        };
        Err(failed(why, process.output()))
    }

    /// Ends it.
    pub(super) async fn end(self) {
        self.process.end().await;
    }
}
