//! How a person starts a browser behind the proxy, without a driver.

use std::net::SocketAddr;

use super::{Engine, template::filled};

/// How a browser is started by hand.
#[derive(Debug)]
pub(super) struct ByHand {
    /// The line for a shell. Places: `{program}`, `{profile}`, `{ca}`, `{proxy}`, `{spki_pin}`, `{url}`.
    pub(super) line: &'static str,
    /// The files that its profile must have: their names and texts. Places: `{host}` and `{port}`, the proxy's.
    pub(super) profile_files: &'static [(&'static str, &'static str)],
}

/// What a line for a shell names. Paths are quoted as the shell wants them.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The browser, where one is found.
    pub program: Option<&'a str>,
    /// The folder of its profile.
    pub profile: &'a str,
    /// The file of the network's certificate authority, in PEM.
    pub ca: &'a str,
    /// The proxy.
    pub proxy: SocketAddr,
    /// The base64 of the SHA-256 of the public key of the network's certificates.
    pub spki_pin: &'a str,
    /// The page that is opened.
    pub url: &'a str,
}

impl Engine {
    /// The line for a shell that starts its browser.
    pub fn command_line(self, start: &Start<'_>) -> String {
        let Start { program, profile, ca, proxy, spki_pin, url } = *start;
        let values = [
            ("program", program.unwrap_or(self.row().browser.usual_name)),
            ("profile", profile),
            ("ca", ca),
            ("proxy", &proxy.to_string()),
            ("spki_pin", spki_pin),
            ("url", url),
        ];
        filled(self.row().by_hand.line, &values)
    }

    /// The files that must be in the profile before its browser starts, by name.
    pub fn profile_files(self, proxy: SocketAddr) -> Vec<(&'static str, String)> {
        let values = [("host", &*proxy.ip().to_string()), ("port", &proxy.port().to_string())];
        let files = self.row().by_hand.profile_files.iter();
        files.map(|(name, text)| (*name, filled(text, &values))).collect()
    }
}
