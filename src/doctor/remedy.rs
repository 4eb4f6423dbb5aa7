//! The commands that solve a problem, by operating system.

use browsers::{Engine, Missing, NamespaceBar};
use serde::Serialize;

use super::System;

/// How to solve a problem: a command, or advice where no command does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Remedy {
    /// A command for a shell; none where there is no such command.
    pub command: Option<String>,
    /// Advice beside the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Runs the browsers of other vendors than the system's.
const NPX: &str = "npx --yes @puppeteer/browsers install";

impl Remedy {
    /// A command, and no more to say.
    pub(super) fn command(command: impl Into<String>) -> Self {
        Self { command: Some(command.into()), note: None }
    }

    /// Advice without a command.
    pub(super) fn advice(note: impl Into<String>) -> Self {
        Self { command: None, note: Some(note.into()) }
    }

    /// The same, with something to know.
    #[must_use]
    pub(super) fn noting(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Installs a part of an engine.
    pub(super) fn install(engine: Engine, missing: &Missing, system: System) -> Self {
        match (engine, missing) {
            (_, Missing::Named { variable, .. }) => {
                Self::command(format!("unset {variable}")).noting("or let it name the program")
            }
            (_, Missing::XServer) => x_server(system),
            (Engine::Chromium, Missing::Browser) => chromium(system),
            (Engine::Chromium, Missing::Driver) => chromedriver(system),
            (Engine::Firefox, Missing::Browser) => firefox(system),
            (Engine::Firefox, Missing::Driver) => match system {
                System::MacOs => Self::command("brew install geckodriver"),
                _ => Self::command("cargo install geckodriver --locked")
                    .noting("about four minutes on two cores"),
            },
            (Engine::WebKit, Missing::Browser | Missing::Driver) => webkit(system),
        }
    }

    /// Brings a browser and its driver to one version. `packaged`: both are the system's own.
    pub(super) fn match_versions(
        engine: Engine,
        browser_major: &str,
        packaged: bool,
        system: System,
    ) -> Self {
        match (engine, system) {
            (Engine::Chromium, System::Debian) if packaged => {
                Self::command("apt-get install chromium chromium-driver")
            }
            (Engine::Chromium, System::Fedora) if packaged => {
                Self::command("dnf upgrade chromium chromedriver")
            }
            (Engine::Chromium, _) => Self::command(format!("{NPX} chromedriver@{browser_major}"))
                .noting("then let CORSPROOF_CHROMEDRIVER name the path that it prints"),
            // Their drivers are not made for one version.
            (Engine::Firefox | Engine::WebKit, _) => Self::install(engine, &Missing::Driver, system),
        }
    }

    /// Installs the module with which WebKitGTK speaks TLS.
    pub(super) fn tls(system: System) -> Self {
        match system {
            System::Debian | System::Ubuntu => Self::command("apt-get install glib-networking"),
            System::Fedora => Self::command("dnf install glib-networking"),
            System::MacOs | System::Other => Self::advice("install glib-networking"),
        }
    }

    /// Lets the user make namespaces, which Chromium's sandbox needs.
    pub(super) fn namespaces(bar: NamespaceBar, system: System) -> Self {
        match (bar, system) {
            (NamespaceBar::AppArmor, _) => {
                Self::command("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0")
            }
            (NamespaceBar::KernelSetting, _) => Self::command("sysctl -w kernel.unprivileged_userns_clone=1"),
            (NamespaceBar::Limit, _) => Self::command("sysctl -w user.max_user_namespaces=15000"),
            (NamespaceBar::NoProbe, System::Debian | System::Ubuntu) => {
                Self::command("apt-get install util-linux")
            }
            (NamespaceBar::NoProbe, System::Fedora) => Self::command("dnf install util-linux"),
            (NamespaceBar::NoProbe, _) => {
                Self::advice("install util-linux: 'unshare' tries whether it would work")
            }
            (NamespaceBar::Container, _) => Self::command("docker run --security-opt seccomp=unconfined ...")
                .noting(
                    "a container's rules forbid them most likely; without the sandbox everything runs too",
                ),
        }
    }

    /// The same command as another user than root would give it.
    #[must_use]
    pub(super) fn with_sudo(self) -> Self {
        const OF_ROOT: [&str; 5] = ["apt-get ", "dnf ", "sysctl ", "mount ", "ip "];
        let command = self.command.map(|command| {
            if OF_ROOT.iter().any(|start| command.starts_with(start)) {
                format!("sudo {command}")
            } else {
                command
            }
        });
        Self { command, ..self }
    }
}

fn chromium(system: System) -> Remedy {
    match system {
        System::Debian => Remedy::command("apt-get install chromium"),
        System::Fedora => Remedy::command("dnf install chromium"),
        System::MacOs => Remedy::command("brew install --cask google-chrome").noting(
            "then export CORSPROOF_CHROMIUM='/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'",
        ),
        System::Ubuntu | System::Other => from_npm("chrome@stable", "CORSPROOF_CHROMIUM"),
    }
}

fn chromedriver(system: System) -> Remedy {
    match system {
        System::Debian => Remedy::command("apt-get install chromium-driver"),
        System::Fedora => Remedy::command("dnf install chromedriver"),
        System::MacOs => Remedy::command("brew install --cask chromedriver"),
        System::Ubuntu | System::Other => from_npm("chromedriver@stable", "CORSPROOF_CHROMEDRIVER"),
    }
}

fn firefox(system: System) -> Remedy {
    match system {
        System::Debian => Remedy::command("apt-get install firefox-esr"),
        System::Fedora => Remedy::command("dnf install firefox"),
        System::MacOs => Remedy::command("brew install --cask firefox")
            .noting("then export CORSPROOF_FIREFOX=/Applications/Firefox.app/Contents/MacOS/firefox"),
        System::Ubuntu | System::Other => from_npm("firefox@stable", "CORSPROOF_FIREFOX"),
    }
}

fn webkit(system: System) -> Remedy {
    match system {
        System::Debian | System::Ubuntu => Remedy::command("apt-get install webkit2gtk-driver"),
        System::Fedora => Remedy::command("dnf install webkitgtk6.0"),
        System::MacOs => {
            Remedy::advice("there is no WebKitGTK for macOS; ci/Dockerfile makes an image that has it")
        }
        System::Other => Remedy::advice("install WebKitGTK with its MiniBrowser and WebKitWebDriver"),
    }
}

fn x_server(system: System) -> Remedy {
    match system {
        System::Debian | System::Ubuntu => Remedy::command("apt-get install xvfb"),
        System::Fedora => Remedy::command("dnf install xorg-x11-server-Xvfb"),
        System::MacOs | System::Other => Remedy::advice("install Xvfb, or set DISPLAY"),
    }
}

fn from_npm(what: &str, variable: &str) -> Remedy {
    Remedy::command(format!("{NPX} {what}"))
        .noting(format!("then let {variable} name the path that it prints"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Engine::Chromium, Missing::Browser, System::Debian, "apt-get install chromium")]
    #[case(Engine::Chromium, Missing::Driver, System::Fedora, "dnf install chromedriver")]
    #[case(
        Engine::Chromium,
        Missing::Browser,
        System::Ubuntu,
        "npx --yes @puppeteer/browsers install chrome@stable"
    )]
    #[case(Engine::Firefox, Missing::Driver, System::Ubuntu, "cargo install geckodriver --locked")]
    #[case(Engine::Firefox, Missing::Driver, System::MacOs, "brew install geckodriver")]
    #[case(Engine::WebKit, Missing::XServer, System::Ubuntu, "apt-get install xvfb")]
    fn each_system_has_its_command(
        #[case] engine: Engine,
        #[case] missing: Missing,
        #[case] system: System,
        #[case] command: &str,
    ) {
        assert_eq!(Remedy::install(engine, &missing, system).command.as_deref(), Some(command));
    }

    #[rstest]
    #[case("apt-get install xvfb", "sudo apt-get install xvfb")]
    #[case("cargo install geckodriver --locked", "cargo install geckodriver --locked")]
    fn only_what_needs_root_gets_sudo(#[case] command: &str, #[case] with_sudo: &str) {
        assert_eq!(Remedy::command(command).with_sudo().command.as_deref(), Some(with_sudo));
    }

    /// Whatever is missing, and wherever: there is something to do.
    #[test]
    fn nobody_is_left_without_a_word() {
        let systems = [System::Debian, System::Ubuntu, System::Fedora, System::MacOs, System::Other];
        for (engine, system) in
            Engine::ALL.into_iter().flat_map(|engine| systems.map(|system| (engine, system)))
        {
            for missing in [Missing::Browser, Missing::Driver, Missing::XServer] {
                let remedy = Remedy::install(engine, &missing, system);
                assert!(remedy.command.is_some() || remedy.note.is_some(), "{engine} {missing:?} {system:?}");
            }
        }
    }
}
