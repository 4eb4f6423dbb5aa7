//! Firefox, by geckodriver.

use std::path::Path;

use serde_json::{Value, json};

use super::{Settings, find::Places};

/// Where it is looked for.
pub(super) fn places() -> Places {
    Places {
        browser_variable: "CORSPROOF_FIREFOX",
        browser_names: &["firefox", "firefox-esr"],
        browser_files: Vec::new(),
        driver_variable: "CORSPROOF_GECKODRIVER",
        driver_name: "geckodriver",
        driver_folder_variable: Some("GECKOWEBDRIVER"),
        remedy: "On Debian: apt-get install firefox-esr, and cargo install geckodriver --locked (about 4 minutes). On Ubuntu \
                 the package is a snap, which cannot be driven here: install Firefox from Mozilla. CORSPROOF_FIREFOX \
                 and CORSPROOF_GECKODRIVER name programs in other places.",
    }
}

/// What geckodriver writes when it listens: "... INFO Listening on 127.0.0.1:42001"; the browser below it
/// writes of a port of its own without the address.
pub(super) fn announced_port(line: &str) -> Option<u16> {
    line.split_once("Listening on 127.0.0.1:")?.1.trim().parse().ok()
}

/// The capabilities of a session.
pub(super) fn capabilities(settings: &Settings, browser: Option<&Path>) -> Value {
    let proxy = settings.proxy.to_string();
    let mut options = json!({
        "args": ["-headless"],
        "prefs": {
            // Without it localhost names go past the proxy.
            "network.proxy.allow_hijacking_localhost": true,
            // Else a request whose connection closes is sent up to ten times.
            "network.http.request.max-attempts": 1,
            // Else 32 hung requests, to whatever hosts, starve all others.
            "network.http.max-persistent-connections-per-proxy": 255,
        },
    });
    if let Some(browser) = browser {
        options["binary"] = json!(browser);
    }
    json!({
        "browserName": "firefox",
        "acceptInsecureCerts": true,
        "webSocketUrl": true,
        "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        "moz:firefoxOptions": options,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_is_read_from_the_announcement_only() {
        assert_eq!(
            announced_port("1795380758653\tgeckodriver\tINFO\tListening on 127.0.0.1:42001"),
            Some(42001)
        );
        assert_eq!(announced_port("1795380759277\tMarionette\tINFO\tListening on port 34049"), None);
        assert_eq!(announced_port("WebDriver BiDi listening on ws://127.0.0.1:36503"), None);
    }
}
