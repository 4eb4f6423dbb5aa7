//! What programs say of their versions, and which of them fit each other.

use std::{
    io::Read,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use super::Engine;

/// How long a program may take to say its version.
const LIMIT: Duration = Duration::from_secs(15);

/// What a browser and its driver say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The browser's version; WebKitGTK's MiniBrowser tells it only in a session.
    pub browser: Option<String>,
    /// The driver's version; WebKitWebDriver does not tell.
    pub driver: Option<String>,
}

/// Which versions of a browser and its driver go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Those of one major number.
    SameMajor,
    /// Any that are not old.
    Any,
    /// That is not known: the programs have no option that tells their version.
    Untold,
}

/// The first browser and the first driver, unless later ones fit better: images of CI services carry several
/// versions side by side.
pub(super) fn best_pair(engine: Engine, browsers: &[PathBuf], drivers: &[PathBuf]) -> (PathBuf, PathBuf) {
    let first = (browsers[0].clone(), drivers[0].clone());
    match engine.pairing() {
        Pairing::SameMajor if browsers.len() > 1 || drivers.len() > 1 => {}
        Pairing::SameMajor | Pairing::Any | Pairing::Untold => return first,
    }
    let browser_versions: Vec<_> = browsers.iter().map(|path| version_of(path)).collect();
    let driver_versions: Vec<_> = drivers.iter().map(|path| version_of(path)).collect();
    let mut best = (Fit::None, first);
    for (browser, browser_version) in browsers.iter().zip(&browser_versions) {
        for (driver, driver_version) in drivers.iter().zip(&driver_versions) {
            let fit = Fit::of(browser_version.as_deref(), driver_version.as_deref());
            if fit > best.0 {
                best = (fit, (browser.clone(), driver.clone()));
            }
        }
    }
    best.1
}

/// How well a driver fits a browser of its major number alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    None,
    SameMajor,
    SameVersion,
}

impl Fit {
    fn of(browser: Option<&str>, driver: Option<&str>) -> Self {
        match (browser, driver) {
            (Some(browser), Some(driver)) if browser == driver => Self::SameVersion,
            (Some(browser), Some(driver)) if major(browser) == major(driver) => Self::SameMajor,
            _ => Self::None,
        }
    }
}

/// The number by which versions fit or do not.
pub fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// The first word with a number in what `PROGRAM --version` prints; none where it fails or hangs.
pub(super) fn version_of(program: &Path) -> Option<String> {
    version_within(program, LIMIT)
}

fn version_within(program: &Path, limit: Duration) -> Option<String> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.process_group(0).spawn().ok()?;
    if !ended(&mut child, limit)?.success() {
        return None;
    }
    let mut text = String::new();
    child.stdout.take()?.read_to_string(&mut text).ok()?;
    version_in(&text)
}

/// How a program ended that leads its process group. One that does not in time is ended.
fn ended(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    const LOOK: Duration = Duration::from_millis(5);
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status);
        }
        if Instant::now() > deadline {
            // Whatever it is that cannot be ended: there is no version.
            let _ = killpg(Pid::from_raw(i32::try_from(child.id()).ok()?), Signal::SIGKILL);
            let _ = child.wait();
            return None;
        }
        thread::sleep(LOOK);
    }
}

fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::chromium("Chromium 156.0.8078.79 built on Debian GNU/Linux 12\n", Some("156.0.8078.79"))]
    #[case::firefox("Mozilla Firefox 153.7.0esr\n", Some("153.7.0esr"))]
    #[case::chromedriver("ChromeDriver 156.0.8078.79 (a21ce95)", Some("156.0.8078.79"))]
    #[case::none("no idea", None)]
    fn version_is_read(#[case] text: &str, #[case] version: Option<&str>) {
        assert_eq!(version_in(text).as_deref(), version);
    }

    #[rstest]
    #[case::tells("echo Chromium 156.0.8078.79", Some("156.0.8078.79"))]
    #[case::fails("echo 1.0; exit 127", None)]
    #[case::hangs("echo 1.0; sleep 60", None)]
    fn only_a_program_that_ends_well_has_a_version(#[case] script: &str, #[case] version: Option<&str>) {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("program");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions");
        let limit = Duration::from_secs(if version.is_some() { 15 } else { 1 });
        assert_eq!(version_within(&program, limit).as_deref(), version);
    }

    #[rstest]
    #[case::same(Some("156.0.1.2"), Some("156.0.1.2"), Fit::SameVersion)]
    #[case::patch(Some("156.0.1.2"), Some("156.0.1.9"), Fit::SameMajor)]
    #[case::other(Some("156.0.1.2"), Some("155.0.1.2"), Fit::None)]
    #[case::mute(None, None, Fit::None)]
    fn fit_goes_by_the_version(
        #[case] browser: Option<&str>,
        #[case] driver: Option<&str>,
        #[case] fit: Fit,
    ) {
        assert_eq!(Fit::of(browser, driver), fit);
    }
}
