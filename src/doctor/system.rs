//! The operating system, as far as installation commands differ between systems.

use std::fs;

use serde::Serialize;

/// A family of systems whose packages have the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum System {
    /// Debian and its derivatives, except Ubuntu.
    Debian,
    /// Ubuntu, where the packaged browsers are snaps.
    Ubuntu,
    /// Fedora and its derivatives.
    Fedora,
    /// macOS, where programs are installed with Homebrew.
    MacOs,
    /// Any other system.
    Other,
}

impl System {
    /// This machine's, and its name for people.
    pub(crate) fn of_this_machine() -> (Self, String) {
        if cfg!(target_os = "macos") {
            return (Self::MacOs, "macOS".to_owned());
        }
        let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let name = field(&text, "PRETTY_NAME").unwrap_or("an unknown system");
        (Self::of(&text), name.to_owned())
    }

    /// The system that an [`os-release`](https://www.freedesktop.org/software/systemd/man/latest/os-release.html)
    /// file names.
    fn of(os_release: &str) -> Self {
        let id = field(os_release, "ID").unwrap_or_default();
        let like = field(os_release, "ID_LIKE").unwrap_or_default();
        let is = |name: &str| id == name || like.split(' ').any(|other| other == name);
        if is("ubuntu") {
            Self::Ubuntu
        } else if is("debian") {
            Self::Debian
        } else if is("fedora") || is("rhel") {
            Self::Fedora
        } else {
            Self::Other
        }
    }
}

fn field<'a>(os_release: &'a str, name: &str) -> Option<&'a str> {
    let value = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n", System::Debian)]
    #[case("ID=ubuntu\nID_LIKE=debian\n", System::Ubuntu)]
    #[case("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Ubuntu)]
    #[case("ID=raspbian\nID_LIKE=debian\n", System::Debian)]
    #[case("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", System::Fedora)]
    #[case("ID=arch\n", System::Other)]
    #[case("", System::Other)]
    fn the_family_is_read(#[case] os_release: &str, #[case] system: System) {
        assert_eq!(System::of(os_release), system);
    }
}
