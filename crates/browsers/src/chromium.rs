//! Chromium and Google Chrome, by chromedriver.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use nix::unistd::geteuid;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Settings, find::Places, machine::shared_memory};

/// Where it is looked for.
pub(super) fn places() -> Places {
    Places {
        browser_variable: "CORSPROOF_CHROMIUM",
        browser_names: &["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"],
        browser_files: Vec::new(),
        driver_variable: "CORSPROOF_CHROMEDRIVER",
        driver_name: "chromedriver",
        driver_folder_variable: Some("CHROMEWEBDRIVER"),
        remedy: "On Debian: apt-get install chromium chromium-driver. On Ubuntu those are snaps, which cannot be driven \
                 here: install google-chrome and the chromedriver of its version. CORSPROOF_CHROMIUM and \
                 CORSPROOF_CHROMEDRIVER name programs in other places.",
    }
}

/// What chromedriver writes when it listens: "ChromeDriver was started successfully on port 38155."
pub(super) fn announced_port(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

/// Shared memory with which no tab crashes; Docker gives 64 MiB.
pub const ENOUGH_SHARED_MEMORY: u64 = 512 * 1024 * 1024;

/// Whether Chromium's sandbox can be set up on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sandbox {
    /// It can.
    Works,
    /// Chromium refuses to run as root with it.
    Root,
    /// Neither user namespaces nor a set-user-ID helper are to be had, as in most containers.
    NoNamespaces,
}

impl Sandbox {
    /// Looks at this machine.
    pub(super) fn probe(browser: Option<&Path>) -> Self {
        if geteuid().is_root() {
            Self::Root
        } else if has_helper(browser) && can_gain_privileges() || can_make_namespaces() {
            Self::Works
        } else {
            Self::NoNamespaces
        }
    }

    /// Why the browser runs without it, for the user.
    pub(super) fn note(self) -> Option<&'static str> {
        match self {
            Self::Works => None,
            Self::Root => Some("Chromium runs with --no-sandbox, because it refuses its sandbox to root"),
            Self::NoNamespaces => Some(
                "Chromium runs with --no-sandbox, because user namespaces cannot be made on this machine",
            ),
        }
    }
}

/// The capabilities of a session. The binary and profile are named where the driver is ours.
pub(super) fn capabilities(
    settings: &Settings,
    sandbox: Sandbox,
    browser: Option<&Path>,
    profile: Option<&Path>,
) -> Value {
    let proxy = settings.proxy.to_string();
    let mut options = json!({ "args": arguments(settings, sandbox, profile) });
    if let Some(browser) = browser {
        options["binary"] = json!(browser);
    }
    json!({
        "browserName": "chrome",
        // With it on nothing that came over https is cached; the pin below lets our certificates pass instead.
        "acceptInsecureCerts": false,
        "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": options,
    })
}

fn arguments(settings: &Settings, sandbox: Sandbox, profile: Option<&Path>) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Or sound waits for a person's click.
        "--autoplay-policy=no-user-gesture-required",
        // Without it localhost names go past the proxy.
        "--proxy-bypass-list=<-loopback>",
        // The first turns http pages into https ones, the second hides what sandboxed frames log.
        "--disable-features=HttpsUpgrades,IsolateSandboxedIframes",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--ignore-certificate-errors-spki-list={}", settings.spki_pin));
    if let Some(profile) = profile {
        arguments.push(format!("--user-data-dir={}", profile.display()));
    }
    if sandbox != Sandbox::Works {
        arguments.push("--no-sandbox".to_owned());
    }
    if shared_memory().is_some_and(|bytes| bytes <= ENOUGH_SHARED_MEMORY) {
        arguments.push("--disable-dev-shm-usage".to_owned());
    }
    arguments
}

/// The sandbox's set-user-ID helper, which Debian and Google install beside the browser.
fn has_helper(browser: Option<&Path>) -> bool {
    const SET_USER_ID: u32 = 0o4000;
    let beside = browser
        .and_then(|browser| fs::canonicalize(browser).ok())
        .and_then(|browser| Some(browser.parent()?.join("chrome-sandbox")));
    beside
        .into_iter()
        .chain(["/usr/lib/chromium/chrome-sandbox".into()])
        .any(|helper| fs::metadata(helper).is_ok_and(|found| found.permissions().mode() & SET_USER_ID != 0))
}

/// Whether such a helper would really get the right to make namespaces: containers take it away for good.
fn can_gain_privileges() -> bool {
    const SYS_ADMIN: u64 = 1 << 21;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let bounding = field("CapBnd:").and_then(|set| u64::from_str_radix(set, 16).ok()).unwrap_or_default();
    field("NoNewPrivs:") != Some("1") && bounding & SYS_ADMIN != 0
}

/// Tries it, by a program that does what Chromium would.
fn can_make_namespaces() -> bool {
    Command::new("unshare")
        .args(["--user", "--map-root-user", "true"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_is_read_from_the_announcement_only() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 38155."), Some(38155));
        assert_eq!(announced_port("Starting ChromeDriver 156.0.8078.79 (a21ce95) on port 0"), None);
    }

    #[test]
    fn sandbox_is_left_out_only_where_it_cannot_work() {
        let settings = Settings::new(([127, 0, 0, 1], 1).into(), "pin");
        for (sandbox, left_out) in
            [(Sandbox::Works, false), (Sandbox::Root, true), (Sandbox::NoNamespaces, true)]
        {
            let arguments = arguments(&settings, sandbox, None);
            assert_eq!(arguments.iter().any(|argument| argument == "--no-sandbox"), left_out);
            assert_eq!(sandbox.note().is_some(), left_out);
        }
    }
}
