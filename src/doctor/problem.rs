//! The problems that a machine can have.

use browsers::Engine;
use serde::Serialize;

use super::Remedy;

/// Something that stops or hinders a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    pub finding: ProblemKind,
    pub severity: Severity,
    /// The engine that it is about; none where it is about all.
    pub engine: Option<Engine>,
    /// The problem in a sentence, with names and numbers of this machine.
    pub text: String,
    pub remedy: Remedy,
}

/// The kinds of problem that the doctor can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProblemKind {
    /// A variable names a program that is not there.
    NamedProgramMissing,
    BrowserMissing,
    DriverMissing,
    /// There is neither a display nor an X server to make one.
    DisplayMissing,
    /// A program does not tell its version: it does not start.
    ProgramMute,
    /// The driver is for another version of the browser.
    VersionsDiffer,
    /// WebKitGTK has no module for TLS.
    TlsMissing,
    /// The browser is there and does not start.
    DoesNotStart,
    /// Chromium has to run without its sandbox.
    SandboxLeftOut,
    /// /dev/shm is small, so Chromium uses files instead.
    SharedMemorySmall,
    /// No port of 127.0.0.1 can be opened.
    LoopbackClosed,
    /// Nothing can be written where profiles go.
    TemporaryFolderUnwritable,
    /// The disk with the folder for profiles is nearly full.
    TemporaryFolderFull,
}

impl ProblemKind {
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

/// Whether a problem prevents a run or only hinders it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// No case can run, or none in the problem's engine.
    Stops,
    /// Cases run, but slower, or without a protection of the machine against the pages.
    Hinders,
}
