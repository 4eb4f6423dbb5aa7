//! WebKitGTK's MiniBrowser, by WebKitWebDriver.

use super::{
    Need, Pairing,
    by_hand::ByHand,
    row::{
        BrowserName, BrowserProgram, Certificates, ConsoleSource, DriverProgram, NewSession, PortChoice,
        ProxyTold, Refusal, Row,
    },
};

pub(super) static WEBKIT: Row = Row {
    title: "WebKitGTK",
    browser: BrowserProgram {
        variable: "CORSPROOF_WEBKIT",
        usual_name: "MiniBrowser",
        // It is never on the PATH: Debian keeps it below `lib/TRIPLET`, others below `libexec` or `lib`.
        names: &[],
        // The newest API that is usual comes first.
        files: &[
            "/usr/lib/*/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/webkit2gtk-4.1/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib64/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/*/webkitgtk-6.0/MiniBrowser",
            "/usr/lib/webkitgtk-6.0/MiniBrowser",
            "/usr/libexec/webkitgtk-6.0/MiniBrowser",
            "/usr/lib64/webkitgtk-6.0/MiniBrowser",
            "/usr/lib/*/webkit2gtk-4.0/MiniBrowser",
            "/usr/lib/webkit2gtk-4.0/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.0/MiniBrowser",
            "/usr/lib64/webkit2gtk-4.0/MiniBrowser",
        ],
    },
    driver: DriverProgram {
        variable: "CORSPROOF_WEBKITWEBDRIVER",
        name: "WebKitWebDriver",
        folder_variable: None,
        arguments: &["--port={port}"],
        port: PortChoice::Ours,
        port_taken: &["to listen", "Address already in use"],
    },
    remedy: "On Debian and Ubuntu: apt-get install webkit2gtk-driver glib-networking xvfb. CORSPROOF_WEBKIT (a MiniBrowser) \
             and CORSPROOF_WEBKITWEBDRIVER name programs in other places.",
    pairing: Pairing::Untold,
    needs: &[Need::Display, Need::TlsModule],
    session: NewSession {
        browser_name: BrowserName::Implied("MiniBrowser"),
        certificates: Certificates::Accepted,
        // The capability does not serve https.
        proxy: ProxyTold::Argument,
        console: ConsoleSource::None,
        options: "webkitgtk:browserOptions",
        arguments: &[
            "--automation",
            // The other engines let every page open windows while they are driven.
            "--javascript-can-open-windows-automatically=true",
            "--proxy=http://{proxy}",
        ],
        profile_argument: None,
        arguments_without: &[],
        preferences: &[],
    },
    refusals: &[Refusal {
        words: &["match"],
        remedy: "Driver and browser must come from the same version of WebKitGTK: apt-get install --reinstall \
                 webkit2gtk-driver.",
    }],
    // It has no words for it: an empty message tells it.
    signs_of_death: &[],
    by_hand: ByHand {
        line: "{program} --private --ignore-tls-errors --proxy=http://{proxy} {url}",
        profile_files: &[],
    },
};
