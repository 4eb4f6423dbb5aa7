//! WebKitGTK's MiniBrowser, by WebKitWebDriver.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{Settings, find::Places};

/// The folders of WebKitGTK's versions; the newest API that is usual comes first.
const FOLDERS: [&str; 3] = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];

/// Where it is looked for.
pub(super) fn places() -> Places {
    Places {
        browser_variable: "CORSPROOF_WEBKIT",
        browser_names: &[],
        browser_files: mini_browsers(Path::new("/usr")),
        driver_variable: "CORSPROOF_WEBKITWEBDRIVER",
        driver_name: "WebKitWebDriver",
        driver_folder_variable: None,
        remedy: "On Debian and Ubuntu: apt-get install webkit2gtk-driver glib-networking xvfb. CORSPROOF_WEBKIT (a MiniBrowser) \
                 and CORSPROOF_WEBKITWEBDRIVER name programs in other places.",
    }
}

/// MiniBrowser is never on the PATH: Debian keeps it below `lib/TRIPLET`, others below `libexec` or `lib`.
fn mini_browsers(prefix: &Path) -> Vec<PathBuf> {
    let lib = prefix.join("lib");
    let mut triplets: Vec<PathBuf> =
        fs::read_dir(&lib).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    triplets.retain(|path| path.is_dir());
    triplets.sort();
    triplets.extend([lib, prefix.join("libexec"), prefix.join("lib64")]);
    FOLDERS
        .iter()
        .flat_map(|folder| triplets.iter().map(move |place| place.join(folder).join("MiniBrowser")))
        .filter(|file| file.is_file())
        .collect()
}

/// The capabilities of a session.
pub(super) fn capabilities(settings: &Settings, browser: Option<&Path>) -> Value {
    // The capability `proxy` does not serve https.
    let proxy = format!("--proxy=http://{}", settings.proxy);
    // The other engines let every page open windows while they are driven.
    let mut options =
        json!({ "args": ["--automation", "--javascript-can-open-windows-automatically=true", proxy] });
    if let Some(browser) = browser {
        options["binary"] = json!(browser);
    }
    json!({
        "acceptInsecureCerts": true,
        "webkitgtk:browserOptions": options,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_triplet_will_do() {
        let prefix = tempfile::tempdir().expect("a folder");
        let folder = prefix.path().join("lib/riscv64-linux-gnu/webkit2gtk-4.1");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("MiniBrowser"), "").expect("a file");
        assert_eq!(mini_browsers(prefix.path()), [folder.join("MiniBrowser")]);
    }
}
