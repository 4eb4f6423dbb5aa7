//! Which browsers and drivers are installed, and how to get the others.

use std::{
    collections::HashSet,
    env, fmt, fs,
    path::{Path, PathBuf},
};

use super::{
    Engine, Versions, chromium, display, firefox,
    version::{best_pair, version_of},
    webkit,
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
        match self.engine {
            Engine::WebKit => Versions::default(),
            Engine::Chromium | Engine::Firefox => {
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
    /// The X server that WebKitGTK needs where there is no display.
    XServer,
}

impl NotFound {
    /// What it means that a part is missing.
    pub fn describe(&self, missing: &Missing) -> String {
        Places::of(self.engine).describe(missing)
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = Places::of(self.engine);
        let missing: Vec<String> = self.missing.iter().map(|missing| places.describe(missing)).collect();
        write!(f, "{} cannot be used: {}.\n{}", self.engine, missing.join("; "), places.remedy)
    }
}

/// Where an engine's programs are looked for. In order: the first that is there is taken, unless another
/// browser and driver fit each other better.
pub(super) struct Places {
    /// The variable that names the browser.
    pub(super) browser_variable: &'static str,
    /// The browser's names on the PATH.
    pub(super) browser_names: &'static [&'static str],
    /// Files that may be the browser.
    pub(super) browser_files: Vec<PathBuf>,
    /// The variable that names the driver.
    pub(super) driver_variable: &'static str,
    /// The driver's name.
    pub(super) driver_name: &'static str,
    /// The variable by which CI images name the driver's folder.
    pub(super) driver_folder_variable: Option<&'static str>,
    /// How to install both.
    pub(super) remedy: &'static str,
}

impl Places {
    fn of(engine: Engine) -> Self {
        match engine {
            Engine::Chromium => chromium::places(),
            Engine::Firefox => firefox::places(),
            Engine::WebKit => webkit::places(),
        }
    }

    fn describe(&self, missing: &Missing) -> String {
        match missing {
            Missing::Named { variable, path } => {
                format!("{variable} names {}, which is no program that can be run", path.display())
            }
            Missing::Browser if self.browser_names.is_empty() => "no MiniBrowser found".to_owned(),
            Missing::Browser => format!("no browser found (looked for {})", self.browser_names.join(", ")),
            Missing::Driver => format!("no {} found", self.driver_name),
            Missing::XServer => "there is no display and no Xvfb".to_owned(),
        }
    }

    fn browsers(&self) -> Result<Vec<PathBuf>, Missing> {
        if let Some(named) = named(self.browser_variable)? {
            return Ok(vec![named]);
        }
        let on_path = self.browser_names.iter().filter_map(|name| which::which(name).ok());
        non_empty(on_path.chain(self.browser_files.iter().cloned()), Missing::Browser)
    }

    fn drivers(&self) -> Result<Vec<PathBuf>, Missing> {
        if let Some(named) = named(self.driver_variable)? {
            return Ok(vec![named]);
        }
        let in_folder = self.driver_folder_variable.and_then(env::var_os).map(PathBuf::from);
        let of_cargo = env::home_dir().map(|home| home.join(".cargo/bin"));
        let on_path = which::which_all(self.driver_name).into_iter().flatten();
        let in_folders =
            [in_folder, of_cargo].into_iter().flatten().map(|folder| folder.join(self.driver_name));
        non_empty(on_path.chain(in_folders), Missing::Driver)
    }
}

/// Finds an engine's browser and driver.
///
/// # Errors
/// Says what is missing and how to install it.
pub fn find(engine: Engine) -> Result<Installation, NotFound> {
    let places = Places::of(engine);
    let x_server = match engine {
        Engine::WebKit if !display::is_there() && which::which(display::PROGRAM).is_err() => {
            Err(Missing::XServer)
        }
        _ => Ok(()),
    };
    match (places.browsers(), places.drivers(), x_server) {
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
    let places = Places::of(engine);
    let names = places.browser_names.iter().chain([&places.driver_name]);
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
