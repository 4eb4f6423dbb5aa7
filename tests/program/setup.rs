//! `ci/setup`: installs only what is missing, and says what it needs where it may not.

use std::{
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

use rstest::rstest;
use tempfile::TempDir;

use crate::script;

/// A machine of a few programs: what the script itself needs, and fakes that write down how they are called.
struct Machine {
    programs: TempDir,
}

impl Machine {
    fn new(user: &str) -> Self {
        let machine = Self { programs: tempfile::tempdir().expect("a folder") };
        for tool in ["bash", "env", "readlink", "grep", "head", "sed"] {
            symlink(which::which(tool).expect(tool), machine.programs.path().join(tool)).expect("a link");
        }
        machine.add("id", &format!("echo {user}"));
        machine.add("apt-get", r#"echo "apt-get $*" >&2"#);
        machine.add("apt-cache", "echo '  Candidate: 1.0'");
        machine.add("cargo", r#"echo "cargo $*" >&2"#);
        machine.add("cc", "");
        machine
    }

    fn add(&self, name: &str, script: &str) {
        script::write(&self.programs.path().join(name), script);
    }

    fn set_up(&self, engines: &[&str]) -> Output {
        Command::new("/bin/bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/setup"))
            .args(engines)
            .env_clear()
            .env("PATH", self.programs.path())
            .env("HOME", self.programs.path())
            .output()
            .expect("a bash")
    }
}

#[rstest]
#[case::chromium("chromium", &["install -qq -y --no-install-recommends chromium chromium-driver"])]
#[case::firefox("firefox", &["--no-install-recommends firefox-esr", "cargo install geckodriver --locked"])]
#[case::webkit("webkit", &["--no-install-recommends webkit2gtk-driver xvfb"])]
fn only_the_engine_asked_for_is_installed(#[case] engine: &str, #[case] calls: &[&str]) {
    let output = Machine::new("0").set_up(&[engine]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && calls.iter().all(|call| log.contains(call)), "{log}");
}

#[test]
fn nothing_happens_where_all_is_there() {
    let machine = Machine::new("0");
    for program in ["google-chrome", "chromedriver", "firefox", "geckodriver"] {
        machine.add(program, "");
    }
    let output = machine.set_up(&["chromium", "firefox"]);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_snap_stub_does_not_count() {
    let machine = Machine::new("0");
    machine.add("chromium", "exec /snap/bin/chromium");
    machine.add("chromedriver", "");
    let output = machine.set_up(&["chromium"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("--no-install-recommends chromium\n"),
        "{output:?}"
    );
}

#[test]
fn without_root_and_sudo_the_packages_are_named() {
    let output = Machine::new("1000").set_up(&["chromium"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(log, "ci/setup: as root, run: apt-get install chromium chromium-driver\n");
}

#[test]
fn sudo_is_used_where_it_is() {
    let machine = Machine::new("1000");
    machine.add("sudo", r#"echo "sudo $*" >&2"#);
    let output = machine.set_up(&["chromium"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("sudo apt-get update"), "{output:?}");
}

#[test]
fn a_package_that_is_a_snap_is_not_installed() {
    let machine = Machine::new("0");
    machine.add("apt-cache", "echo '  Candidate: 2:1snap1-0ubuntu2'");
    let output = machine.set_up(&["chromium"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(3) && log.contains("as a snap") && !log.contains("apt-get install"),
        "{log}"
    );
}
