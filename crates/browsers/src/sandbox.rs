//! Whether the sandbox of Chromium, and of browsers made of it, can be set up on this machine.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use nix::unistd::geteuid;
use serde::Serialize;

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
    /// Looks at this machine. `browser`: the program, which may have a helper beside it.
    pub(super) fn probe(browser: Option<&Path>) -> Self {
        if geteuid().is_root() {
            Self::Root
        } else if has_helper(browser) && can_gain_privileges() || can_make_namespaces() {
            Self::Works
        } else {
            Self::NoNamespaces
        }
    }

    /// Why a browser runs without it, for the user.
    pub(super) fn note(self, browser: &str) -> Option<String> {
        let why = match self {
            Self::Works => return None,
            Self::Root => "it refuses its sandbox to root",
            Self::NoNamespaces => "user namespaces cannot be made on this machine",
        };
        Some(format!("{browser} runs with --no-sandbox, because {why}"))
    }
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
