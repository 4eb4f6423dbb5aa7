//! Which browsers and drivers are installed, and how to get the others.

use std::{
    collections::HashSet,
    env, fmt, fs,
    path::{Path, PathBuf},
};

use super::{
    Engine, Need, Pairing, Versions, display,
    row::{BrowserProgram, DriverProgram, Row},
    version::{best_pair, version_of},
};

/// A browser and its driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The engine.
    pub engine: Engine,
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

impl Installation {
    /// Asks the programs.
    pub fn versions(&self) -> Versions {
        match self.engine.pairing() {
            Pairing::Untold => Versions::default(),
            Pairing::SameMajor | Pairing::Any => {
                Versions { browser: version_of(&self.browser), driver: version_of(&self.driver) }
            }
        }
    }
}

/// An engine that is asked for and cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotFound {
    /// The engine.
    pub engine: Engine,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// A part of an installation that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An environment variable names a program that is not there.
    Named {
        /// The variable.
        variable: &'static str,
        /// Its value.
        path: PathBuf,
    },
    /// The browser.
    Browser,
    /// The driver.
    Driver,
    /// The X server that an engine without a headless mode needs where there is no display.
    XServer,
}

impl NotFound {
    /// What it means that a part is missing.
    pub fn describe(&self, missing: &Missing) -> String {
        describe(self.engine.row(), missing)
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.engine.row();
        let missing: Vec<String> = self.missing.iter().map(|missing| describe(row, missing)).collect();
        write!(f, "{} cannot be used: {}.\n{}", self.engine, missing.join("; "), row.remedy)
    }
}

fn describe(row: &Row, missing: &Missing) -> String {
    let Row { browser, driver, .. } = row;
    match missing {
        Missing::Named { variable, path } => {
            format!("{variable} names {}, which is no program that can be run", path.display())
        }
        Missing::Browser if browser.names.is_empty() => format!("no {} found", browser.usual_name),
        Missing::Browser => format!("no browser found (looked for {})", browser.names.join(", ")),
        Missing::Driver => format!("no {} found", driver.name),
        Missing::XServer => "there is no display and no Xvfb".to_owned(),
    }
}

impl BrowserProgram {
    /// In order: the first is taken, unless another browser and driver fit each other better.
    fn found(&self) -> Result<Vec<PathBuf>, Missing> {
        if let Some(named) = named(self.variable)? {
            return Ok(vec![named]);
        }
        let on_path = self.names.iter().filter_map(|name| which::which(name).ok());
        let files = self.files.iter().flat_map(|pattern| files(pattern));
        non_empty(on_path.chain(files), Missing::Browser)
    }
}

impl DriverProgram {
    fn found(&self) -> Result<Vec<PathBuf>, Missing> {
        if let Some(named) = named(self.variable)? {
            return Ok(vec![named]);
        }
        let in_folder = self.folder_variable.and_then(env::var_os).map(PathBuf::from);
        let of_cargo = env::home_dir().map(|home| home.join(".cargo/bin"));
        let on_path = which::which_all(self.name).into_iter().flatten();
        let in_folders = [in_folder, of_cargo].into_iter().flatten().map(|folder| folder.join(self.name));
        non_empty(on_path.chain(in_folders), Missing::Driver)
    }
}

/// The files of a pattern; a part of it that is `*` stands for every folder there, in order.
fn files(pattern: &str) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::new()];
    for part in Path::new(pattern) {
        paths = match part.to_str() {
            Some("*") => paths.iter().flat_map(|path| folders(path)).collect(),
            _ => paths.iter().map(|path| path.join(part)).collect(),
        };
    }
    paths.retain(|path| path.is_file());
    paths
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Finds an engine's browser and driver.
///
/// # Errors
/// Says what is missing and how to install it.
pub fn find(engine: Engine) -> Result<Installation, NotFound> {
    let Row { browser, driver, .. } = engine.row();
    let lacks_display =
        engine.needs(Need::Display) && !display::is_there() && which::which(display::PROGRAM).is_err();
    let x_server = if lacks_display { Err(Missing::XServer) } else { Ok(()) };
    match (browser.found(), driver.found(), x_server) {
        (Ok(browsers), Ok(drivers), Ok(())) => {
            let (browser, driver) = best_pair(engine, &browsers, &drivers);
            Ok(Installation { engine, browser, driver })
        }
        (browsers, drivers, x_server) => {
            let missing = [browsers.err(), drivers.err(), x_server.err()].into_iter().flatten().collect();
            Err(NotFound { engine, missing })
        }
    }
}

/// A program on the PATH that would be an engine's browser or driver, were it no snap.
pub fn snap(engine: Engine) -> Option<PathBuf> {
    let Row { browser, driver, .. } = engine.row();
    let names = browser.names.iter().chain([&driver.name]);
    names.filter_map(|name| which::which(name).ok()).find(|path| is_snap(path))
}

/// The program that a variable names, if it is set.
fn named(variable: &'static str) -> Result<Option<PathBuf>, Missing> {
    let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) else { return Ok(None) };
    which::which(&value).map(Some).map_err(|_| Missing::Named { variable, path: value.into() })
}

fn non_empty(found: impl Iterator<Item = PathBuf>, otherwise: Missing) -> Result<Vec<PathBuf>, Missing> {
    let mut programs: Vec<PathBuf> = Vec::new();
    // Where /bin is /usr/bin, each is found twice.
    let mut known = HashSet::new();
    for path in found.filter(|path| which::which(path).is_ok() && !is_snap(path)) {
        if known.insert(fs::canonicalize(&path).ok()) {
            programs.push(path);
        }
    }
    if programs.is_empty() { Err(otherwise) } else { Ok(programs) }
}

/// Whether a program belongs to a snap, or is the script that Ubuntu installs in its place. Snaps see neither
/// our temporary folders nor, often, the driver's.
fn is_snap(path: &Path) -> bool {
    const SCRIPT_LENGTH: u64 = 16 * 1024;
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if real.starts_with("/snap") || real == Path::new("/usr/bin/snap") {
        return true;
    }
    fs::metadata(&real).is_ok_and(|metadata| metadata.len() <= SCRIPT_LENGTH)
        && fs::read_to_string(&real).is_ok_and(|text| text.starts_with("#!") && text.contains("/snap/bin/"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::stub("#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n", true)]
    #[case::wrapper("#!/bin/sh\nexec firefox-esr \"$@\"\n", false)]
    fn a_snap_stub_is_no_browser(#[case] text: &str, #[case] is: bool) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("browser");
        fs::write(&path, text).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
        assert_eq!(is_snap(&path), is);
        assert_eq!(non_empty([path].into_iter(), Missing::Browser).is_err(), is);
    }

    #[test]
    fn any_folder_fits_a_star() {
        let prefix = tempfile::tempdir().expect("a folder");
        let folders =
            ["b", "a"].map(|triplet| prefix.path().join("lib").join(triplet).join("webkit2gtk-4.1"));
        for folder in &folders {
            fs::create_dir_all(folder).expect("a folder");
            fs::write(folder.join("MiniBrowser"), "").expect("a file");
        }
        let pattern = prefix.path().join("lib/*/webkit2gtk-4.1/MiniBrowser");
        let [b, a] = folders.map(|folder| folder.join("MiniBrowser"));
        assert_eq!(files(pattern.to_str().expect("a path in UTF-8")), [a, b]);
    }

    #[test]
    fn a_program_under_two_names_counts_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("shell");
        std::os::unix::fs::symlink("/bin/sh", &link).expect("a link");
        assert_eq!(non_empty([link.clone(), "/bin/sh".into()].into_iter(), Missing::Driver), Ok(vec![link]));
    }

    #[rstest]
    #[case(Engine::Chromium, "chromium-driver")]
    #[case(Engine::Firefox, "cargo install geckodriver --locked")]
    #[case(Engine::WebKit, "webkit2gtk-driver")]
    fn not_found_says_how_to_install(#[case] engine: Engine, #[case] remedy: &str) {
        let message = NotFound { engine, missing: vec![Missing::Browser, Missing::Driver] }.to_string();
        assert!(message.contains(remedy) && message.starts_with(engine.name()), "{message}");
    }
}
