//! What can be wrong with a machine.

use browsers::Engine;
use serde::Serialize;

use super::Remedy;

/// Something that stops or hinders a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// Which of the known problems it is.
    pub finding: Finding,
    /// What it comes to.
    pub severity: Severity,
    /// The engine that it is about; none where it is about all.
    pub engine: Option<Engine>,
    /// What was found, for people.
    pub text: String,
    /// What mends it.
    pub remedy: Remedy,
}

/// The known problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Finding {
    /// A variable names a program that is not there.
    NamedProgramMissing,
    /// There is no browser.
    BrowserMissing,
    /// There is no driver.
    DriverMissing,
    /// There is neither a display nor an X server to make one.
    DisplayMissing,
    /// A program does not tell its version: it does not start.
    ProgramMute,
    /// The driver is for another version of the browser.
    VersionsDiffer,
    /// WebKitGTK has no TLS.
    TlsMissing,
    /// The browser is there and does not start.
    DoesNotStart,
    /// Chromium runs without its sandbox.
    SandboxLeftOut,
    /// /dev/shm is small.
    SharedMemorySmall,
    /// No ports of 127.0.0.1.
    LoopbackClosed,
    /// Nothing can be written where profiles go.
    TemporaryFolderUnwritable,
    /// Little room where profiles go.
    TemporaryFolderFull,
}

impl Finding {
    /// All of them.
    pub(crate) const ALL: [Self; 13] = [
        Self::NamedProgramMissing,
        Self::BrowserMissing,
        Self::DriverMissing,
        Self::DisplayMissing,
        Self::ProgramMute,
        Self::VersionsDiffer,
        Self::TlsMissing,
        Self::DoesNotStart,
        Self::SandboxLeftOut,
        Self::SharedMemorySmall,
        Self::LoopbackClosed,
        Self::TemporaryFolderUnwritable,
        Self::TemporaryFolderFull,
    ];
}

/// What a problem comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// Nothing runs, or not in this engine.
    Stops,
    /// It runs, but slower or with less between the machine and the pages.
    Hinders,
}
