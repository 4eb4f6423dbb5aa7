//! What this machine gives browsers: a sandbox, a display, shared memory, TLS.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use nix::sys::statvfs::statvfs;
use serde::Serialize;

use super::{Sandbox, display};

/// Shared memory with which no tab crashes, of a browser that needs it; Docker gives 64 MiB.
pub const ENOUGH_SHARED_MEMORY: u64 = 512 * 1024 * 1024;

/// What a browser may need of a machine that not every machine gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The right to set up Chromium's sandbox.
    Sandbox,
    /// Room in /dev/shm.
    SharedMemory,
    /// A display to draw on: it has no headless mode.
    Display,
    /// GLib's module for TLS.
    TlsModule,
}

/// What this machine gives browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Whether Chromium's sandbox works.
    pub sandbox: Sandbox,
    /// What forbids namespaces, where that is why it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces_barred_by: Option<NamespaceBar>,
    /// Where WebKitGTK draws.
    pub screen: Screen,
    /// The size of /dev/shm in bytes; none where there is no such thing.
    pub shared_memory: Option<u64>,
    /// Whether GLib has the module by which WebKitGTK speaks TLS.
    pub webkit_speaks_tls: bool,
}

/// What can stand between a user and a namespace of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamespaceBar {
    /// Ubuntu's AppArmor setting.
    AppArmor,
    /// Debian's older kernel setting.
    KernelSetting,
    /// Their number is limited to none.
    Limit,
    /// The program that tries it is not there: nothing is known.
    NoProbe,
    /// None of these: a container's rules, most likely.
    Container,
}

/// Where WebKitGTK draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// On the user's display.
    Display,
    /// On an X server that is started for it.
    Xvfb,
    /// Nowhere.
    None,
}

impl Machine {
    /// Looks at this machine. `browser`: the one with the sandbox, which may have a helper beside it.
    pub fn look(browser: Option<&Path>) -> Self {
        let sandbox = Sandbox::probe(browser);
        Self {
            sandbox,
            namespaces_barred_by: (sandbox == Sandbox::NoNamespaces).then(NamespaceBar::find),
            screen: Screen::find(),
            shared_memory: shared_memory(),
            webkit_speaks_tls: has_tls_module(Path::new("/usr")),
        }
    }
}

impl NamespaceBar {
    fn find() -> Self {
        let setting = |name: &str| fs::read_to_string(format!("/proc/sys/{name}")).unwrap_or_default();
        let probe =
            Command::new("unshare").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        Self::from_settings(setting, probe.is_ok())
    }

    /// By the kernel's settings, which `setting` looks up.
    fn from_settings(setting: impl Fn(&str) -> String, has_probe: bool) -> Self {
        let is = |name: &str, value: &str| setting(name).trim() == value;
        if is("kernel/apparmor_restrict_unprivileged_userns", "1") {
            Self::AppArmor
        } else if is("kernel/unprivileged_userns_clone", "0") {
            Self::KernelSetting
        } else if is("user/max_user_namespaces", "0") {
            Self::Limit
        } else if has_probe {
            Self::Container
        } else {
            Self::NoProbe
        }
    }
}

impl Screen {
    fn find() -> Self {
        if display::is_there() {
            Self::Display
        } else if which::which(display::PROGRAM).is_ok() {
            Self::Xvfb
        } else {
            Self::None
        }
    }
}

/// The size of /dev/shm in bytes.
fn shared_memory() -> Option<u64> {
    let shm = statvfs("/dev/shm").ok()?;
    u64::try_from(u128::from(shm.blocks()) * u128::from(shm.fragment_size())).ok()
}

/// Whether there is too little of it for a browser that needs it.
pub(super) fn has_little_shared_memory() -> bool {
    shared_memory().is_some_and(|bytes| bytes <= ENOUGH_SHARED_MEMORY)
}

/// GLib keeps its modules below `lib/TRIPLET/gio/modules`, `lib64/gio/modules` or `lib/gio/modules`.
fn has_tls_module(prefix: &Path) -> bool {
    let from_variable = env::var_os("GIO_EXTRA_MODULES").map(PathBuf::from);
    let libs = [prefix.join("lib"), prefix.join("lib64")];
    let triplets = libs.iter().flat_map(|lib| entries(lib)).filter(|path| path.is_dir());
    let folders =
        triplets.chain(libs.iter().cloned()).map(|lib| lib.join("gio/modules")).chain(from_variable);
    folders.flat_map(|folder| entries(&folder)).any(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("libgio") && (name.ends_with("tls.so") || name.ends_with("ssl.so"))
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::ubuntu(&[("kernel/apparmor_restrict_unprivileged_userns", "1\n")], true, NamespaceBar::AppArmor)]
    #[case::allowed(&[("kernel/apparmor_restrict_unprivileged_userns", "0\n")], true, NamespaceBar::Container)]
    #[case::older_debian(&[("kernel/unprivileged_userns_clone", "0\n")], true, NamespaceBar::KernelSetting)]
    #[case::limit(&[("user/max_user_namespaces", "0\n")], true, NamespaceBar::Limit)]
    #[case::docker(&[("user/max_user_namespaces", "15000\n")], true, NamespaceBar::Container)]
    #[case::no_unshare(&[], false, NamespaceBar::NoProbe)]
    fn what_bars_namespaces_is_told_by_the_kernel(
        #[case] settings: &[(&str, &str)],
        #[case] has_probe: bool,
        #[case] bar: NamespaceBar,
    ) {
        let setting = |name: &str| {
            settings
                .iter()
                .find(|(known, _)| *known == name)
                .map_or_else(String::new, |(_, value)| (*value).into())
        };
        assert_eq!(NamespaceBar::from_settings(setting, has_probe), bar);
    }

    #[rstest]
    #[case::debian("lib/x86_64-linux-gnu/gio/modules", "libgiognutls.so", true)]
    #[case::fedora("lib64/gio/modules", "libgioopenssl.so", true)]
    #[case::proxy_only("lib64/gio/modules", "libgiolibproxy.so", false)]
    fn the_tls_module_is_found(#[case] folder: &str, #[case] module: &str, #[case] is_tls: bool) {
        let prefix = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(prefix.path().join(folder)).expect("a folder");
        fs::write(prefix.path().join(folder).join(module), "").expect("a file");
        assert_eq!(has_tls_module(prefix.path()), is_tls);
    }
}
