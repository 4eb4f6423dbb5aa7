//! What programs say of their versions, and which of them fit each other.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::Engine;

/// What a browser and its driver say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The browser's version; WebKitGTK's MiniBrowser tells it only in a session.
    pub browser: Option<String>,
    /// The driver's version; WebKitWebDriver does not tell.
    pub driver: Option<String>,
}

/// The first browser and the first driver, unless later ones fit better: images of CI services carry several
/// versions side by side.
pub(super) fn best_pair(engine: Engine, browsers: &[PathBuf], drivers: &[PathBuf]) -> (PathBuf, PathBuf) {
    let first = (browsers[0].clone(), drivers[0].clone());
    if engine != Engine::Chromium || (browsers.len() == 1 && drivers.len() == 1) {
        return first;
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

/// How well a chromedriver fits a browser.
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

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// The first word with a number in what `PROGRAM --version` prints.
pub(super) fn version_of(program: &Path) -> Option<String> {
    let output =
        Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    version_in(&String::from_utf8_lossy(&output.stdout))
}

fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
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
